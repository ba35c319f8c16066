from django.urls import path

from plans.strategy import views

urlpatterns = [
    path("plans/<int:pk>/strategy/", views.strategy, name="strategy"),
    path("plans/<int:pk>/pipeline/", views.pipeline, name="pipeline"),
    path("plans/<int:pk>/pipeline/preview/", views.pipeline_preview, name="pipeline_preview"),
    path("plans/<int:pk>/stories/example/", views.story_example, name="story_example"),
    path("sales-stages/<int:pk>/suggest/", views.salesstage_suggest, name="salesstage_suggest"),
    *views.stage_items.urls(),
    *views.story_items.urls(),
]
