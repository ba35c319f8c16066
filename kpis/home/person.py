"""What I owe: the page of whoever carries the plans out."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Workspace
from kpis.home.lines import lines_of
from kpis.home.owed import Owed, owed_by
from kpis.home.plans import home_plans, with_news
from kpis.home.told import told
from kpis.home.work import problems_of, work_of
from plans.plan.attention import Attention
from plans.plan.models import Plan


def person_page(user: Any, workspace: Workspace, now: dt.datetime) -> dict[str, Any]:
    """Seven queries."""
    plans = home_plans(workspace, with_news(Plan.objects.visible_to(user), user, now))
    today = timezone.localdate(now)
    owed = owed_by(user, plans, workspace, now)
    work = problems_of(work_of(user, plans), plans, today)
    return {
        "plans": plans,
        "sentences": _sentences(owed, work),
        "asked_ever": owed.asked_ever,
        "owed": lines_of([week.problem for week in owed.weeks]),
        "next_owed": owed.next,
        "free_until": owed.free_until,
        "work": lines_of(work),
        "told": lines_of(told(user, workspace, plans)),
        "news": lines_of([_news(plan) for plan in plans.running if plan.changed]),  # type: ignore[attr-defined]
    }


def _sentences(owed: Owed, work: list[Attention]) -> list[str]:
    found = []
    late_values, coming = owed.count(late=True), owed.count(late=False)
    late = sum(problem.kind == "overdue" for problem in work)
    if late_values:
        words = ngettext("%(count)d value is overdue.", "%(count)d values are overdue.", late_values)
        found.append(words % {"count": late_values})
    if coming:
        words = ngettext("%(count)d value is asked for this week.", "%(count)d values are asked for this week.", coming)
        found.append(words % {"count": coming})
    if late:
        words = ngettext("%(count)d of your actions is late.", "%(count)d of your actions are late.", late)
        found.append(words % {"count": late})
    if not owed.asked_ever:
        found.append(_("No KPI is yours to enter."))
    elif not owed.weeks:
        day = date_format(owed.free_until, "MONTH_DAY_FORMAT")
        found.append(_("No value is asked of you until %(day)s.") % {"day": day})
    return found


def _news(plan: Any) -> Attention:
    title = ngettext("%(count)d action changed", "%(count)d actions changed", plan.changed) % {"count": plan.changed}
    since = date_format(timezone.localtime(plan.news_from), "SHORT_DATETIME_FORMAT")
    detail = _("By others in “%(plan)s” since %(when)s") % {"plan": plan.name, "when": since}
    url = reverse("plans:actions_changes", args=[plan.pk])
    return Attention("news", title, detail, url, _("See which"), 10)
