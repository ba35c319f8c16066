from importlib import import_module

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"

    def ready(self):
        rooms = ("kpi.completeness", "kpi.action_paces", "kpi.findable", "kpi.following", "readings.health")
        for module in (*rooms, "kpi.objective_health", "checkin.findable"):
            import_module(f"kpis.{module}")
        self._register_sources()

    def _register_sources(self):
        """What the frame and the dashboard ask of this app; imported late, when the models are there."""
        from kpis.checkin.due import my_week
        from kpis.kpi.attention import kpi_attention
        from plans.plan.attention import register_attention
        from plans.plan.frame import register_week

        register_attention(kpi_attention)
        register_week(my_week)
