from importlib import import_module

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "analysis"

    def ready(self):
        for room in ("research", "competitors", "swot"):
            import_module(f"analysis.{room}.completeness")
