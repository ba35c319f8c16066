"""What answers are about, counted."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kpis.feedback.forms import ThemeForm
from kpis.feedback.models import Theme
from kpis.feedback.queries import themes_of
from kpis.feedback.tabs import tabs_of
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of


def themes_context(request: HtmxHttpRequest, plan: Plan) -> dict[str, Any]:
    return {
        "tabs": tabs_of(request, plan, here="kpis:themes"),
        "themes": piece_of(themes_of(plan), request, rest="theme-rest"),
        "can_edit": plan.lets(plan.my_role, Theme),
    }


THEMES = Section("kpis:themes", "kpis/feedback/themes.html", "theme-board", themes_context, parts=("theme-rest",))
theme_items = ItemViews(ThemeForm, section=THEMES, verbs="add edit delete")


@require_safe
def themes(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return THEMES.page(request, open_plan(request, pk))
