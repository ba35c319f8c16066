"""How complete each of the seven steps is, and what is missing, in words that lead to the field.

Each room registers its checks; one query answers them all, kept until the plan's clock ticks. With it comes what else
is small and asked for on many pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise

from plans.plan.models import Plan
from salesplan.lib.memory import memory
from salesplan.lib.prepared import prepared

CACHE_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Check:
    """One thing a complete plan has: `met` by any row of a queryset over items of the plan.

    `missing` is what to do, as a verb phrase; it leads to `url_name` (with the plan's id), `anchor`.
    """

    step: int
    key: str
    met: QuerySet
    missing: str | Promise
    url_name: str
    anchor: str = ""

    def url(self, plan: Plan) -> str:
        return reverse(self.url_name, args=[plan.pk]) + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True)
class Tally:
    """A number shown beside a page of the plan: how many rows of the queryset there are."""

    key: str
    rows: QuerySet


@dataclass(frozen=True)
class Kept:
    """One value of a plan's row, as `Plan.objects.annotate` takes it."""

    key: str
    value: Any


@dataclass(frozen=True)
class StepProgress:
    number: int
    done: int
    total: int
    missing: list[Check]

    @property
    def complete(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class Completeness:
    steps: dict[int, StepProgress]
    tallies: dict[str, int]
    kept: dict[str, Any]

    @property
    def share(self) -> float:
        total = sum(step.total for step in self.steps.values())
        return sum(step.done for step in self.steps.values()) / total if total else 0.0


_checks: list[Check] = []
_tallies: list[Tally] = []
_kept: list[Kept] = []


def register(*items: Check | Tally | Kept) -> None:
    lists: dict[type, list[Any]] = {Check: _checks, Tally: _tallies, Kept: _kept}
    for item in items:
        lists[type(item)].append(item)


def completeness_of(plan: Plan) -> Completeness:
    return completeness_of_all([plan])[plan.pk]


def completeness_of_all(plans: Iterable[Plan]) -> dict[int, Completeness]:
    """By plan id; at most one query however many plans."""
    keys = {plan.pk: f"completeness-{plan.pk}-{plan.changed_at.timestamp()}" for plan in plans}
    kept = memory.get_many(keys.values())
    fresh = _measure([pk for pk, key in keys.items() if key not in kept])
    memory.set_many({keys[pk]: figures for pk, figures in fresh.items()}, CACHE_SECONDS)
    return {pk: _read(fresh.get(pk) or kept[key]) for pk, key in keys.items()}


def _measure(plan_ids: list[int]) -> dict[int, dict[str, Any]]:
    return {figures.pop("pk"): figures for figures in _figures(plan_ids)} if plan_ids else {}


@prepared
def _figures(plan_ids: list[int]) -> QuerySet:
    """Whether each check is met and what each tally counts, by its name: fifty subqueries."""
    here = {"plan": OuterRef("pk")}
    met = {f"check_{check.key}": Exists(check.met.filter(**here)) for check in _checks}
    tallies = {f"tally_{tally.key}": _count(tally.rows.filter(**here)) for tally in _tallies}
    asked = met | tallies | {f"kept_{kept.key}": kept.value for kept in _kept}
    return Plan.objects.filter(pk__in=plan_ids).order_by().annotate(**asked).values("pk", *asked)


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("plan").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


def _read(figures: dict[str, Any]) -> Completeness:
    steps = {}
    for number in range(1, 8):
        checks = [check for check in _checks if check.step == number]
        missing = [check for check in checks if not figures[f"check_{check.key}"]]
        steps[number] = StepProgress(number, len(checks) - len(missing), len(checks), missing)
    tallies = {tally.key: figures[f"tally_{tally.key}"] for tally in _tallies}
    return Completeness(steps, tallies, {kept.key: figures[f"kept_{kept.key}"] for kept in _kept})
