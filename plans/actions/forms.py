"""The form of an action as a whole, and of each of its cells."""

from copy import copy
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.db.models import Case, IntegerField, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plans.actions.dependencies import circle_through, links_of
from plans.actions.filters import flat_choices, responsible_choices
from plans.actions.models import Action
from plans.actions.services import mark_done
from plans.items.forms import ItemForm
from plans.plan.models import Plan
from salesplan.lib.forms import SeveralRowsField

#: So many actions to wait for stand in the form itself.
MOST_OFFERED = 100


class ResponsibleMixin:
    """One choice for the one who answers: a role (whoever holds it) or a person."""

    def add_responsible(self) -> None:
        fields, action = self.fields, self.instance  # type: ignore[attr-defined]
        fields["responsible"] = forms.ChoiceField(
            label=_("Responsible"),
            required=False,
            choices=[("", "–"), *responsible_choices(self.plan)[1:]],  # type: ignore[attr-defined]
        )
        fields["responsible"].initial = responsible_value(action)

    def set_responsible(self) -> None:
        if "responsible" not in self.cleaned_data:  # type: ignore[attr-defined]
            return
        kind, _dash, pk = self.cleaned_data["responsible"].partition("-")  # type: ignore[attr-defined]
        action = self.instance  # type: ignore[attr-defined]
        action.role_id = int(pk) if kind == "role" else None
        action.person_id = int(pk) if kind == "person" else None

    # The choice is two fields of the model, and merged as one.

    def _single_valued(self) -> list[str]:
        names = super()._single_valued()  # type: ignore[misc]
        return [*names, "responsible"] if "responsible" in self.fields else names  # type: ignore[attr-defined]

    def _value_of(self, row: Any, name: str) -> Any:
        return responsible_value(row) if name == "responsible" else super()._value_of(row, name)  # type: ignore[misc]

    def _typed(self, name: str) -> Any:
        if name == "responsible":
            return responsible_value(self._current)  # type: ignore[attr-defined]
        return super()._typed(name)  # type: ignore[misc]

    def _shown(self, name: str, value: Any) -> str:
        if name == "responsible" and value:
            value = dict(flat_choices(self.fields[name].choices)).get(value, value)  # type: ignore[attr-defined]
            return str(value)
        return super()._shown(name, value)  # type: ignore[misc]


def responsible_value(action: Any) -> str:
    """The one who answers, as the choice says it; of an action or of what it was once."""
    if action.role_id:
        return f"role-{action.role_id}"
    return f"person-{action.person_id}" if action.person_id else ""


class ActionForm(ResponsibleMixin, ItemForm):
    class Meta:
        model = Action
        fields = [
            "title",
            "objective",
            "kind",
            "supporters",
            "waits_for",
            "starts_on",
            "deadline",
            "status",
            "priority",
            "effort",
            "expected_return",
            "description",
        ]
        field_classes = {"supporters": SeveralRowsField, "waits_for": SeveralRowsField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_responsible()
        for name in ("supporters", "waits_for"):
            self.fields[name].widget.attrs["data-choose"] = ""
        offer_actions(self)

    def clean_waits_for(self) -> Any:
        """Two people who each close half of a circle come here one after the other."""
        awaited = self.cleaned_data["waits_for"]
        if not awaited or not self.instance.pk:
            return awaited
        Plan.objects.select_for_update().get(pk=self.plan.pk)
        links = links_of(self.plan) | {self.instance.pk: [action.pk for action in awaited]}
        if way := circle_through(self.instance.pk, links):
            titles = dict(Action.objects.in_plan(self.plan).filter(pk__in=way).values_list("pk", "title"))
            path = " → ".join(titles[pk] for pk in way)
            raise forms.ValidationError(_("They would wait for each other: %(path)s.") % {"path": path})
        return awaited

    def layout(self):
        return Layout(
            "title",
            Row(Column("objective"), Column("kind")),
            Row(Column("responsible"), Column("supporters")),
            Row(Column("starts_on"), Column("deadline"), Column("status"), Column("priority")),
            "waits_for",
            Row(Column("effort"), Column("expected_return")),
            "description",
        )

    def save(self, commit: bool = True) -> Any:
        self.set_responsible()
        mark_done(self.instance, on=timezone.localdate())
        self.instance.deadline_before = self.initial.get("deadline")
        return super().save(commit)


def offer_actions(form: ActionForm) -> None:
    """The other actions of the plan to wait for, those of the same objective first; of many, the first of them.

    The field finds the others as one types (`action_options`).
    """
    choice, action = form.fields["waits_for"], form.instance
    choice.queryset = choice.queryset.exclude(pk=action.pk)  # type: ignore[attr-defined]
    near = Case(When(objective=action.objective_id or 0, then=0), default=1, output_field=IntegerField())
    others = choice.queryset.order_by(near, "objective__position", "position", "pk")  # type: ignore[attr-defined]
    offered = dict(others.values_list("pk", "title")[:MOST_OFFERED])
    if len(offered) == MOST_OFFERED:
        chosen = form["waits_for"].value() or []
        ids = [str(getattr(each, "pk", each)) for each in chosen]
        wanted = [pk for pk in ids if pk.isdecimal() and len(pk) <= SeveralRowsField.MOST_DIGITS]
        offered |= dict(others.filter(pk__in=wanted).values_list("pk", "title"))
        choice.widget.attrs["data-load"] = reverse("plans:action_options", args=[form.plan.pk])
    choice.widget.choices = list(offered.items())  # type: ignore[attr-defined]


#: What each cell of the table edits, and what is moved on the board and the timeline; budget and KPIs have pages of
#: their own.
CELLS = {
    "title": ["title"],
    "objective": ["objective"],
    "kind": ["kind"],
    "who": ["supporters"],
    "responsible": [],
    "start": ["starts_on"],
    "due": ["deadline"],
    "dates": ["starts_on", "deadline"],
    "status": ["status"],
    "priority": ["priority"],
    "effort": ["effort"],
    "roi": ["expected_return"],
}
#: The fields of the row that each may change: the one who answers is in two, and what is done has its day.
ANSWERS = ["role", "person"]
CHANGED = CELLS | {"who": ANSWERS, "responsible": ANSWERS, "status": ["status", "done_on"]}
DATES = {"starts_on", "deadline"}


class CellForm(ResponsibleMixin, ItemForm):
    """One cell: a form of the action with the fields of that cell alone.

    Rules that span cells (a deadline before the start) still hold: `full_clean` of the model checks them,
    and what they say stands under the cell.
    """

    class Meta:
        model = Action
        fields = ActionForm.Meta.fields
        field_classes = ActionForm.Meta.field_classes

    def __init__(self, *args, cell: str, **kwargs):
        self.cell = cell
        # Only the fields of the cell are made: each of the others would cost its copy, its value and its choices.
        self._meta = copy(self._meta)
        self._meta.fields = CELLS[cell]
        self.base_fields = {name: self.base_fields[name] for name in (*CELLS[cell], "uid", "version")}
        super().__init__(*args, **kwargs)

    def _limit_choices(self) -> None:
        if self.cell in {"who", "responsible"}:
            self.add_responsible()
        super()._limit_choices()

    @property
    def _current(self) -> Action:
        """The row has been locked since it was read, so nobody can have changed it meanwhile."""
        return self.instance

    def _get_validation_exclusions(self) -> set[str]:
        """Dates are checked against each other even when only one of them is in the cell."""
        exclusions = super()._get_validation_exclusions()
        return exclusions - DATES if DATES & set(self.fields) else exclusions

    def save(self, commit: bool = True) -> Action:
        """Write the fields of the cell, not the others, which nobody has touched."""
        self.set_responsible()
        mark_done(self.instance, on=timezone.localdate())
        self.instance.changed_links = self.links_changed()
        self.instance.save(update_fields=CHANGED[self.cell])
        self._save_m2m()
        return self.instance

    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in {"uid", "version"}]

    @property
    def problems(self) -> list[str]:
        return [message for messages in self.errors.values() for message in messages if message]


class QuickActionForm(ItemForm):
    """The line at the end of a group: a title is enough, the rest is filled in cell by cell."""

    class Meta:
        model = Action
        fields = ["title", "deadline"]
