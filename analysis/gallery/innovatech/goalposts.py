"""Goals of the example that were higher when the plan was approved, and why they came down."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from analysis.gallery.innovatech.record import at_nine
from kpis.models import Kpi
from plans.models import Plan

#: By KPI: what its target was, as a share of what it is now.
HIGHER = {"traffic": Decimal("1.2"), "partners": Decimal("1.5")}
#: So many days ago they were moved.
MOVED = {"traffic": 96, "partners": 33}


def aim_higher(kpis: dict[str, Kpi]) -> None:
    """While the plan is a draft."""
    for key, share in HIGHER.items():
        kpi: Any = kpis[key]  # the plan on paper has its target
        kpi.target *= share
        kpi.save()


def move_goalposts(plan: Plan, kpis: dict[str, Kpi], *, by, today: dt.date) -> None:
    """Down to what they are today; the plan was approved on its first day."""
    plan.approved_at = at_nine(plan.starts_on)
    plan.save(update_fields=["approved_at"])
    reasons = {
        "traffic": _("The spring campaign was cut, and the growth it should bring with it."),
        "partners": _("Four of the twelve resellers we had in mind sell for a competitor by now."),
    }
    for key, share in HIGHER.items():
        kpi: Any = kpis[key]
        kpi.target /= share
        kpi.moved_because = reasons[key]
        kpi._history_date, kpi._history_user = at_nine(today - dt.timedelta(days=MOVED[key])), by
        kpi.save()
