import datetime as dt
from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        for room in ("objectives", "team", "capacity", "targeting", "strategy", "actions", "raci", "budget"):
            import_module(f"plans.{room}.completeness")
        for room in ("actions", "budget"):
            import_module(f"plans.{room}.figures")
        for module in (
            "actions.attention",
            "actions.health_signals",
            "actions.overload",
            "budget.attention",
            "budget.copying",
            "goalposts.keeping",
            "plan.people",
            "plan.companies",
            "notices.telling",
            "notices.unread",
            "webhooks.outbox",
        ):
            import_module(f"plans.{module}")
        # In the order in which they are offered and shown.
        for room in ("objectives", "actions", "budget", "targeting", "team"):
            import_module(f"plans.{room}.findable")
        self._register_chores()

    def _register_chores(self):
        # They know models, which are there only now.
        from plans.actions.tasks import forget_bulk_changes, judge_open_plans
        from plans.imports.tasks import carry_out_import, forget_imports, give_up, take_back_import
        from plans.items.tasks import empty_bins
        from plans.notices.tasks import forget_notices, send_daily_mails, tell_of_due_actions
        from plans.receipts.tasks import forget_receipts
        from plans.webhooks.tasks import forget_deliveries, send_due_deliveries
        from salesplan.lib.chores import register_chore
        from salesplan.lib.lost_tasks import register_giving_up

        register_chore(empty_bins)
        register_chore(forget_bulk_changes)
        register_chore(forget_imports)
        register_chore(judge_open_plans)
        register_chore(forget_receipts)
        register_giving_up(carry_out_import, give_up)
        register_giving_up(take_back_import, give_up)
        register_chore(forget_notices)
        # A company's day begins at its own midnight, and its mails are due at its own seven.
        register_chore(tell_of_due_actions, every=dt.timedelta(hours=1))
        register_chore(forget_deliveries)
        # What is new is sent at once; this finds what is to be sent again.
        register_chore(send_due_deliveries, every=dt.timedelta(minutes=1))
        register_chore(send_daily_mails, every=dt.timedelta(minutes=10))
