from django.urls import path

from plans.items import views

urlpatterns = [path("bin/<int:pk>/restore/", views.item_restore, name="item_restore")]
