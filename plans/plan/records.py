"""The history of a plan's rows: one record a version, and in it the links to many that changed with it.

Whoever changes links of a row says so in `changed_links` before saving it, as `changes_of_links` makes it; so a link
that changes costs no row and no question more than the version it belongs to.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import models
from django.dispatch import receiver
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from salesplan.lib.saving import PreparedSaves

#: By the name of the link, the ids before and after.
type LinkChanges = dict[str, list[list[int]]]


def changes_of_links(before: Mapping[str, Iterable[int]], after: Mapping[str, Iterable[int]]) -> LinkChanges:
    """Those of `after` that are not as they were."""
    pairs = {name: [sorted(before.get(name, ())), sorted(pks)] for name, pks in after.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


class ItemRecord(PreparedSaves):
    """What every record of a plan's row has besides the fields of the row."""

    #: As LinkChanges; null when no link changed with this version.
    links = models.JSONField(null=True, editable=False)

    class Meta:
        abstract = True


class ItemHistoryManager(HistoryManager):
    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type, class_name: str | None = None) -> type:
        """The library makes a class anew each time a row's history is looked at, which is with every save."""
        return super().from_queryset(queryset_class, class_name)

    def bulk_history_create(
        self,
        objs: Iterable[Any],
        batch_size: int | None = None,
        update: bool = False,
        default_user: Any = None,
        default_change_reason: str | None = "",
        default_date: Any = None,
        custom_historical_attrs: Mapping[str, Any] | None = None,
    ) -> list[Any]:
        """As the library does it, and with the links of each row."""
        now = default_date or timezone.now()
        records = [
            self.model(
                history_date=getattr(row, "_history_date", now),
                history_user=getattr(row, "_history_user", default_user or self.model.get_default_history_user(row)),
                history_change_reason=getattr(row, "_change_reason", default_change_reason),
                history_type="~" if update else "+",
                links=row.__dict__.pop("changed_links", None) or None,
                **{field.attname: getattr(row, field.attname) for field in self.model.tracked_fields},
                **(custom_historical_attrs or {}),
            )
            for row in objs
        ]
        return self.model.objects.bulk_create(records, batch_size=batch_size)


class ItemRecords(HistoricalRecords):
    """The history of every kind of item; who changed a row last stands in the record as its user already."""

    def __init__(self) -> None:
        super().__init__(inherit=True, history_manager=ItemHistoryManager, bases=[ItemRecord])

    def fields_included(self, model: type[models.Model]) -> list[models.Field]:
        """Without what follows from other fields, too."""
        left_out = {"changed_by", *model.COMPUTED}  # type: ignore[attr-defined]
        return [field for field in super().fields_included(model) if field.name not in left_out]


@receiver(pre_create_historical_record)
def keep_links(instance: Any, history_instance: Any, **_kwargs: Any) -> None:
    """Once: the next version of the same row is another change."""
    if links := instance.__dict__.pop("changed_links", None):
        history_instance.links = links
