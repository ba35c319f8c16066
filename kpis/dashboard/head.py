"""The line under the plan's name: where in its period the plan is, and what to do next."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import REPORTERS
from kpis.kpi.periods import WEEKLY, count_periods
from plans.plan.completeness import Check, Completeness, completeness_of
from plans.plan.models import Plan
from plans.plan.steps import STEPS


@dataclass(frozen=True)
class Gap:
    """What a draft lacks, and where it is filled in."""

    step: int
    title: str
    missing: str
    url: str


@dataclass(frozen=True)
class Head:
    week: str
    can_check_in: bool
    next_step: Gap | None


def head_of(plan: Plan, today: dt.date) -> Head:
    """The next step is the way forward of a draft only; checking in is what a plan in execution asks for."""
    running = plan.status == Plan.Status.ACTIVE
    gaps = gaps_of(plan, completeness_of(plan)) if plan.status == Plan.Status.DRAFT else []
    return Head(
        week=week_words(plan, today),
        can_check_in=running and plan.my_role in REPORTERS,
        next_step=next(iter(gaps), None),
    )


def week_words(plan: Plan, today: dt.date) -> str:
    """week 34 of 53, counted from the first week of the plan"""
    if today < plan.starts_on:
        days = (plan.starts_on - today).days
        return ngettext("starts in %(days)d day", "starts in %(days)d days", days) % {"days": days}
    if today > plan.ends_on:
        return _("its period is over")
    week_start = plan.workspace.week_starts_on
    whole = count_periods(plan.starts_on, plan.ends_on, WEEKLY, week_start)
    return _("week %(week)d of %(weeks)d") % {
        "week": count_periods(plan.starts_on, today, WEEKLY, week_start),
        "weeks": whole,
    }


def gaps_of(plan: Plan, completeness: Completeness) -> list[Gap]:
    """The first thing each step lacks, in the order of the steps."""
    firsts: list[Check] = [step.missing[0] for step in completeness.steps.values() if step.missing]
    titles = {step.number: str(step.title) for step in STEPS}
    return [Gap(check.step, titles[check.step], str(check.missing), check.url(plan)) for check in firsts]
