from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from kpis.kpi.formulas import FORMULAS
from kpis.kpi.models import Kpi
from kpis.kpi.services import link_kpi_to_actions
from plans.actions.models import Action
from plans.items.forms import ItemForm
from plans.objectives.models import Direction
from plans.plan.records import LinkChanges
from salesplan.lib.forms import SeveralRowsField


class KpiForm(ItemForm):
    class Meta:
        model = Kpi
        fields = [
            "name",
            "description",
            "formula",
            "unit",
            "measure",
            "rhythm",
            "direction",
            "baseline",
            "target",
            "band_low",
            "band_high",
            "starts_on",
            "deadline",
            "owner",
            "on_dashboard",
            "objective",
            "actions",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["formula"].choices = [
            (key, f"{label}: {FORMULAS[key].words}" if key else label) for key, label in Kpi.Formula.choices
        ]
        self.fields["formula"].help_text = _("With a formula its numbers are entered, and the value is computed in %.")
        self.fields["actions"].widget.attrs["data-choose"] = ""
        self.fields["description"].widget.attrs["rows"] = 2
        for name in ("band_low", "band_high"):
            self.fields[name].help_text = _("For “Stay within a band”.")
        self.fields["starts_on"].help_text = self.fields["deadline"].help_text = _("Empty: as the plan.")

    def layout(self) -> Layout:
        return Layout(
            Fieldset(_("What is measured"), "name", "description", "formula", _row("unit", "rhythm"), "measure"),
            Fieldset(
                _("The track it should follow"),
                _row("direction", "baseline", "target"),
                _row("band_low", "band_high"),
                _row("starts_on", "deadline"),
            ),
            Fieldset(_("Who enters it, and where it shows"), "owner", "on_dashboard"),
            Fieldset(_("What it belongs to"), "objective", "actions"),
        )

    def clean_rhythm(self) -> str:
        """Values belong to weeks, months or quarters: a KPI that has some keeps its rhythm."""
        rhythm = self.cleaned_data["rhythm"]
        if self.instance.pk and rhythm != self._current.rhythm and self._current.readings.exists():
            raise forms.ValidationError(_("It has values by its rhythm already. Duplicate it to read it otherwise."))
        return rhythm

    def links_changed(self) -> LinkChanges:
        """Which actions move it stands in the history of the actions."""
        return {}

    def _save_m2m(self) -> None:
        link_kpi_to_actions(kpi=self.instance, actions=self.cleaned_data["actions"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("formula"):
            cleaned |= {"unit": "%", "measure": Kpi.Measure.LEVEL}
        if cleaned.get("direction") == Direction.WITHIN:
            self._check_band(cleaned)
        elif cleaned.get("target") is not None and cleaned["target"] == cleaned.get("baseline"):
            self.add_error("target", _("The target equals the baseline: nothing would have to change."))
        return cleaned

    def _check_band(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("measure") == Kpi.Measure.TOTAL:
            self.add_error("direction", _("A total grows all the time: choose “Level” to stay within a band."))
        if cleaned.get("band_low") is None and cleaned.get("band_high") is None:
            self.add_error("band_low", _("Say where the band begins or ends."))


class ActionKpisForm(forms.Form):
    """Which KPIs an action moves; shown in a cell of the action table."""

    kpis = SeveralRowsField(
        Kpi.objects.none(), required=False, label=_("KPIs this action moves"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, action: Action, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kpis"].queryset = Kpi.objects.in_plan(action.plan)  # type: ignore[attr-defined]
        self.initial["kpis"] = action.kpis.all()  # type: ignore[attr-defined]


def _row(*names: str) -> Row:
    return Row(*(Column(name) for name in names))
