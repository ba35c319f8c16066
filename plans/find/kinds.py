"""What can be found in a plan: each room says how its rows are called, and where a found one is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.functional import Promise

from plans.plan.models import PlanItem
from salesplan.lib.prepared import prepared

#: As many of a kind as one looks through before one types another letter.
MOST = 6


@dataclass(frozen=True)
class Kind:
    """Rows of `model`, found by their field `name`; `url` is told a row and says where it is.

    `note` is what one wants to know of a row before one opens it, from the fields named in `fields`; it is told the
    row and its plan.
    """

    label: str | Promise
    icon: str
    model: type[PlanItem]
    url: Callable[[dict[str, Any]], str]
    name: str = "name"
    fields: tuple[str, ...] = ()
    note: Callable[..., str] = lambda row, plan, today: ""

    @cached_property
    def rows(self) -> Callable[..., list[dict[str, Any]]]:
        """`rows(user, plan ids, here, patterns, patterns at starts)`: the best of the kind, the best first.

        Names in which every word begins a word come first, then what is in the plan `here`, then the plans that
        were changed last.
        """
        return prepared(self._rows)

    def _rows(self, user: Any, plans: Any, here: Any, anywhere: list, at_starts: list) -> QuerySet:
        found = f"{self.name}__regex"
        rows = self.model.objects.visible_to(user).filter(plan__pk__in=plans)
        for pattern in anywhere:
            rows = rows.filter(**{found: pattern})
        begin = reduce(and_, (Q(**{found: pattern}) for pattern in at_starts))
        order = (
            Case(When(begin, then=Value(0)), default=Value(1)),
            Case(When(plan=here, then=Value(0)), default=Value(1)),
            "-plan__changed_at",
            *(self.model._meta.ordering or ()),
        )
        return rows.order_by(*order).values("pk", "plan_id", self.name, *self.fields)[:MOST]


_kinds: list[Kind] = []


def register_kind(kind: Kind) -> None:
    _kinds.append(kind)


def kinds() -> list[Kind]:
    return _kinds
