from django.urls import path

from plans.paste import views

urlpatterns = [
    path("plans/<int:pk>/actions/paste/", views.actions_paste, name="actions_paste"),
    path("plans/<int:pk>/actions/copy/", views.actions_copy, name="actions_copy"),
]
