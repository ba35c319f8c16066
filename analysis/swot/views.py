from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import get_visible
from analysis.situation.page import situation
from analysis.swot.becoming import BecomingViews
from analysis.swot.forms import AcceptForm, EvidenceForm, LinkForm, SwotItemForm, TowsStrategyForm
from analysis.swot.models import SwotItem, TowsStrategy
from analysis.swot.queries import board_moves, board_points, heaviest_open_pair
from analysis.swot.services import add_move, add_swot_example, make_priority
from plans.actions.models import Action
from plans.items.section import Section
from plans.items.views import ItemViews
from plans.plan.models import Plan
from plans.plan.page import open_plan
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.pieces import piece_of, place_of

#: Value, letter, heading, what it is, in the order of the board.
QUADRANTS = (
    ("strength", "S", gettext_lazy("Strengths"), gettext_lazy("Internal, helps")),
    ("weakness", "W", gettext_lazy("Weaknesses"), gettext_lazy("Internal, hurts")),
    ("opportunity", "O", gettext_lazy("Opportunities"), gettext_lazy("External, helps")),
    ("threat", "T", gettext_lazy("Threats"), gettext_lazy("External, hurts")),
)
#: Three to five are a good list; the rest of a long one comes when one scrolls to it.
FIRST_POINTS = 5
#: The quadrants a move crosses, and what that is called.
KINDS = (
    (("strength", "opportunity"), gettext_lazy("Strength + opportunity")),
    (("weakness", "opportunity"), gettext_lazy("Weakness + opportunity")),
    (("strength", "threat"), gettext_lazy("Strength + threat")),
    (("weakness", "threat"), gettext_lazy("Weakness + threat")),
)


def swot_context(request: HtmxHttpRequest, plan: Plan) -> dict:
    points, moves = board_points(plan), list(board_moves(plan))
    return {
        "quadrants": [
            {"value": value, "letter": letter, "title": title, "about": about} | _standing(request, points, value)
            for value, letter, title, about in QUADRANTS
        ],
        "empty": not points,
        "points": points,
        "based": sum(bool(point.evidence.all()) for point in points),
        "harmful": SwotItem.HARMFUL,
        "kinds": [_kind(kind, label, points, moves) for kind, label in KINDS],
        "moves": moves,
        "uncrossed": [move for move in moves if move.kind not in dict(KINDS)],
        "added": sum(bool(move.action_id) for move in moves),
        "waiting": sum(not move.action_id for move in moves),
    } | situation(request, plan, here="analysis:swot")


def _standing(request: HtmxHttpRequest, points: list[SwotItem], quadrant: str) -> dict:
    """The points of one list, the first of them when there are many, and where the others come."""
    here, rest = [point for point in points if point.quadrant == quadrant], f"swot-rest-{quadrant}"
    reach = place_of(request.GET.get("at", ""), (point.pk for point in here))
    return {"points": piece_of(here, request, rest=rest, first=FIRST_POINTS, reach=reach), "rest": rest}


def _kind(kind: tuple[str, str], label, points: list[SwotItem], moves: list[TowsStrategy]) -> dict:
    crossing = [move for move in moves if move.kind == kind]
    return {
        "key": "-".join(kind),
        "label": label,
        "moves": crossing,
        "hint": None if crossing else heaviest_open_pair(points, moves, kind=kind),
    }


PARTS = tuple(f"swot-rest-{quadrant}" for quadrant, *_words in QUADRANTS)
SWOT = Section("analysis:swot", "analysis/swot/swot.html", "swot-board", swot_context, parts=PARTS)


class MoveViews(BecomingViews):
    def _from_query(self, request):
        """A hint names the two points to cross: ?internal=3&external=8."""
        names = ("internal", "external")
        return {f"{name}_id": int(request.GET[name]) for name in names if request.GET.get(name, "").isdecimal()}


point_items = BecomingViews(SwotItemForm, section=SWOT, deed=make_priority)
accept_items = ItemViews(AcceptForm, section=SWOT)
link_items = ItemViews(LinkForm, section=SWOT)
evidence_items = ItemViews(EvidenceForm, section=SWOT)
move_items = MoveViews(TowsStrategyForm, section=SWOT, deed=add_move)


@require_safe
def swot(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    return SWOT.page(request, open_plan(request, pk))


@require_POST
def swot_example(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    plan = open_plan(request, pk)
    if not plan.lets(plan.my_role, SwotItem):
        raise PermissionDenied
    add_swot_example(plan)
    messages.success(request, _("Example added: write over it what is true for you"))
    if request.htmx:
        return SWOT.redraw(request, plan)
    return redirect(SWOT.url(plan))


@require_safe
def action_origin(request: HtmxHttpRequest, pk: int) -> HttpResponse:
    """Where an action comes from, for the action's own page; nothing when it comes from nowhere."""
    action = get_visible(Action.objects, request.user, pk=pk)
    moves = action.tows_strategies.select_related("internal", "external")
    context = {"points": action.swot_items.all(), "moves": moves}
    return render(request, "analysis/swot/action_origin.html", context)
