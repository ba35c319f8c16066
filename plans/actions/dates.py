"""What is wrong with a deadline, apart from its being late: nobody works that day, or it is out of its frame."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plans.plan.models import Plan
from salesplan.lib.workdays import day_off_name


@dataclass(frozen=True)
class DateMark:
    """A word or two for the table, and the reason in full."""

    word: str
    reason: str


def date_marks(deadline: dt.date | None, plan: Plan, objective_deadline: dt.date | None) -> list[DateMark]:
    """The worst first. What is done or cancelled is not asked about: nobody would move it."""
    if deadline is None:
        return []
    marks = []
    if deadline > plan.ends_on:
        reason = _("Outside the plan, which ends on %(day)s") % {"day": _day(plan.ends_on)}
        marks.append(DateMark(_("outside plan"), reason))
    elif deadline < plan.starts_on:
        reason = _("Outside the plan, which begins on %(day)s") % {"day": _day(plan.starts_on)}
        marks.append(DateMark(_("outside plan"), reason))
    if objective_deadline and deadline > objective_deadline:
        reason = _("After the deadline of its objective, %(day)s") % {"day": _day(objective_deadline)}
        marks.append(DateMark(_("after objective"), reason))
    if name := day_off_name(deadline, plan.workspace.country):
        marks.append(DateMark(_("day off"), _("Day off: %(name)s") % {"name": name}))
    return marks


def _day(day: dt.date) -> str:
    return _written(day, get_language() or "")


@lru_cache(maxsize=256)
def _written(day: dt.date, language: str) -> str:
    """Many rows name the same few days; `language` is part of the key."""
    return date_format(day, "SHORT_DATE_FORMAT")
