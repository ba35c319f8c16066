"""Who does what: one part given to a role, so that never two are accountable."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from plans.plan.models import Plan
from plans.raci.models import Responsibility
from plans.raci.queries import Thing, field_of
from plans.team.models import Role

ACCOUNTABLE = Responsibility.Kind.ACCOUNTABLE


class AlreadyAccountable(Exception):
    def __init__(self, role: Role):
        self.role = role


class ChangedMeanwhile(Exception):
    """Somebody else gave the cell another part since the reader saw it."""

    def __init__(self, kind: str):
        self.kind = kind


@dataclass(frozen=True)
class Change:
    role: Role
    thing: Thing
    kind: str
    #: The part the reader saw; None when she did not say.
    seen: str | None = None


@transaction.atomic
def give_part(change: Change, *, instead: bool = False) -> None:
    """Give the role its part in the thing, or none when `kind` is empty.

    With `instead` whoever was accountable no longer is; otherwise a second one is refused.
    """
    Plan.objects.select_for_update().get(pk=change.role.plan_id)
    parts = Responsibility.objects.filter(**{field_of(change.thing): change.thing}).select_related("role")
    mine = parts.filter(role=change.role).first()
    now = mine.kind if mine else ""
    if change.seen is not None and now not in {change.seen, change.kind}:
        raise ChangedMeanwhile(now)
    if change.kind == ACCOUNTABLE:
        _make_room(parts.filter(kind=ACCOUNTABLE).exclude(role=change.role).first(), instead=instead)
    _write(mine, change)


def give_parts(changes: Iterable[Change]) -> list[tuple[Change, Exception]]:
    """Give many at once; those refused come back with the reason. Who steps down makes room for who steps up."""
    refused: list[tuple[Change, Exception]] = []
    for change in sorted(changes, key=lambda change: change.kind == ACCOUNTABLE):
        try:
            give_part(change)
        except (AlreadyAccountable, ChangedMeanwhile) as refusal:
            refused.append((change, refusal))
    return refused


def _make_room(holder: Responsibility | None, *, instead: bool) -> None:
    if holder and not instead:
        raise AlreadyAccountable(holder.role)
    if holder:
        holder.delete()


def _write(mine: Responsibility | None, change: Change) -> None:
    if not change.kind:
        if mine:
            mine.delete()
    elif mine is None:
        thing = {field_of(change.thing): change.thing}
        Responsibility.objects.create(role=change.role, kind=change.kind, **thing)
    elif mine.kind != change.kind:
        mine.kind = change.kind
        mine.save()
