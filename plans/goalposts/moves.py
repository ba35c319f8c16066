"""What of a row's goalposts is not as it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from plans.plan.models import Plan, PlanItem


@dataclass(frozen=True)
class Move:
    field: str
    old: Any
    new: Any


def moves_between(before: Any, after: PlanItem, fields: Iterable[str] | None = None) -> list[Move]:
    """`before` has the goalposts of `after` as attributes; of `fields` alone where these are given."""
    found = []
    for name in after.GOALPOSTS if fields is None else fields:
        field: Any = after._meta.get_field(name)
        old, new = (field.to_python(getattr(row, name)) for row in (before, after))
        if old != new:
            found.append(Move(name, old, new))
    return found


def needs_reason(plan: Plan, before: Any, after: PlanItem) -> list[Move]:
    """What cannot be saved without a reason: a draft moves its goalposts freely."""
    return moves_between(before, after) if plan.approved_at else []


def as_text(value: Any) -> str:
    if isinstance(value, Decimal):
        whole = f"{value:f}"
        return whole.rstrip("0").rstrip(".") if "." in whole else whole
    return "" if value is None else str(value)
