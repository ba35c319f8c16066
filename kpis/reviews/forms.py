import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpis.reviews.models import AgendaItem, Decision, Review
from plans.items.forms import ItemForm
from plans.objectives.models import Objective
from plans.plan.models import Plan
from salesplan.lib.forms import localise_fields


class ReviewForm(ItemForm):
    """Who takes part; which kind only when it is started."""

    class Meta:
        model = Review
        fields = ["kind", "participants"]
        widgets = {"kind": forms.RadioSelect, "participants": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participants"].help_text = _("They are told when the minutes are there.")
        if self.instance.pk:
            del self.fields["kind"]

    def validate_constraints(self) -> None:
        """One of the kind that is open already is opened instead: the view looks for it."""


class NoteForm(ItemForm):
    class Meta:
        model = AgendaItem
        fields = ["note"]


class DecisionForm(ItemForm):
    class Meta:
        model = Decision
        fields = ["text", "owner", "due_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"rows": 2, "maxlength": 1000}
        self.fields["owner"].empty_label = _("Nobody yet")

    def layout(self) -> Layout:
        return Layout("text", Row(Column("owner"), Column("due_on")))

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].strip()
        if not text:
            raise forms.ValidationError(_("Write down what was decided."))
        return text


class ActForm(forms.Form):
    """Which objective the action of a decision serves."""

    objective = forms.ModelChoiceField(Objective.objects.none(), label=gettext_lazy("For the objective"))

    def __init__(self, *args, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["objective"].queryset = Objective.objects.in_plan(plan)  # type: ignore[attr-defined]
        self.fields["objective"].widget.attrs["class"] = "form-select"


class CloseForm(forms.Form):
    """`open` says how much was open when the question was asked: what somebody has added since is asked about anew."""

    next_on = forms.DateField(required=False, label=gettext_lazy("Next review of this kind"))
    open = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, still_open: str, on: dt.date, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.still_open, self.on = still_open, on
        self.initial["open"] = still_open
        localise_fields(self.fields, currency=plan.currency)
        self.fields["next_on"].widget.attrs["class"] = "form-control"

    def clean_next_on(self) -> dt.date | None:
        day = self.cleaned_data["next_on"]
        if day and day <= self.on:
            raise forms.ValidationError(_("The next review comes after this one."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("open") != self.still_open:
            data = self.data.copy()  # type: ignore[attr-defined]
            data["open"] = self.still_open
            self.data = data
            raise forms.ValidationError(_("Meanwhile somebody has changed what is open. Look again before you close."))
        return cleaned


class ReopenForm(forms.Form):
    reason = forms.CharField(
        max_length=100,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stands in the minutes."),
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
