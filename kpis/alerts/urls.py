from django.urls import path

from kpis.alerts import rule_views, views

urlpatterns = [
    path("plans/<int:pk>/alerts/", views.alerts, name="alerts"),
    path("plans/<int:pk>/alerts/judge/", views.alerts_judge, name="alerts_judge"),
    path("plans/<int:pk>/alerts/rules/", rule_views.plan_rules, name="plan_rules"),
    path("alerts/", views.company_alerts, name="company_alerts"),
    path("alerts/rules/", rule_views.company_rules, name="company_rules"),
    path("alerts/<int:pk>/", views.alert_detail, name="alert_detail"),
    path("alerts/<int:pk>/snooze/", views.alert_snooze, name="alert_snooze"),
    path("alerts/<int:pk>/false/", views.alert_false, name="alert_false"),
    path("alerts/<int:pk>/wake/", views.alert_wake, name="alert_wake"),
]
