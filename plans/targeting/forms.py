import json

from crispy_forms.layout import Column, Div, Layout, Row
from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from plans.items.forms import ItemForm
from plans.targeting.models import Criterion, Persona, Segment

Attribute, Kind = Criterion.Attribute, Criterion.Kind

#: How each criterion is usually written; the form begins with it, and one may choose otherwise.
NATURAL_KINDS = {
    Attribute.AGE: Kind.RANGE,
    Attribute.GENDER: Kind.CHOICE,
    Attribute.INCOME: Kind.RANGE,
    Attribute.REGION: Kind.CHOICE,
    Attribute.LIFESTYLE: Kind.TEXT,
    Attribute.HABITS: Kind.TEXT,
    Attribute.LOYALTY: Kind.CHOICE,
    Attribute.OWN: Kind.TEXT,
}

#: The fields of each kind of value, and what to say when they are empty.
FIELDS_OF = {Kind.RANGE: ("low", "high", "unit"), Kind.CHOICE: ("options",), Kind.TEXT: ("text",)}
MISSING = {
    Kind.RANGE: ("low", _("Write where the range begins or where it ends.")),
    Kind.CHOICE: ("options", _("Write at least one option.")),
    Kind.TEXT: ("text", _("Say in words what makes a customer belong here.")),
}


class SegmentForm(ItemForm):
    class Meta:
        model = Segment
        fields = ["name", "priority", "description", "size", "size_unit", "size_source"]

    def layout(self):
        return Layout(
            Row(Column("name", css_class="col-md-8"), Column("priority", css_class="col-md-4")),
            "description",
            Row(Column("size"), Column("size_unit")),
            "size_source",
        )


class CriterionForm(ItemForm):
    kind = forms.ChoiceField(label=_("Kind of value"), choices=Kind.choices, required=False)

    class Media:
        css = {"all": ["css/targeting.css"]}
        js = [Script("js/targeting.js", type="module")]

    class Meta:
        model = Criterion
        fields = ["attribute", "own_name", "kind", "low", "high", "unit", "options", "text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = {Attribute.AGE: str(_("years")), Attribute.INCOME: self.plan.currency}
        self.fields["attribute"].widget.attrs |= {
            "data-criterion": "",
            "data-kinds": json.dumps({str(name): str(kind) for name, kind in NATURAL_KINDS.items()}),
            "data-units": json.dumps({str(name): unit for name, unit in units.items()}),
        }
        if self.instance.pk is None:
            self.initial["kind"] = NATURAL_KINDS[Attribute(self.instance.attribute)]

    def layout(self):
        return Layout(
            Row(Column("attribute"), Column("own_name", css_class="only-own"), Column("kind")),
            Row(Column("low"), Column("high"), Column("unit"), css_class="only-range"),
            Div("options", css_class="only-choice"),
            Div("text", css_class="only-text"),
        )

    def clean_kind(self) -> str:
        """Nobody has to choose: without one it is what the criterion usually is."""
        attribute = self.cleaned_data.get("attribute")
        return self.cleaned_data["kind"] or (NATURAL_KINDS[Attribute(attribute)] if attribute else Kind.TEXT)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("attribute") == Attribute.OWN and not cleaned.get("own_name"):
            self.add_error("own_name", _("Give our own criterion a name."))
        if kind := cleaned.get("kind"):
            self._keep_only(cleaned, Kind(kind))
        return cleaned

    def _keep_only(self, cleaned: dict, kind: Criterion.Kind) -> None:
        """One kind of value per criterion: it has to be there, and what another kind left behind goes."""
        values = [cleaned.get(name) for name in FIELDS_OF[kind] if name != "unit"]
        if all(value in (None, "") for value in values) and not self._errors_in(FIELDS_OF[kind]):
            self.add_error(*MISSING[kind])
        for other, names in FIELDS_OF.items():
            for name in names:
                if other != kind and name in self.fields:
                    cleaned[name] = None if name in {"low", "high"} else ""
                    self.errors.pop(name, None)
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is not None and high is not None and high < low:
            self.add_error("high", _("The range must not end below where it begins."))

    def _errors_in(self, names: tuple[str, ...]) -> bool:
        return any(name in self.errors for name in names)


class PersonaForm(ItemForm):
    class Meta:
        model = Persona
        fields = ["name", "tagline", "quote", "challenges", "goals", "preferences", "buying_behaviour"]

    def layout(self):
        return Layout(
            Row(Column("name"), Column("tagline")),
            "quote",
            Row(Column("challenges"), Column("goals")),
            Row(Column("preferences"), Column("buying_behaviour")),
        )
