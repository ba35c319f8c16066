from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.find.commands import commands_of, general_commands
from plans.find.found import Found
from plans.find.queries import plans_to_search, search, suggestions
from plans.plan.frame import frame_of
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest, render_page
from salesplan.lib.matching import LONGEST, Asked


@require_safe
def find(request: HtmxHttpRequest) -> HttpResponse:
    """Every place one can go to and everything one can do, by the words of its name.

    The palette (static/js/palette.js) asks for the list as one types; without JavaScript it is a page with a form.
    """
    asked = Asked(request.GET.get("q", "").strip()[:LONGEST])
    pk = _number(request.GET.get("plan", ""))
    plans = plans_to_search(request.user, pk)
    here = next((plan for plan in plans if plan.pk == pk), None)
    commands = _commands(request, here)
    if asked.words:
        groups = search(asked, user=request.user, here=here, plans=plans, commands=commands, today=timezone.localdate())
    else:
        groups = suggestions(plans=plans, commands=commands)
    context = {
        "asked": asked,
        "groups": groups,
        "number": sum(len(group.found) for group in groups),
        "here": here,
        "longest": LONGEST,
        "here_again": (request.htmx.current_url_abs_path if request.htmx else "") or request.get_full_path(),
    }
    return render_page(request, "plans/find/find.html", context, partials=["palette-list"])


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _commands(request: HtmxHttpRequest, here: Plan | None) -> list[Found]:
    """`path` is that of the page the palette stands on."""
    path = (request.htmx.current_url_abs_path or "").partition("?")[0]
    found = commands_of(here, path) if here else []
    return [*found, *general_commands(request.user, frame_of(request).workspaces, path)]


@require_safe
def shortcuts(request: HtmxHttpRequest) -> HttpResponse:
    """The keys and what they do."""
    return render_page(request, "plans/find/shortcuts.html", {}, partials=["shortcuts"])
