from django.urls import path

from kpis.reviews import agenda_views, decision_views, views
from kpis.reviews.models import Decision
from plans.history.views import HistoryViews

urlpatterns = [
    path("plans/<int:pk>/reviews/", views.reviews, name="reviews"),
    path("plans/<int:pk>/reviews/start/", views.review_start, name="review_start"),
    path("reviews/<int:pk>/", views.review_detail, name="review_detail"),
    path("reviews/<int:pk>/edit/", views.review_edit, name="review_edit"),
    path("reviews/<int:pk>/since/", views.review_since, name="review_since"),
    path("reviews/<int:pk>/close/", views.review_close, name="review_close"),
    path("reviews/<int:pk>/reopen/", views.review_reopen, name="review_reopen"),
    path("reviews/<int:pk>/abandon/", views.review_abandon, name="review_abandon"),
    path("reviews/<int:pk>/decisions.csv", decision_views.review_csv, name="review_csv"),
    path("agenda-items/<int:pk>/note/", agenda_views.agendaitem_note, name="agendaitem_note"),
    path("agenda-items/<int:pk>/talk/", agenda_views.agendaitem_talk, name="agendaitem_talk"),
    path("agenda-items/<int:pk>/decisions/add/", decision_views.decision_add, name="decision_add"),
    path("plans/<int:pk>/decisions/", decision_views.decisions, name="decisions"),
    path("decisions/<int:pk>/", decision_views.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/edit/", decision_views.decision_edit, name="decision_edit"),
    path("decisions/<int:pk>/delete/", decision_views.decision_delete, name="decision_delete"),
    path("decisions/<int:pk>/done/", decision_views.decision_done, name="decision_done"),
    path("decisions/<int:pk>/act/", decision_views.decision_act, name="decision_act"),
    path("actions/<int:pk>/decision/", decision_views.action_decision, name="action_decision"),
    *HistoryViews(Decision).urls(),
]
