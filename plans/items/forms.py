"""The form of any item of a plan: what it offers, what it checks, and what happens when two people edit one row."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.db.models import Max

from accounts.models import User
from plans.plan.models import Plan, PlanItem
from salesplan.lib.forms import localise_fields


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


class ItemForm(forms.ModelForm):
    """Edits one item. Every choice comes from the item's own plan and workspace, whatever was posted.

    `version` is the row's version when the form was opened. When the row has moved on since, fields
    only the other one changed keep her value; fields both changed are shown (`conflict`), and saving
    again keeps mine.
    """

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, plan: Plan, parent: models.Model | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.conflict: Conflict | None = None
        if self.instance.pk is None:
            self.instance.plan = plan
            if self.instance.PARENT != "plan" and parent is not None:
                setattr(self.instance, self.instance.PARENT, parent)
            self.initial.setdefault("uid", uuid.uuid4())
        self.initial["version"] = self.instance.version
        self._limit_choices()
        localise_fields(self.fields, currency=plan.currency)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        if layout := self.layout():
            self.helper.layout = layout

    def layout(self):
        """A crispy Layout; the fields in their order when there is none. `uid` and `version` are in the frame."""
        return None

    def _limit_choices(self) -> None:
        for choice in self.fields.values():
            queryset = getattr(choice, "queryset", None)
            if queryset is None:
                continue
            if issubclass(queryset.model, PlanItem):
                choice.queryset = queryset.model.objects.filter(plan=self.plan)
            elif queryset.model is User:
                choice.queryset = User.objects.in_workspace(self.plan.workspace_id)

    # Nothing lost when two people edit

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.get("version")
        if self.instance.pk and seen is not None and seen != self._current.version:
            self._merge(cleaned, seen)
        return cleaned

    @property
    def _current(self) -> PlanItem:
        """The row as it is in the database now; the instance already carries what was typed."""
        if not hasattr(self, "_fresh"):
            self._fresh = type(self.instance)._default_manager.get(pk=self.instance.pk)
        return self._fresh

    def _merge(self, cleaned: dict[str, Any], seen: int) -> None:
        base = self.instance.history.filter(version=seen).first()
        clashes = []
        data = self.data.copy()
        for name in self._single_valued():
            theirs, mine = getattr(self._current, name), cleaned.get(name)
            opened = getattr(base, name) if base else theirs
            if mine == theirs or name not in cleaned:
                continue
            if mine == opened:
                cleaned[name] = theirs
                data[self.add_prefix(name)] = self.fields[name].prepare_value(self._current.serializable_value(name))
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

    def _shown(self, name: str, value: Any) -> str:
        choices = getattr(self.fields[name], "choices", None)
        if choices and not isinstance(value, models.Model):
            value = dict(choices).get(value, value)
        return "–" if value in (None, "") else str((self.fields[name].localize and value) or value)

    # Saving

    def save(self, commit: bool = True) -> Any:
        item = self.instance
        if item.pk is None:
            item.uid = self.cleaned_data.get("uid") or uuid.uuid4()
            last = item.siblings().aggregate(last=Max("position"))["last"]
            item.position = 0 if last is None else last + 1
        elif self.cleaned_data.get("version") is not None:
            item.version = self._current.version
        return super().save(commit)

    def already_saved(self) -> PlanItem | None:
        """The row this very form has added before, when it is sent twice."""
        try:
            uid = uuid.UUID(str(self.data.get(self.add_prefix("uid"), "")))
        except ValueError:
            return None
        return type(self.instance)._default_manager.filter(plan=self.plan, uid=uid).first()
