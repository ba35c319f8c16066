"""What a point of the agenda says, in the reader's language, and how the money at risk comes about."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kpis.kpi.periods import WEEKLY, period_label, week_from_code
from kpis.kpi.words import LOOKS, coarse
from kpis.reviews.models import AgendaItem
from kpis.reviews.outcomes import OUTCOMES
from kpis.reviews.plan_points import CONTINGENCY, OVER
from kpis.reviews.points import MORE, Point
from kpis.reviews.worth import RETURN
from plans.actions.health_words import reason_words
from plans.actions.models import Action
from plans.goalposts.models import MovedGoalpost
from plans.goalposts.words import move_words, timing_words
from plans.plan.models import Plan
from salesplan.lib.money import format_money, format_quantity

Section = AgendaItem.Section
type Facts = dict[str, Any]

#: What it means that a point would not be on the agenda any more.
GONE = {
    Section.PACE: gettext_lazy("No longer off pace"),
    Section.LATE: gettext_lazy("No longer late"),
    Section.DISAGREE: gettext_lazy("No longer in disagreement"),
    Section.BUDGET: gettext_lazy("No longer a problem"),
    Section.MISSING: gettext_lazy("Nothing is missing any more"),
    Section.DECIDED: gettext_lazy("Settled or deleted"),
    Section.MOVED: "",
    Section.OTHER: "",
}


@dataclass(frozen=True)
class Said:
    """`lines` stand one below the other, `who` it waits for, `how` the amount at risk comes about."""

    lines: list[str] = field(default_factory=list)
    who: str = ""
    how: str = ""


def said(item: AgendaItem | Point, plan: Plan, today: dt.date) -> Said:
    """`today` is the day the facts are of: days are counted up to it."""
    if item.key == MORE:
        return Said([", ".join(f"“{name}”" for name in item.facts["names"]) + " …"])
    return WORDS[Section(item.section)](item.facts, plan, today)


def title_of(item: AgendaItem | Point) -> str:
    if item.key == MORE:
        return ngettext("%(count)d more", "%(count)d more", item.facts["count"]) % {"count": item.facts["count"]}
    if item.section == Section.OTHER:
        return _("Whatever else there is to say or decide")
    if item.section == Section.BUDGET and item.key == CONTINGENCY:
        return _("Contingency")
    return item.title


def url_of(item: AgendaItem | Point) -> str:
    """Where it is mended, by its key; what was deleted since answers 404 there."""
    kind, _dash, pk = item.key.partition("-")
    if kind in PAGES:
        return reverse(PAGES[kind], args=[pk])
    return ""


PAGES = {
    "objective": "plans:objective_detail",
    "kpi": "kpis:kpi_detail",
    "action": "plans:action_detail",
    "decision": "kpis:decision_detail",
}


def _pace(facts: Facts, plan: Plan, today: dt.date) -> Said:
    people = dict.fromkeys(kpi["who"] for kpi in facts["kpis"] if kpi["who"])
    return Said([_kpi(kpi) for kpi in facts["kpis"]], ", ".join(people), _how(facts, plan))


def _kpi(kpi: Facts) -> str:
    words = {
        "name": kpi["name"],
        "status": str(LOOKS[kpi["status"]].word).lower(),
        "value": format_quantity(Decimal(kpi["value"]), kpi["unit"]),
        "expected": format_quantity(coarse(Decimal(kpi["expected"] or 0)), kpi["unit"]),
        "percent": kpi["percent"],
    }
    if kpi["percent"] is None:
        return _("“%(name)s” is %(status)s: %(value)s is outside its band") % words
    return _("“%(name)s” is %(status)s: %(value)s against %(expected)s expected, %(percent)s%% of pace") % words


def _how(facts: Facts, plan: Plan) -> str:
    why = facts.get("why")
    if not why:
        return ""
    if why["by"] == "gap":
        words = {
            "name": why["name"],
            "value": format_money(Decimal(why["value"]), plan.currency),
            "expected": format_money(Decimal(why["expected"]), plan.currency),
        }
        return _("The gap of “%(name)s”: %(expected)s expected, %(value)s reached.") % words
    worth = {"worth": format_money(Decimal(why["worth"]), plan.currency)}
    if why["by"] == "share":
        brings = _("“%(name)s” has %(percent)s%% of its pace; the rest of %(worth)s its actions are to bring.")
        takes = _("“%(name)s” has %(percent)s%% of its pace; the rest of %(worth)s its actions were given.")
        pattern = brings if why["of"] == RETURN else takes
        return pattern % (worth | {"name": why["name"], "percent": why["percent"]})
    return (_("Its expected return, %(worth)s.") if why["by"] == RETURN else _("Its budget, %(worth)s.")) % worth


def _late(facts: Facts, plan: Plan, today: dt.date) -> Said:
    deadline = dt.date.fromisoformat(facts["deadline"])
    days = (today - deadline).days
    late = ngettext("%(days)d day late, due %(day)s", "%(days)d days late, due %(day)s", days)
    lines = [late % {"days": days, "day": _day(deadline)}]
    lines.append(_("Its owner says: %(status)s") % {"status": Action.Status(facts["status"]).label.lower()})
    lines += [_waiting(one) for one in facts["waiting"]]
    if facts["more"]:
        more = ngettext("%(count)d more waits for it", "%(count)d more wait for it", facts["more"])
        lines.append(more % {"count": facts["more"]})
    return Said(lines, facts["who"], _how(facts, plan))


def _waiting(one: dict[str, str]) -> str:
    if one["who"]:
        return _("“%(name)s” (%(who)s) waits for it") % one
    return _("“%(name)s” waits for it") % one


def _disagree(facts: Facts, plan: Plan, today: dt.date) -> Said:
    words = {
        "status": Action.Status(facts["status"]).label.lower(),
        "health": Action.Health(facts["health"]).label.lower(),
    }
    lines = [_("Its owner says: %(status)s. Computed: %(health)s.") % words]
    return Said(lines + [reason_words(reason, today) for reason in facts["reasons"]], facts["who"], _how(facts, plan))


def _moved(facts: Facts, plan: Plan, today: dt.date) -> Said:
    move = MovedGoalpost(
        **{name: facts[name] for name in ("kind", "row", "name", "unit", "field", "old", "new", "reason")},
        deadline=dt.date.fromisoformat(facts["deadline"]),
        moved_at=dt.datetime.fromisoformat(facts["moved_at"]),
    )
    words = {"what": move_words(move), "when": timing_words(move)}
    return Said([_("%(what)s, %(when)s") % words, _("Reason: %(reason)s") % facts], facts["who"])


def _budget(facts: Facts, plan: Plan, today: dt.date) -> Said:
    amounts = {name: format_money(Decimal(facts[name]), plan.currency) for name in AMOUNTS if name in facts}
    if facts["what"] == CONTINGENCY:
        return Said([_("%(free)s of %(had)s are left for what nobody planned") % amounts])
    if facts["what"] == OVER:
        return Said([_("%(used)s spent or ordered of %(has)s") % amounts], how=_("What is over the line."))
    return Said([_("Actions were given %(used)s of %(has)s") % amounts], how=_("What is over the line."))


AMOUNTS = ("has", "used", "had", "free")


def _missing(facts: Facts, plan: Plan, today: dt.date) -> Said:
    week = week_from_code(facts["week"])
    words = ngettext(
        "%(count)d KPI of %(week)s not entered, due %(day)s",
        "%(count)d KPIs of %(week)s not entered, due %(day)s",
        len(facts["kpis"]),
    )
    told = {
        "count": len(facts["kpis"]),
        "week": period_label(week, WEEKLY) if week else facts["week"],
        "day": _day(dt.date.fromisoformat(facts["due"])),
    }
    return Said([words % told, ", ".join(f"“{name}”" for name in facts["kpis"])])


def _decided(facts: Facts, plan: Plan, today: dt.date) -> Said:
    outcome = str(OUTCOMES[facts["state"]].word)
    decided = _day(dt.date.fromisoformat(facts["decided"]))
    lines = [_("Decided on %(day)s: %(outcome)s") % {"day": decided, "outcome": outcome.lower()}]
    if facts["due"]:
        lines.append(_("Due %(day)s") % {"day": _day(dt.date.fromisoformat(facts["due"]))})
    if facts["action"]:
        status = Action.Status(facts["status"]).label.lower()
        lines.append(_("Action “%(action)s”: %(status)s") % {"action": facts["action"], "status": status})
    return Said(lines, facts["who"])


def _other(facts: Facts, plan: Plan, today: dt.date) -> Said:
    return Said()


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


WORDS: dict[str, Callable[[Facts, Plan, dt.date], Said]] = {
    Section.PACE: _pace,
    Section.LATE: _late,
    Section.DISAGREE: _disagree,
    Section.MOVED: _moved,
    Section.BUDGET: _budget,
    Section.MISSING: _missing,
    Section.DECIDED: _decided,
    Section.OTHER: _other,
}
