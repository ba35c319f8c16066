"""What a program sends goes through the form of the page: the same rules, the same words, the same merging."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.forms import BaseModelForm, Field
from django.utils.translation import gettext as _

from accounts.api.problems import Problem, errors_of
from plans.plan.merging import Conflict


def save_through(
    make: Callable[[dict[str, Any] | None], Any],
    changes: Mapping[str, Any],
    *,
    version: int | None = None,
    current: Callable[[], dict[str, Any]] | None = None,
) -> Any:
    """The saved row. `make` gives the form for data, and for None the one whose values stay where nothing is sent.

    `version` is the one the program has read: what somebody else has changed since is merged, and where both changed
    the same field, refused with both values. Without it what is sent is written, and nothing else.
    """
    before = make(None)
    seen = before.initial.get("version") if version is None else version
    form = make({**_values(before), **changes, "version": seen})
    if form.is_valid():
        return form.save()
    if conflict := getattr(form, "conflict", None):
        raise clash(conflict, form, current() if current else {})
    raise Problem(422, _("Nothing was saved."), errors=errors_of(form))


def clash(conflict: Conflict, form: Any, current: dict[str, Any]) -> Problem:
    names = {str(field.label): name for name, field in form.fields.items()}
    clashes = [
        {"field": names.get(one.label, one.label), "theirs": one.theirs, "mine": one.mine} for one in conflict.fields
    ]
    detail = _("%(who)s has changed the same. Send it with the version it has now to keep yours.")
    return Problem(409, detail % {"who": conflict.who}, clashes=clashes, current=current)


def _values(form: BaseModelForm) -> dict[str, Any]:
    """What the form shows, as if it were sent back unchanged."""
    return {name: _sent(field, form.get_initial_for_field(field, name)) for name, field in form.fields.items()}


def _sent(field: Field, value: Any) -> Any:
    """Numbers and days as they are, whatever the language; text as the field writes it."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, str):
        return field.prepare_value(value)
    return [_sent(field, each) for each in value] if hasattr(value, "__iter__") else value
