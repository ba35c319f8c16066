"""The health of one action on its own page: every reason in words, each with where it comes from."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.actions.health import NO_DATA, ON_TRACK, Reason, disagrees
from plans.actions.health_marks import ill_css
from plans.actions.health_words import reason_words
from plans.actions.models import Action


@dataclass(frozen=True)
class Line:
    words: str
    #: The page of what it was read from; empty where that is the action itself.
    url: str = ""


@dataclass(frozen=True)
class HealthReport:
    """`css` is a class of .hl b; `disagreement` says that the owner says otherwise."""

    label: str
    css: str
    is_known: bool
    reasons: list[Line]
    disagreement: str = ""


def health_report(action: Action, today: dt.date) -> HealthReport | None:
    """None when it is closed: what is over has no health, at most it was done too late."""
    if not action.is_open:
        return None
    reasons = [Line(reason_words(reason, today), _source(reason)) for reason in action.health_reasons]
    label = str(Action.Health(action.health).label)
    return HealthReport(
        label, ill_css(action.health) or "well", action.health != NO_DATA, reasons, _disagreement(action)
    )


def done_late(action: Action) -> str:
    if not (action.done_on and action.deadline and action.done_on > action.deadline):
        return ""
    days = (action.done_on - action.deadline).days
    return ngettext("Done %(days)d day late", "Done %(days)d days late", days) % {"days": days}


def _source(reason: Reason) -> str:
    if "pk" not in reason:
        return ""
    # The page of a KPI belongs to an app this one does not know; its address is all that is needed.
    name = "kpis:kpi_detail" if reason["code"].startswith("kpi_") else "plans:action_detail"
    return reverse(name, args=[reason["pk"]])


def _disagreement(action: Action) -> str:
    if not disagrees(action.status, action.health):
        return ""
    status = {"status": action.get_status_display()}
    if action.health == ON_TRACK:
        return _("Its status says “%(status)s”, but dates, links and KPIs show nothing wrong.") % status
    return _("Its status says “%(status)s”, but dates, links and KPIs say otherwise.") % status
