from importlib import import_module

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "analysis"

    def ready(self):
        for room in ("research", "competitors", "swot"):
            import_module(f"analysis.{room}.completeness")
        import_module("analysis.competitors.findable")
        self._register_attention()

    def _register_attention(self):
        # Both know models, which are there only now.
        from analysis.swot.attention import unanswered_points
        from plans.plan.attention import register_attention

        register_attention(unanswered_points)
