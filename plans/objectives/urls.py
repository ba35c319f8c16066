from django.urls import path

from plans.history.views import HistoryViews
from plans.objectives import views
from plans.objectives.models import Objective

urlpatterns = [
    path("plans/<int:pk>/objectives/", views.objectives, name="objectives"),
    path("plans/<int:pk>/objectives/example/", views.objective_example, name="objective_example"),
    path("plans/<int:pk>/objectives/preview/", views.objective_preview, name="objective_preview"),
    path("objectives/<int:pk>/", views.objective_detail, name="objective_detail"),
    path("objectives/<int:pk>/goalposts/", views.objective_goalposts, name="objective_goalposts"),
    path("objectives/<int:pk>/change/", views.objective_change, name="objective_change"),
    *views.objective_items.urls(),
    *HistoryViews(Objective).urls(),
    path("objectives/<int:pk>/milestones/add/", views.milestone_add, name="milestone_add"),
    path("milestones/<int:pk>/reach/", views.milestone_reach, name="milestone_reach"),
    *(
        path(f"milestones/<int:pk>/{verb}/", views.milestone_view(verb), name=f"milestone_{verb}")
        for verb in ("edit", "move", "duplicate", "delete")
    ),
]
