"""What waits for who steers: drafts that could begin, plans that are over, moved goals, money that is gone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.home.lines import joined
from kpis.home.plans import HomePlans
from kpis.kpi.progress import KpiProgress
from plans.actions.names import named
from plans.goalposts.models import MovedGoalpost
from plans.goalposts.words import move_words
from plans.plan.attention import Attention
from plans.plan.completeness import Completeness, completeness_of_all
from plans.plan.models import Plan
from plans.plan.rows import budget_of
from salesplan.lib.money import format_money

OVER, MONEY, BEGINS, COMPLETE, GOALS, NOBODY = 100, 90, 80, 70, 60, 20
#: So long before its first day a draft is spoken of, and so long a moved goal is news.
SOON, LATELY = dt.timedelta(days=30), dt.timedelta(days=7)


def decisions(
    plans: HomePlans, kpis: list[KpiProgress], fed: Collection[int], user: Any, *, today: dt.date, now: dt.datetime
) -> list[Attention]:
    """The plans have their figures; `fed` are the KPIs whose values come from surveys.

    Two queries, one of them kept until the clock of a draft ticks.
    """
    found = [line for plan in plans.running for line in _of_running(plan, today)]
    completeness = completeness_of_all(plans.drafts)
    found += [line for plan in plans.drafts for line in _of_draft(plan, completeness[plan.pk], today)]
    found += _moved_goals(plans, user, now - LATELY)
    return found + _without_owner(plans, kpis, fed)


def _of_running(plan: Plan, today: dt.date) -> Iterator[Attention]:
    if plan.ends_on < today:
        detail = _("Its last day was %(day)s") % {"day": date_format(plan.ends_on, "SHORT_DATE_FORMAT")}
        yield Attention("decide", plan.name, detail, _settings(plan), _("Close it"), OVER)
    over = (plan.budget_spent or Decimal(0)) - budget_of(plan)  # type: ignore[attr-defined]
    if over > 0:
        detail = _("%(amount)s more is spent than there was") % {"amount": format_money(over, plan.currency)}
        url = reverse("plans:budget", args=[plan.pk])
        yield Attention("budget", plan.name, detail, url, _("Cover it"), MONEY)


def _of_draft(plan: Plan, completeness: Completeness, today: dt.date) -> Iterator[Attention]:
    missing = [step for step in completeness.steps.values() if not step.complete]
    day = {"day": date_format(plan.starts_on, "SHORT_DATE_FORMAT")}
    if not missing:
        detail = _("The draft is complete; its first day is %(day)s") % day
        yield Attention("decide", plan.name, detail, _settings(plan), _("Start execution"), COMPLETE)
    elif plan.starts_on <= today + SOON:
        words = ngettext(
            "The draft begins on %(day)s, and one of its steps is not complete",
            "The draft begins on %(day)s, and %(count)d of its steps are not complete",
            len(missing),
        )
        detail = words % {**day, "count": len(missing)}
        yield Attention("missing", plan.name, detail, plan.get_absolute_url(), _("Complete it"), BEGINS)


def _moved_goals(plans: HomePlans, user: Any, since: dt.datetime) -> list[Attention]:
    moved = MovedGoalpost.objects.filter(plan__in=plans.ids, moved_at__gt=since).exclude(moved_by=user)
    by_plan: dict[int, list[MovedGoalpost]] = defaultdict(list)
    for one in moved.select_related("moved_by"):
        by_plan[one.plan_id].append(one)
    return [_moved(plans.named[pk], own) for pk, own in by_plan.items()]


def _moved(plan: Plan, moved: list[MovedGoalpost]) -> Attention:
    """The latest in words, with why."""
    first = moved[0]
    title = ngettext("%(count)d goal moved this week", "%(count)d goals moved this week", len(moved))
    words = {"name": first.name, "what": move_words(first), "who": first.moved_by or _("somebody"), "why": first.reason}
    detail = _("“%(name)s”, %(what)s, by %(who)s: %(why)s") % words
    url = reverse("plans:goalposts", args=[plan.pk])
    return Attention("goal", title % {"count": len(moved)}, joined(detail, plan.name), url, _("See which"), GOALS)


def _without_owner(plans: HomePlans, kpis: list[KpiProgress], fed: Collection[int]) -> list[Attention]:
    orphans: dict[int, list[str]] = defaultdict(list)
    for progress in kpis:
        if progress.kpi.owner_id is None and not progress.kpi.is_computed and progress.kpi.pk not in fed:
            orphans[progress.kpi.plan_id].append(progress.kpi.name)
    return [_orphans(plans.named[pk], names) for pk, names in orphans.items()]


def _orphans(plan: Plan, names: list[str]) -> Attention:
    title = ngettext("%(count)d KPI nobody enters", "%(count)d KPIs nobody enters", len(names)) % {"count": len(names)}
    url = reverse("kpis:kpis", args=[plan.pk])
    return Attention("missing", title, joined(named(names), plan.name), url, _("Name owners"), NOBODY)


def _settings(plan: Plan) -> str:
    return reverse("plans:plan_edit", args=[plan.pk])
