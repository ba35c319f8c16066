"""Two people edit one row, and nothing is lost: the form of any row that counts its versions."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from plans.plan.rules import beside_fields


@dataclass(frozen=True)
class FieldConflict:
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """Somebody saved the row after this form was opened, and both changed the same fields."""

    who: str
    when: dt.datetime
    fields: list[FieldConflict] = field(default_factory=list)


#: Equal to no value of any field.
UNKNOWN = object()


class MergingForm(forms.ModelForm):
    """`version` is the row's version when the form was opened.

    When the row has moved on since, fields only the other one changed keep her value; fields both
    changed are shown (`conflict`), and saving again keeps mine.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    conflict: Conflict | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    def _update_errors(self, errors: forms.ValidationError) -> None:
        super()._update_errors(beside_fields(errors, type(self.instance), self.fields))  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.get("version")
        if self.instance.pk and seen is not None and seen != self._current.version:
            self._merge(cleaned, seen)
        return cleaned

    @property
    def _current(self) -> Any:
        """The row as it is in the database now; the instance already carries what was typed."""
        if not hasattr(self, "_fresh"):
            self._fresh = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return self._fresh

    def _merge(self, cleaned: dict[str, Any], seen: int) -> None:
        # Opened before the row was there: on the values of a new one.
        base = self.instance.history.filter(version=seen).first() if seen else type(self.instance)()
        clashes = []
        data = self.data.copy()  # type: ignore[attr-defined]
        for name in self._single_valued():
            theirs, mine = self._value_of(self._current, name), cleaned.get(name)
            # Of a version nobody knows nothing is taken for unchanged: she chooses.
            opened = self._value_of(base, name) if base else UNKNOWN
            if mine == theirs or name not in cleaned:
                continue
            if mine == opened:
                cleaned[name] = theirs
                data[self.add_prefix(name)] = self._typed(name)
            elif theirs != opened:
                clashes.append(
                    FieldConflict(str(self.fields[name].label), self._shown(name, theirs), self._shown(name, mine))
                )
        if clashes:
            last = self.instance.history.first()
            self.conflict = Conflict(str(last.history_user or ""), last.history_date, clashes)
            data[self.add_prefix("version")] = self._current.version
            self.data = data
            self.add_error(None, forms.ValidationError("", code="conflict"))

    def _single_valued(self) -> list[str]:
        concrete = {f.name for f in self.instance._meta.concrete_fields}
        return [name for name in self.fields if name in concrete and name not in {"uid", "version"}]

    def _value_of(self, row: Any, name: str) -> Any:
        """What the field holds in `row`; a form overrides it for a field that is none of the model's."""
        try:
            return getattr(row, name)
        except ObjectDoesNotExist:  # what an earlier version was linked to is gone, or a new row has none yet
            return UNKNOWN

    def _typed(self, name: str) -> Any:
        """The value of the row as it is now, as a form sends it."""
        return self.fields[name].prepare_value(self._current.serializable_value(name))

    def _shown(self, name: str, value: Any) -> str:
        choices = getattr(self.fields[name], "choices", None)
        if choices and not isinstance(value, models.Model):
            value = dict(choices).get(value, value)
        return "–" if value in (None, "") else str((self.fields[name].localize and value) or value)
