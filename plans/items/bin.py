"""Deleting that can be undone: the rows leave their tables whole, and come back whole."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import Serializer
from django.db import IntegrityError, models, router, transaction
from django.db.models.deletion import Collector

from plans.items.models import BinnedItem
from plans.plan.models import PlanItem, tick
from plans.plan.signals import rows_rewritten

#: How long what was deleted can be brought back; then it is gone for good.
BIN_DAYS = 30


class RowSerializer(Serializer):
    """Links to many are rows of their own, and need not be asked for row by row."""

    def handle_m2m_field(self, obj: models.Model, field: models.ManyToManyField) -> None:
        pass


def bin_item(item: PlanItem, *, by, url: str = "") -> BinnedItem:
    """Delete `item` with everything that cascades from it; `url` is where it was and will be again."""
    return bin_items([item], by=by, label=str(item), url=url)


@transaction.atomic
def bin_items(items: Sequence[PlanItem], *, by, label: str, url: str = "") -> BinnedItem:
    """Delete rows of one kind and one plan together: they come back together.

    Rows elsewhere that merely pointed at a deleted row (SET_NULL) are remembered, and point at it
    again after `restore_item` unless somebody has pointed them elsewhere meanwhile.
    """
    first = items[0]
    collector = Collector(using=router.db_for_write(type(first)), origin=first)
    collector.collect(items)
    rows = [row for row in _collected(collector) if not _is_history(row)]
    payload = {
        "rows": json.loads(RowSerializer().serialize(rows)),
        "links": list(_links_that_become_null(collector)),
    }
    binned = BinnedItem.objects.create(
        plan_id=first.plan_id,
        model=first._meta.label_lower,
        label=label[:200],
        payload=payload,
        url=url,
        deleted_by=by,
    )
    type(first)._default_manager.filter(pk__in=[item.pk for item in items]).delete()
    tick(first.plan_id)
    links = {apps.get_model(link["model"]) for link in payload["links"]}
    rows_rewritten.send(bin_items, plan_id=first.plan_id, models={type(row) for row in rows} | links)
    return binned


@transaction.atomic
def restore_item(binned: BinnedItem) -> int:
    """Put the rows back under their old ids; the bin forgets them. Restoring twice is harmless.

    A row that hung from the item is left out when what else it belongs to has gone meanwhile, or its
    place has been taken; answers how many were.
    """
    left_out = 0
    models_restored = {apps.get_model(row["model"]) for row in (*binned.payload["rows"], *binned.payload["links"])}
    rows = serializers.deserialize("json", json.dumps(binned.payload["rows"]))
    for row in _pointed_at_first([row.object for row in rows]):
        if not _exists(row) and not _insert(row):
            left_out += 1
    for link in binned.payload["links"]:
        model = apps.get_model(link["model"])
        _point_again(model._default_manager.filter(pk=link["pk"], **{link["field"]: None}), link)
    binned.delete()
    rows_rewritten.send(restore_item, plan_id=binned.plan_id, models=models_restored)
    return left_out


def _point_again(rows: models.QuerySet, link: dict[str, Any]) -> None:
    """Its history says so: a version saved meanwhile pointed at nothing."""
    if not rows.update(**{link["field"]: link["value"]}) or not issubclass(rows.model, PlanItem):
        return
    history: Any = rows.model.history
    last = history.filter(id=link["pk"]).order_by("history_date", "history_id").last()
    if last and getattr(last, link["field"]) != link["value"]:
        history.bulk_history_create(rows.model._default_manager.filter(pk=link["pk"]), update=True)


def _pointed_at_first(rows: Iterable[models.Model]) -> Iterable[models.Model]:
    """Each row after those of these it points at: links that may be empty tell the collector nothing of their order."""
    left = {(type(row), row.pk): row for row in rows}
    while left:
        ready = [key for key, row in left.items() if not (_targets(row) & left.keys()) - {key}]
        for key in ready or list(left):
            yield left.pop(key)


def _targets(row: models.Model) -> set[tuple[type[models.Model], object]]:
    links = (field for field in row._meta.concrete_fields if isinstance(field, models.ForeignKey))
    return {(field.related_model, getattr(row, field.attname)) for field in links}


def _insert(row: models.Model) -> bool:
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and _points_nowhere(row, field):
            if not field.null:
                return False
            setattr(row, field.attname, None)
    try:
        with transaction.atomic():
            # Not the deserialiser's save: that is a raw one, without history and the plan's clock.
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _points_nowhere(row: models.Model, field: models.ForeignKey) -> bool:
    value = getattr(row, field.attname)
    return value is not None and not field.related_model._base_manager.filter(pk=value).exists()


def _collected(collector: Collector) -> Iterable[models.Model]:
    """Parents before children, so that restoring never points at a row that is not there yet."""
    collector.sort()
    for instances in reversed(list(collector.data.values())):
        yield from instances
    for queryset in collector.fast_deletes:
        yield from queryset


def _links_that_become_null(collector: Collector):
    for (field, value), batches in collector.field_updates.items():
        if value is None:
            # The stubs take each batch of rows for a row.
            for row in (row for batch in batches for row in batch):  # type: ignore[attr-defined]
                yield {
                    "model": row._meta.label_lower,
                    "pk": row.pk,
                    "field": field.attname,
                    "value": getattr(row, field.attname),
                }


def _is_history(row: models.Model) -> bool:
    return hasattr(row, "history_id")


def _exists(row: models.Model) -> bool:
    return row._meta.model._default_manager.filter(pk=row.pk).exists()
