from django.urls import path

from kpis.reminders import views

urlpatterns = [
    path("reminders/<int:pk>/", views.reminder, name="reminder"),
    path("reminders/<int:pk>/enter/", views.reminder_enter, name="reminder_enter"),
    path("reminders/<int:pk>/finish/", views.reminder_finish, name="reminder_finish"),
]
