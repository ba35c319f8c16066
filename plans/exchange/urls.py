from django.urls import path

from plans.exchange import views

urlpatterns = [
    path("plans/<int:pk>/actions.csv", views.actions_csv, name="actions_csv"),
    path("plans/<int:pk>/actions.xlsx", views.actions_xlsx, name="actions_xlsx"),
    path("plans/<int:pk>/actions/paper/", views.actions_paper, name="actions_paper"),
]
