"""What an action is linked to: the roles that support it, the KPIs it moves."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Value

from plans.actions.models import Action

#: The links an import sets, and what the linking row calls the other end.
LINKS = {"supporters": "role", "kpis": "kpi"}
BATCH = 400


def _through(name: str) -> Any:
    return getattr(Action, name).through


def links_of(pks: Collection[int]) -> dict[str, dict[int, list[int]]]:
    """By the name of the link, then by action: one question for all."""
    found: dict[str, dict[int, list[int]]] = {name: defaultdict(list) for name in LINKS}
    first, *others = (
        _through(name).objects.filter(action__in=pks).order_by().values_list(Value(name), "action", other)
        for name, other in LINKS.items()
    )
    for name, action, pk in first.union(*others, all=True):
        found[name][action].append(pk)
    return found


def set_links(name: str, wanted: Mapping[int, Iterable[int]]) -> None:
    """By action; what it was linked to before is gone."""
    through, other = _through(name), LINKS[name]
    through.objects.filter(action__in=list(wanted)).delete()
    rows = [through(action_id=action, **{f"{other}_id": pk}) for action, pks in wanted.items() for pk in pks]
    through.objects.bulk_create(rows, batch_size=BATCH)


def those_still_there(name: str, pks: set[int]) -> set[int]:
    model = _through(name)._meta.get_field(LINKS[name]).related_model
    return set(model._base_manager.filter(pk__in=pks).values_list("pk", flat=True))
