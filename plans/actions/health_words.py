"""The reasons for an action's health in words, counted up to the reader's day."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.actions.health import Reason
from salesplan.lib.money import format_quantity


def reason_words(reason: Reason, today: dt.date) -> str:
    return WORDS[reason["code"]](reason, today)


def _late(reason: Reason, today: dt.date) -> str:
    days = _days(reason["on"], today)
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


def _waits_late(reason: Reason, today: dt.date) -> str:
    days = _days(reason["on"], today)
    words = ngettext(
        "Waits for “%(name)s”, which is %(days)d day late", "Waits for “%(name)s”, which is %(days)d days late", days
    )
    return words % {"name": reason["name"], "days": days}


def _waits_beyond(reason: Reason, today: dt.date) -> str:
    words = ngettext(
        "Waits for “%(name)s”, which ends %(days)d day after this is due",
        "Waits for “%(name)s”, which ends %(days)d days after this is due",
        reason["days"],
    )
    return words % reason


def _waits_overlap(reason: Reason, today: dt.date) -> str:
    words = ngettext(
        "Waits for “%(name)s”, which ends %(days)d day after this starts",
        "Waits for “%(name)s”, which ends %(days)d days after this starts",
        reason["days"],
    )
    return words % reason


def _kpi(reason: Reason, today: dt.date) -> str:
    """KPI “Leads” is at 62% of its pace: 46 leads on 20 November 2026"""
    known = {
        "name": reason["name"],
        "percent": reason.get("percent"),
        "value": format_quantity(Decimal(reason["value"]), reason.get("unit", "")),
        "day": date_format(dt.date.fromisoformat(reason["on"])),
    }
    if "percent" in reason:
        return _("KPI “%(name)s” is at %(percent)d%% of its pace: %(value)s on %(day)s") % known
    return _("KPI “%(name)s” is outside its band: %(value)s on %(day)s") % known


def _not_begun(reason: Reason, today: dt.date) -> str:
    first, until = reason["on"], reason.get("until")
    days = _days(first, today)
    if until and today <= dt.date.fromisoformat(until) and days * 2 >= _days(first, dt.date.fromisoformat(until)):
        return _("Half of its time is gone and it has not started")
    words = ngettext("Should have started %(days)d day ago", "Should have started %(days)d days ago", days)
    return words % {"days": days}


def _soon(reason: Reason, today: dt.date) -> str:
    days = -_days(reason["on"], today)
    if days == 0:
        return _("Due today, not started")
    return ngettext("Due in %(days)d day, not started", "Due in %(days)d days, not started", days) % {"days": days}


def _nobody(reason: Reason, today: dt.date) -> str:
    return _("Nobody is responsible")


def _days(since: str, until: dt.date) -> int:
    return (until - dt.date.fromisoformat(since)).days


WORDS: dict[str, Callable[[Reason, dt.date], str]] = {
    "late": _late,
    "waits_late": _waits_late,
    "waits_beyond": _waits_beyond,
    "kpi_off_track": _kpi,
    "not_begun": _not_begun,
    "soon": _soon,
    "waits_overlap": _waits_overlap,
    "kpi_at_risk": _kpi,
    "nobody": _nobody,
}
