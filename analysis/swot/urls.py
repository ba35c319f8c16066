from django.urls import path

from analysis.swot import views

urlpatterns = [
    path("plans/<int:pk>/situation/swot/", views.swot, name="swot"),
    path("plans/<int:pk>/situation/swot/example/", views.swot_example, name="swot_example"),
    path("swot-points/<int:pk>/prioritise/", views.point_items.become, name="swotitem_prioritise"),
    path("swot-points/<int:pk>/accept/", views.accept_items.edit, name="swotitem_accept"),
    path("swot-points/<int:pk>/link/", views.link_items.edit, name="swotitem_link"),
    path("tows-moves/<int:pk>/become/", views.move_items.become, name="towsstrategy_become"),
    path("actions/<int:pk>/origin/", views.action_origin, name="action_origin"),
    *views.point_items.urls(),
    *views.evidence_items.urls(),
    *views.move_items.urls(),
]
