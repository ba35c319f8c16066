"""What the pages of step 1 share: their tabs, how far the step is, and choices kept in the address."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.plan.completeness import completeness_of
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest

STEP = 1


@dataclass(frozen=True)
class Tab:
    title: str | Promise
    url: str
    count: int
    current: bool


#: Title, page, and the tally that counts its rows.
TABS = (
    (_("Market research"), "analysis:research", "research_notes"),
    (_("Competitors"), "analysis:competitors", "competitors"),
    (_("SWOT"), "analysis:swot", "swot_points"),
)


def situation(request: HtmxHttpRequest, plan: Plan, *, here: str) -> dict:
    """The context around a page of the step; `here` is the URL name of its tab."""
    if request.method == "POST":
        # What was just written has moved the clock that completeness is kept by.
        plan.refresh_from_db(fields=["changed_at"])
    figures = completeness_of(plan)
    tabs = [
        Tab(title, reverse(name, args=[plan.pk]), figures.tallies[tally], name == here) for title, name, tally in TABS
    ]
    return {"tabs": tabs, "progress": figures.steps[STEP], "open_points": figures.tallies["open_points"]}


def chosen(request: HtmxHttpRequest, name: str) -> str:
    """A choice made in the page's address, also while only a part of that page is drawn again."""
    if name not in request.GET and request.htmx:
        page = urlsplit(request.htmx.current_url or "")
        return QueryDict(page.query).get(name, "")
    return request.GET.get(name, "")
