from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from analysis.swot.models import Evidence, SwotItem, TowsStrategy
from plans.plan.models import Plan


def board_points(plan: Plan) -> list[SwotItem]:
    """The points of a plan with all that a board shows of them."""
    evidence = Evidence.objects.select_related("finding", "competitor", "reading__kpi")
    return list(SwotItem.objects.in_plan(plan).prefetch_related(Prefetch("evidence", evidence), "actions"))


def board_moves(plan: Plan) -> QuerySet:
    return TowsStrategy.objects.in_plan(plan).select_related("internal", "external", "action")


@dataclass(frozen=True)
class Pair:
    internal: SwotItem
    external: SwotItem


def heaviest_open_pair(
    points: Iterable[SwotItem], moves: Iterable[TowsStrategy], *, kind: tuple[str, str]
) -> Pair | None:
    """The two weightiest points of a kind of move (strength and threat, say) that nobody has crossed yet."""
    points = list(points)
    crossed = {(move.internal_id, move.external_id) for move in moves}
    pairs = (
        Pair(inner, outer)
        for inner in points
        for outer in points
        if (inner.quadrant, outer.quadrant) == kind and (inner.pk, outer.pk) not in crossed
    )
    return max(pairs, key=lambda pair: pair.internal.weight + pair.external.weight, default=None)
