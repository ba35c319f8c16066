"""The order of items in their lists."""

from django.db import transaction

from plans.plan.models import PlanItem


@transaction.atomic
def move_item(item: PlanItem, *, to: int, into: str = "") -> None:
    """Put `item` at index `to` (from 0; beyond the end means last) of its list, or of another one.

    `into` names the other list: a value of the item's GROUP field, else the id of a parent in the same
    plan. A list that does not exist leaves the item where it is.
    """
    if into:
        _change_list(item, into)
    others = [sibling for sibling in item.siblings() if sibling.pk != item.pk]
    others.insert(min(to, len(others)), item)
    moved = []
    for position, sibling in enumerate(others):
        if sibling.position != position:
            sibling.position = position
            moved.append(sibling)
    type(item)._default_manager.bulk_update(moved, ["position"])
    item.plan.touch()


def step_item(item: PlanItem, *, by: int) -> None:
    """Move `item` one place up (-1) or down (1) in its list; at the end of the list nothing happens."""
    ids = list(item.siblings().values_list("pk", flat=True))
    move_item(item, to=max(0, ids.index(item.pk) + by))


def _change_list(item: PlanItem, into: str) -> None:
    if item.GROUP:
        if into in item.group_values():
            setattr(item, item.GROUP, into)
            item.save()
        return
    if item.PARENT == "plan":
        return
    parents = item.parent_model()._default_manager
    parent = parents.filter(plan=item.plan_id, pk=int(into)).first() if into.isdecimal() else None
    if parent:
        setattr(item, item.PARENT, parent)
        item.save()
