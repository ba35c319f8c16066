"""The part of a page that shows a list of items, and is drawn again whole after each change."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page


@dataclass(frozen=True)
class Section:
    """`id` is one word for three things: the element, the {% partialdef %} and the HX-Target.

    `context` gives what the template needs for a plan; the page and the section draw from the same. `parts` are
    places inside that are fetched when one comes near them: each a word like `id`.
    """

    url_name: str
    template: str
    id: str
    context: Callable[[HtmxHttpRequest, Plan], dict[str, Any]]
    parts: tuple[str, ...] = ()

    def url(self, plan: Plan) -> str:
        return reverse(self.url_name, args=[plan.pk])

    def whole_url(self, plan: Plan) -> str:
        """With all its parts, for browsers that do not fetch them."""
        return self.url(plan) + ("?all" if self.parts else "")

    def page(self, request: HtmxHttpRequest, plan: Plan) -> HttpResponse:
        """The whole page, or just the section or the part of it that HTMX asked for."""
        return render_page(request, self.template, self._context(request, plan), partials=[self.id, *self.parts])

    def redraw(self, request: HtmxHttpRequest, plan: Plan) -> HttpResponse:
        """The section after a change, and beside it what else changed: toasts and the rail."""
        # The change has moved the plan's clock; what is counted must not be what was counted before it.
        plan.refresh_from_db(fields=["changed_at"])
        context = self._context(request, plan)
        return render_page(request, "frame/redraw.html", context | {"section_template": f"{self.template}#{self.id}"})

    def _context(self, request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
        return {
            "plan": plan,
            "section": self.id,
            "section_url": self.url(plan),
            "can_edit": plan.i_steer,
        } | self.context(request, plan)
