from django.urls import path

from plans.find import views

urlpatterns = [
    path("find/", views.find, name="find"),
    path("shortcuts/", views.shortcuts, name="shortcuts"),
]
