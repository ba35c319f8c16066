"""What is off: the page of whoever keeps the plans going."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Workspace
from kpis.dashboard.attention import some_of
from kpis.home.late_people import LatePerson, late_people
from kpis.home.lines import joined, lines_of
from kpis.home.off import what_is_off
from kpis.home.open_actions import OpenAction, disagreements, open_actions
from kpis.home.plans import HomePlans, home_plans
from kpis.home.standing import CompanyStanding, company_standing
from kpis.kpi.pace import OFF_TRACK
from plans.actions.health_keeping import keep_health_current
from plans.actions.overload import overloads_of
from plans.plan.attention import Attention
from plans.plan.completeness import completeness_of_all
from plans.plan.models import Plan


def manager_page(user: Any, workspace: Workspace, now: dt.datetime) -> dict[str, Any]:
    """Seven queries, and one for all that was kept of the plans until their clocks ticked."""
    plans = home_plans(workspace, Plan.objects.visible_to(user))
    today = workspace.today
    for plan in plans.running:
        keep_health_current(plan, today)
    standing = company_standing(plans, workspace, today)
    actions = open_actions(plans)
    late = late_people(standing.kpis, actions, workspace, today)
    return {
        "plans": plans,
        "sentences": list(_sentences(standing, late)),
        "off": lines_of(what_is_off(standing, plans)),
        "late": some_of(late),
        "disagree": disagreements(actions, plans, today),
        "overload": lines_of(_overloads(actions, plans, today)),
    }


def who_is_late(user: Any, workspace: Workspace) -> list[LatePerson]:
    """As the page says it."""
    plans = home_plans(workspace, Plan.objects.visible_to(user))
    standing = company_standing(plans, workspace, workspace.today)
    return late_people(standing.kpis, open_actions(plans), workspace, workspace.today)


def _overloads(actions: list[OpenAction], plans: HomePlans, today: dt.date) -> list[Attention]:
    """By plan, for hours are those somebody has for a plan."""
    completeness_of_all(plans.running)
    found = []
    for plan in plans.running:
        own = (one.facts for one in actions if one.plan_id == plan.pk)
        for problem in overloads_of(own, plan, today):
            detail = joined(problem.detail, plans.said(plan.pk))
            found.append(Attention(problem.kind, problem.title, detail, problem.url, problem.verb, problem.weight))
    return found


def _sentences(standing: CompanyStanding, late: list[LatePerson]):
    off = sum(one.health.status == OFF_TRACK for one in standing.objectives)
    judged = sum(one.is_judged for one in standing.objectives)
    if off:
        words = ngettext(
            "%(off)d of %(count)d objective is off track.", "%(off)d of %(count)d objectives are off track.", judged
        )
        yield words % {"off": off, "count": judged}
    elif judged:
        yield _("No objective is off track.")
    else:
        yield _("No objective has a KPI with a value and a target yet.")
    if late:
        words = ngettext("%(count)d person is late.", "%(count)d people are late.", len(late))
        yield words % {"count": len(late)}
    else:
        yield _("Nobody is late.")
