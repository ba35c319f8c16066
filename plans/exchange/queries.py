"""Actions with all that is linked to them, for answers that hold every row of a view."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import batched
from typing import Any

from django.db.models import QuerySet, Sum

from plans.actions.models import Action
from plans.actions.responsible import WHO, responsible
from plans.budget.models import Allocation
from plans.budget.roi import roi
from plans.exchange.names import join_names

CHUNK = 500
OWN = (
    *("objective_id", "uid", "version", "title", "description", "kind", "status", "health"),
    *("priority", "starts_on", "deadline", "effort"),
)
FIELDS = (
    "pk",
    *OWN,
    "expected_return",
    "objective__title",
    *WHO,
)


def sheet_rows(actions: QuerySet[Action]) -> Iterator[dict[str, Any]]:
    """The rows of these actions in their order, a chunk at a time: four queries each, however many actions there are.

    The order is read first. So a row that is changed meanwhile comes neither twice nor not at all; one that is deleted
    meanwhile is left out.
    """
    yield from rows_of(list(actions.values_list("pk", flat=True)))


def rows_of(pks: Sequence[int]) -> Iterator[dict[str, Any]]:
    for some in batched(pks, CHUNK):
        yield from _chunk(some)


def _chunk(pks: Sequence[int]) -> Iterator[dict[str, Any]]:
    records = {record["pk"]: record for record in Action.objects.filter(pk__in=pks).order_by().values(*FIELDS)}
    kpis, supporters, budgets = _kpis_of(pks), _supporters_of(pks), dict(_budgets_of(pks))
    for pk in pks:
        if pk in records:
            yield _row(records[pk], kpis[pk], supporters[pk], budgets.get(pk))


def _row(record: dict[str, Any], kpis: list[str], supporters: list[str], budget: Decimal | None) -> dict[str, Any]:
    who, role = responsible(record)
    expected = record["expected_return"]
    return {name: record[name] for name in OWN} | {
        "objective": record["objective__title"],
        "responsible": f"{role} ({who})" if role else who,
        "supporters": join_names(supporters),
        "kpis": join_names(kpis),
        "budget": budget,
        "expected_return": expected,
        "roi": roi(expected, budget or Decimal(0)),
    }


def _kpis_of(pks: Sequence[int]) -> dict[int, list[str]]:
    links = Action.kpis.through.objects.filter(action__in=pks)
    return _by_action(links.order_by("kpi__position", "kpi").values_list("action", "kpi__name"))


def _supporters_of(pks: Sequence[int]) -> dict[int, list[str]]:
    links = Action.supporters.through.objects.filter(action__in=pks)
    return _by_action(links.order_by("pk").values_list("action", "role__title"))


def _budgets_of(pks: Sequence[int]) -> QuerySet:
    return Allocation.objects.filter(action__in=pks).order_by().values_list("action").annotate(Sum("amount"))


def _by_action(pairs: QuerySet) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for pk, name in pairs:
        names[pk].append(name)
    return names
