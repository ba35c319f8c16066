from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        for room in ("objectives", "team", "targeting", "strategy", "actions", "raci", "budget"):
            import_module(f"plans.{room}.completeness")
        for room in ("actions", "budget"):
            import_module(f"plans.{room}.figures")
        for module in ("actions.attention", "budget.attention", "plan.people"):
            import_module(f"plans.{module}")
