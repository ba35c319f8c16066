"""Many actions saved at once, with their history, as if each had been saved by hand."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from plans.actions.changes import say_changed
from plans.actions.models import Action
from plans.imports.models import SheetImport

BATCH = 400
#: Everything an import may set, and what each save moves.
WRITTEN = (
    *("objective", "title", "description", "kind", "role", "person", "starts_on", "deadline"),
    *("status", "done_on", "priority", "effort", "expected_return", "version"),
    *("changed_at", "changed_by"),
)


def signed(sheet: SheetImport) -> dict[str, Any]:
    """Whose doing it is, for the history."""
    return {"default_user": sheet.by, "default_change_reason": _("Sheet %(file)s") % {"file": sheet.file_name}}


def save_changed(sheet: SheetImport, actions: list[Action]) -> None:
    """Rows that are there already are inserted, and so updated: for this bulk_update takes a minute, not a second."""
    for action in actions:
        action.version += 1
        action.changed_by = sheet.by
    Action.objects.bulk_create(actions, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=WRITTEN)
    Action.history.bulk_history_create(actions, BATCH, update=True, **signed(sheet))
    say_changed(actions, by=sheet.by)


def as_json(value: Any) -> Any:
    """Days and amounts as text; the fields of the model read them back."""
    return str(value) if isinstance(value, dt.date | Decimal) else value
