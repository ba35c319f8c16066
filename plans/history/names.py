"""What the rows are called that a history points at: as they are now, or as they were when they were deleted."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User

#: What a value points at: the model, and the id there.
type Target = tuple[type[models.Model], Any]


class Names:
    """At most two questions for each kind of row, however many are named."""

    def __init__(self, targets: Iterable[Target]):
        wanted: dict[type[models.Model], set[Any]] = {}
        for model, pk in targets:
            wanted.setdefault(model, set()).add(pk)
        self._names: dict[Target, str] = {}
        for model, pks in wanted.items():
            self._names |= {(model, row.pk): str(row) for row in model._base_manager.filter(pk__in=pks)}
            if missing := {pk for pk in pks if (model, pk) not in self._names}:
                self._names |= {(model, pk): name for pk, name in _names_of_deleted(model, missing)}

    def of(self, model: type[models.Model], pk: Any) -> str:
        return self._names[model, pk]


def _names_of_deleted(model: type[models.Model], pks: set[Any]) -> Iterable[tuple[Any, str]]:
    """People leave no history."""
    known: dict[Any, str] = {}
    if hasattr(model, "history"):
        last = model.history.filter(id__in=pks).order_by("history_id")
        known = {record.id: str(record.instance) for record in last}
    unknown = _("a deleted person") if model is User else _("something deleted")
    for pk in pks:
        yield pk, _("%(name)s (deleted)") % {"name": known[pk]} if pk in known else unknown
