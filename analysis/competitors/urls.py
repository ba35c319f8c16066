from django.urls import path

from analysis.competitors import views

urlpatterns = [
    path("plans/<int:pk>/situation/competitors/", views.competitors, name="competitors"),
    path("plans/<int:pk>/situation/competitors/plots/", views.competitors_plots, name="competitors_plots"),
    path("plans/<int:pk>/situation/competitors/example/", views.competitors_example, name="competitors_example"),
    path("competitors/<int:pk>/score/", views.competitor_score, name="competitor_score"),
    *views.company_items.urls(),
    *views.axis_items.urls(),
]
