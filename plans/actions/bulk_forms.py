"""What to change in all selected actions."""

import uuid
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from plans.actions.bulk import Values
from plans.actions.filters import responsible_choices
from plans.actions.models import MOST_HOURS, Action
from plans.objectives.models import Objective
from plans.plan.forms import plain_helper
from plans.plan.models import Plan
from salesplan.lib.fields import check_quarters
from salesplan.lib.forms import HoursInput, localise_fields

AS_IT_IS = ("", _("As it is"))
#: More working days than four years have are a slip of the keyboard.
MOST_DAYS = 1000
EMPTY = (None, "")


class BulkForm(forms.Form):
    """Every field may stay empty: what is empty is left as it is."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)
    status = forms.ChoiceField(label=_("Status"), choices=[AS_IT_IS, *Action.Status.choices], required=False)
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=[AS_IT_IS, *Action.Priority.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[AS_IT_IS, *Action.Kind.choices], required=False)
    effort = HoursInput(
        label=_("Effort (h)"), min_value=0, max_value=MOST_HOURS, validators=[check_quarters], required=False
    )
    objective = forms.ModelChoiceField(
        Objective.objects.none(), label=_("Objective"), empty_label=AS_IT_IS[1], required=False
    )
    deadline = forms.DateField(label=_("Deadline"), required=False)
    shift = forms.IntegerField(
        label=_("Move the deadline by working days"),
        help_text=_("Minus moves it to an earlier day."),
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        required=False,
    )

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        choices: dict[str, Any] = self.fields
        choices["responsible"].choices = [AS_IT_IS, *responsible_choices(plan)]
        choices["objective"].queryset = Objective.objects.in_plan(plan)
        localise_fields(self.fields, currency=plan.currency)
        self.helper = plain_helper(
            Layout(
                "uid",
                Row(Column("status"), Column("priority")),
                Row(Column("responsible"), Column("kind")),
                Row(Column("objective"), Column("effort")),
                Row(Column("deadline"), Column("shift")),
            )
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("deadline") and cleaned.get("shift"):
            self.add_error("shift", _("Set a day or move it, not both."))
        if not self.errors and all(value in EMPTY for name, value in cleaned.items() if name != "uid"):
            raise forms.ValidationError(_("Choose what to change."))
        return cleaned

    def values(self) -> Values:
        chosen = {name: None if value in EMPTY else value for name, value in self.cleaned_data.items() if name != "uid"}
        return Values(**chosen | {"responsible": _responsible(chosen["responsible"])})


def _responsible(value: str | None) -> tuple[int | None, int | None] | None:
    if not value:
        return None
    kind, _dash, pk = value.partition("-")
    return (int(pk) if kind == "role" else None), (int(pk) if kind == "person" else None)
