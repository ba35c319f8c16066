"""Will we make it: the page of whoever answers for the plans."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Workspace
from accounts.roles import STEERERS
from kpis.feedback.models import Survey
from kpis.home.decisions import decisions
from kpis.home.lines import lines_of
from kpis.home.plans import HomePlans, home_plans
from kpis.home.standing import company_standing
from kpis.home.verdicts import Verdict, verdicts
from kpis.kpi.pace import NO_DATA, ON_TRACK
from plans.objectives.models import Objective
from plans.plan.figures import count_of, figures_on
from plans.plan.models import Plan


def director_page(user: Any, workspace: Workspace, now: dt.datetime) -> dict[str, Any]:
    """Six queries. What waits for a decision is asked of those who take it."""
    today = workspace.today
    figures = {**figures_on(today), "objectives_total": count_of(Objective.objects.all())}
    plans = home_plans(workspace, Plan.objects.visible_to(user).annotate(**figures))
    standing = company_standing(plans, workspace, today)
    found = verdicts(standing, plans, today)
    decides = workspace.my_role in STEERERS
    waiting = decisions(plans, standing.kpis, _fed(plans), user, today=today, now=now) if decides else []
    return {
        "plans": plans,
        "sentences": list(_sentences(found)),
        "verdicts": found,
        "decides": decides,
        "decisions": lines_of(waiting),
    }


def _fed(plans: HomePlans) -> set[int]:
    """Surveys enter them by themselves."""
    return set(Survey.objects.filter(plan__in=plans.ids, kpi__isnull=False).values_list("kpi_id", flat=True))


def _sentences(found: list[Verdict]) -> Iterator[str]:
    judged = [one for one in found if one.status != NO_DATA]
    good = sum(one.status == ON_TRACK for one in judged)
    if not judged:
        yield _("Nothing is measured yet that says whether the plans are reached.")
    elif len(judged) == 1:
        (one,) = judged
        yield _("“%(plan)s”: %(verdict)s.") % {"plan": one.plan.name, "verdict": str(one.word).lower()}
    else:
        words = ngettext(
            "%(good)d of %(count)d plan is reached as it goes.",
            "%(good)d of %(count)d plans are reached as they go.",
            len(judged),
        )
        yield words % {"good": good, "count": len(judged)}
    trend = sum(one.trend for one in judged)
    if trend > 0:
        words = ngettext(
            "%(count)d more objective is on track than a week ago.",
            "%(count)d more objectives are on track than a week ago.",
            trend,
        )
        yield words % {"count": trend}
    elif trend < 0:
        words = ngettext(
            "%(count)d objective fewer is on track than a week ago.",
            "%(count)d objectives fewer are on track than a week ago.",
            -trend,
        )
        yield words % {"count": -trend}
    elif judged:
        yield _("As many objectives are on track as a week ago.")
