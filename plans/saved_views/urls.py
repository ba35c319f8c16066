from django.urls import path

from plans.saved_views import views

urlpatterns = [
    path("plans/<int:pk>/saved-views/add/", views.savedview_add, name="savedview_add"),
    path("saved-views/<int:pk>/edit/", views.savedview_edit, name="savedview_edit"),
    path("saved-views/<int:pk>/default/", views.savedview_default, name="savedview_default"),
    path("saved-views/<int:pk>/delete/", views.savedview_delete, name="savedview_delete"),
]
