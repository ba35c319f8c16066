import datetime as dt
from importlib import import_module

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"

    def ready(self):
        kpi = ("completeness", "action_paces", "findable", "following", "happenings", "objective_health")
        entries = (
            "readings.health",
            "readings.keeping",
            "skips.keeping",
            "readings.outbox",
            "snapshots.rules",
            "snapshots.findable",
        )
        for module in (*(f"kpi.{name}" for name in kpi), *entries, "checkin.findable", "sharing.findable"):
            import_module(f"kpis.{module}")
        for module in ("completeness", "copying", "feeding", "findable"):
            import_module(f"kpis.feedback.{module}")
        for module in ("findable", "happenings", "keeping"):
            import_module(f"kpis.reviews.{module}")
        for module in ("kpi_rules", "money_rules", "work_rules", "completeness", "speaking", "findable"):
            import_module(f"kpis.alerts.{module}")
        self._register_sources()
        self._register_chores()

    def _register_sources(self):
        """What the frame and the dashboard ask of this app; imported late, when the models are there."""
        from kpis.checkin.due import my_week
        from kpis.kpi.attention import kpi_attention
        from kpis.kpi.detail import register_lock
        from kpis.kpi.lateness import late_attention
        from kpis.locks.locked import locked_of
        from plans.plan.attention import register_attention
        from plans.plan.frame import register_week

        register_attention(kpi_attention)
        register_attention(late_attention)
        register_week(my_week)
        register_lock(locked_of)

    def _register_chores(self):
        # They know models, which are there only now.
        from kpis.alerts.tasks import judge_changed_plans
        from kpis.feedback.tasks import forget_feedback_sheets
        from kpis.reminders.tasks import forget_reminders, send_reminders, tell_of_late_checkins
        from salesplan.lib.chores import register_chore

        # Soon after a change, and never in its request.
        register_chore(judge_changed_plans, every=dt.timedelta(minutes=5))
        register_chore(forget_reminders)
        # Each is reminded at her own hour; a company's day begins at its own midnight.
        register_chore(send_reminders, every=dt.timedelta(minutes=10))
        register_chore(tell_of_late_checkins, every=dt.timedelta(hours=1))
        register_chore(forget_feedback_sheets)
