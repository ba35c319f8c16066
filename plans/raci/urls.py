from django.urls import path

from plans.raci import views

urlpatterns = [
    path("plans/<int:pk>/responsibilities/", views.responsibilities, name="responsibilities"),
    path("roles/<int:pk>/responsibility/", views.responsibility_set, name="responsibility_set"),
]
