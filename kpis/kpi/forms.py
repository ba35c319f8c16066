from typing import Any

from crispy_forms.layout import Column, Div, Fieldset, Layout, Row
from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from kpis.kpi.circles import circle_words, coarser_words, finer_words
from kpis.kpi.formula_field import FormulaField
from kpis.kpi.formulas import FORMULAS
from kpis.kpi.kinds import refused_formula, refused_kind, refused_unit, settle_kind, settle_unit
from kpis.kpi.models import Kpi
from kpis.kpi.names import KpiNames, bracketed
from kpis.kpi.services import link_kpi_to_actions
from plans.actions.models import Action
from plans.goalposts.forms import GoalpostForm
from plans.items.forms import ItemForm
from plans.objectives.models import Direction
from plans.plan.models import Plan
from plans.plan.records import LinkChanges
from salesplan.lib.forms import SeveralRowsField


class KpiForm(GoalpostForm, ItemForm):
    #: Asked for when the unit of values that are there is changed.
    same_unit = forms.BooleanField(
        required=False, label=_("It is the same unit in other words: the values stay as they are.")
    )

    class Media:
        css = {"all": ["css/kpis.css"]}
        js = [forms.Script("js/formula.js", type="module")]

    class Meta:
        model = Kpi
        field_classes = {"expression": FormulaField}
        fields = [
            "name",
            "description",
            "measure",
            "formula",
            "upper",
            "lower",
            "expression",
            "unit",
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
            (key, f"{label}: {FORMULAS[key].words}" if key in FORMULAS else label) for key, label in Kpi.Formula.choices
        ]
        self.fields["formula"].help_text = _("With a formula its numbers are entered, and the value is computed.")
        self.fields["upper"].help_text = _("For a ratio of one's own, for example “offers accepted”.")
        self.fields["lower"].help_text = _(
            "What it is divided by, for example “offers made”. "
            "With the unit % it is shown as a percentage, else as a plain quotient."
        )
        self._offer_names()
        self.fields["actions"].widget.attrs["data-choose"] = ""
        self.fields["description"].widget.attrs["rows"] = 2
        for name in ("band_low", "band_high"):
            self.fields[name].help_text = _("For “Stay within a band”.")
        self.fields["starts_on"].help_text = self.fields["deadline"].help_text = _("Empty: as the plan.")

    def layout(self) -> Layout:
        return Layout(
            Fieldset(
                _("What is measured"),
                "name",
                "description",
                "measure",
                Div("formula", Div(_row("upper", "lower"), css_class="of-own"), css_class="of-ratio"),
                Div("expression", css_class="of-formula"),
                _row("unit", "rhythm"),
                *(["same_unit"] if self._asks_unit else []),
            ),
            Fieldset(
                _("The track it should follow"),
                _row("direction", "baseline", "target"),
                _row("band_low", "band_high"),
                _row("starts_on", "deadline"),
                "moved_because",
            ),
            Fieldset(_("Who enters it, and where it shows"), "owner", "on_dashboard"),
            Fieldset(_("What it belongs to"), "objective", "actions"),
        )

    def _offer_names(self) -> None:
        """Without a script the list under the box says what can be named."""
        names = KpiNames(dict(Kpi.objects.in_plan(self.plan).order_by("position", "pk").values_list("pk", "name")))
        field = self.fields["expression"]
        field.offer(names, but=self.instance.pk)
        offered = [(bracketed(label),) for pk, label in names.labels.items() if pk != self.instance.pk]
        field.help_text = format_html(
            '{}<details class="f-names"><summary>{}</summary>{}</details>',
            _(
                "Names of KPIs in brackets, numbers, + - * /, parentheses, and min, max and abs with ; between values: "
                "[Revenue] / [Orders] * 100"
            ),
            _("KPIs that can be named"),
            format_html_join(" ", "<code>{}</code>", offered) if offered else _("This plan has no other KPI yet."),
        )

    @property
    def _asks_unit(self) -> bool:
        changed = self.instance.pk and self.data.get(self.add_prefix("unit"), "").strip() != self.instance.unit
        return bool(self.is_bound and changed and self._has_values)

    def _shown(self, name: str, value: Any) -> str:
        return super()._shown(name, self.fields[name].prepare_value(value) if name == "expression" else value)

    @property
    def _has_values(self) -> bool:
        return bool(self.instance.pk) and self._current.readings.exists()

    def clean_rhythm(self) -> str:
        """Values belong to weeks, months or quarters: a KPI that has some keeps its rhythm."""
        rhythm = self.cleaned_data["rhythm"]
        if not self.instance.pk or rhythm == self._current.rhythm:
            return rhythm
        if self._has_values:
            raise forms.ValidationError(_("It has values by its rhythm already. Duplicate it to read it otherwise."))
        if reason := finer_words(self._current, rhythm):
            raise forms.ValidationError(reason)
        return rhythm

    def links_changed(self) -> LinkChanges:
        """Which actions move it stands in the history of the actions."""
        return {}

    def _save_m2m(self) -> None:
        link_kpi_to_actions(kpi=self.instance, actions=self.cleaned_data["actions"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        before = self._current if self.instance.pk else None
        settle_kind(cleaned, before)
        settle_unit(cleaned, self.plan.currency)
        self._check_ratio(cleaned)
        self._check_expression(cleaned)
        if before and self._has_values:
            self._check_values(cleaned, before)
        if cleaned.get("direction") == Direction.WITHIN:
            self._check_band(cleaned)
        elif cleaned.get("target") is not None and cleaned["target"] == cleaned.get("baseline"):
            self.add_error("target", _("The target equals the baseline: nothing would have to change."))
        return cleaned

    def _check_ratio(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("measure") == Kpi.Measure.RATIO and not cleaned.get("formula"):
            self.add_error("formula", _("Choose which ratio it is."))
        if cleaned.get("formula") != Kpi.Formula.OWN:
            return
        for name in ("upper", "lower"):
            if not cleaned.get(name):
                self.add_error(name, _("Give this number a name: it is asked for under it."))

    def _check_expression(self, cleaned: dict[str, Any]) -> None:
        """Two people who each close half of a circle come here one after the other."""
        if cleaned.get("measure") not in Kpi.COMPUTED or "expression" not in cleaned:
            return
        if not cleaned["expression"]:
            self.add_error("expression", _("Write the formula, for example [Revenue] / [Orders]."))
            return
        if self.instance.pk:
            Plan.objects.select_for_update().get(pk=self.plan.pk)
        named = Kpi(measure=cleaned["measure"], expression=cleaned["expression"]).named
        others = {kpi.pk: kpi for kpi in Kpi.objects.in_plan(self.plan).exclude(pk=self.instance.pk)}
        this = Kpi(pk=self.instance.pk, name=cleaned.get("name", ""))
        if not named:
            reason: Any = _("Name at least one KPI in [brackets]: from numbers alone nothing is measured.")
        else:
            rhythm = cleaned.get("rhythm")
            reason = circle_words(this, named, others) or (coarser_words(rhythm, named, others) if rhythm else "")
        if reason:
            self.add_error("expression", reason)

    def _check_values(self, cleaned: dict[str, Any], before: Kpi) -> None:
        """What the values it has would mean something else by."""
        if reason := refused_kind(cleaned, before):
            self.add_error("measure", reason)
        elif reason := refused_formula(cleaned, before):
            self.add_error("formula", reason)
        elif reason := refused_unit(cleaned, before):
            self.add_error("unit", reason)

    def _check_band(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("measure") in Kpi.TOTALS:
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
