from django.urls import path

from analysis.research import views

urlpatterns = [
    path("plans/<int:pk>/situation/research/", views.research, name="research"),
    path("plans/<int:pk>/situation/research/example/", views.research_example, name="research_example"),
    *views.note_items.urls(),
    *views.finding_items.urls(),
]
