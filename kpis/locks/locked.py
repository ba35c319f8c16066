"""Whether a period takes a value: asked by every page that offers one, and by whatever writes one."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.kpi.models import Kpi
from kpis.kpi.periods import last_day, period_label
from kpis.locks.models import PeriodLock, reach_of
from plans.plan.models import Plan
from salesplan.lib.prepared import prepared

#: So that a list of ids is never empty.
NO_PLAN = 0


@dataclass(frozen=True)
class Locked:
    """What is locked of one plan on a day, by whom, and the (KPI, period) that are open all the same."""

    reach: dt.date | None = None
    locked_to: dt.date | None = None
    after_days: int | None = None
    who: str = ""
    openings: frozenset[tuple[int, dt.date]] = frozenset()

    def holds(self, kpi: Kpi, period: dt.date) -> bool:
        if self.reach is None or last_day(period, kpi.rhythm) > self.reach:
            return False
        return (kpi.pk, period) not in self.openings

    def why(self, kpi: Kpi, period: dt.date) -> str:
        """Who locked it and who can unlock it; empty when the period takes values."""
        if not self.holds(kpi, period):
            return ""
        label = period_label(period, kpi.rhythm)
        words = {"period": label[:1].upper() + label[1:], "who": self.who or _("somebody")}
        if self.locked_to and last_day(period, kpi.rhythm) <= self.locked_to:
            words["day"] = date_format(self.locked_to, "SHORT_DATE_FORMAT")
            said = _("%(period)s is locked: %(who)s locked everything up to %(day)s. A sales director can unlock it.")
        else:
            said = ngettext(
                "%(period)s is locked, %(days)d day after its end, as %(who)s set it. A sales director can unlock it.",
                "%(period)s is locked, %(days)d days after its end, as %(who)s set it. A sales director can unlock it.",
                self.after_days or 0,
            )
        return said % (words | {"days": self.after_days})


OPEN = Locked()


def locked_in(plan_ids: Collection[int], today: dt.date) -> dict[int, Locked]:
    """By plan, those that have a lock: one query."""
    found: dict[int, dict[str, Any]] = {}
    openings: dict[int, set[tuple[int, dt.date]]] = {}
    for row in _rows(sorted(plan_ids) or [NO_PLAN]):
        found[row["plan_id"]] = row
        if row["plan__opening__open_to"] and row["plan__opening__open_to"] >= today:
            opening = row["plan__opening__kpi_id"], row["plan__opening__period"]
            openings.setdefault(row["plan_id"], set()).add(opening)
    return {
        plan_id: Locked(
            reach_of(row["locked_to"], row["after_days"], today),
            row["locked_to"],
            row["after_days"],
            row["locked_by__name"] or row["locked_by__email"] or "",
            frozenset(openings.get(plan_id, ())),
        )
        for plan_id, row in found.items()
    }


def locked_of(plan: Plan, today: dt.date) -> Locked:
    return locked_in([plan.pk], today).get(plan.pk, OPEN)


def why_locked(kpi: Kpi, period: dt.date, *, today: dt.date) -> str:
    """Of one KPI and period; empty when it takes values."""
    return locked_in([kpi.plan_id], today).get(kpi.plan_id, OPEN).why(kpi, period)


@prepared
def _rows(plan_ids: list[int]) -> Any:
    who = ("locked_by__name", "locked_by__email")
    opening = ("plan__opening__kpi_id", "plan__opening__period", "plan__opening__open_to")
    return PeriodLock.objects.filter(plan__pk__in=plan_ids).values("plan_id", "locked_to", "after_days", *who, *opening)
