"""What the pages of feedback share: their tabs."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.plan.completeness import completeness_of
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest

#: Title, page, and the tally that counts its rows.
TABS = (
    (_("Answers"), "kpis:feedback", "feedback"),
    (_("Surveys"), "kpis:surveys", "surveys"),
    (_("Themes"), "kpis:themes", "themes"),
    (_("What we changed"), "kpis:improvements", "improvements"),
)


@dataclass(frozen=True)
class Tab:
    title: str | Promise
    url: str
    count: int
    current: bool


def tabs_of(request: HtmxHttpRequest, plan: Plan, *, here: str) -> list[Tab]:
    """`here` is the URL name of the current one."""
    if request.method == "POST":
        # What was just written has moved the clock that the counts are kept by.
        plan.refresh_from_db(fields=["changed_at"])
    counts = completeness_of(plan).tallies
    return [Tab(title, reverse(name, args=[plan.pk]), counts[tally], name == here) for title, name, tally in TABS]
