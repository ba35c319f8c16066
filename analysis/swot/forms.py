from crispy_forms.layout import HTML, Column, Layout, Row
from django import forms
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analysis.swot.models import Evidence, SwotItem, TowsStrategy
from kpis.models import Reading
from plans.items.forms import ItemForm
from salesplan.lib.money import format_quantity


class SwotItemForm(ItemForm):
    class Meta:
        model = SwotItem
        fields = ["text", "quadrant", "weight", "detail", "accepted_because"]

    def layout(self):
        return Layout("text", Row(Column("quadrant"), Column("weight")), "detail", "accepted_because")

    def save(self, commit: bool = True) -> SwotItem:
        """A point that changes its quadrant goes to the end of the other list."""
        if self.instance.pk and "quadrant" in self.changed_data:
            last = self.instance.siblings().aggregate(last=Max("position"))["last"]
            self.instance.position = 0 if last is None else last + 1
        return super().save(commit)


class AcceptForm(ItemForm):
    """Nothing is done about a point, and this is why."""

    class Meta:
        model = SwotItem
        fields = ["accepted_because"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["accepted_because"].required = True
        self.fields["accepted_because"].error_messages["required"] = _("Say why nothing is done about it.")


class LinkForm(ItemForm):
    """Actions that are there already and answer the point. Links another person made meanwhile stay."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SwotItem
        fields = ["actions"]
        labels = {"actions": gettext_lazy("actions that answer it")}
        widgets = {"actions": forms.SelectMultiple(attrs={"data-choose": ""})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = ",".join(str(action.pk) for action in self.initial.get("actions", []))

    def _save_m2m(self) -> None:
        chosen = {action.pk for action in self.cleaned_data["actions"]}
        seen = {int(pk) for pk in self.cleaned_data["seen"].split(",") if pk.isdecimal()}
        self.instance.actions.add(*(chosen - seen))
        self.instance.actions.remove(*(seen - chosen))


class ReadingChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, reading: Reading) -> str:
        value = format_quantity(reading.value, reading.kpi.unit)
        return f"{reading.kpi}: {value}, {date_format(reading.period, 'SHORT_DATE_FORMAT')}"


class EvidenceForm(ItemForm):
    class Meta:
        model = Evidence
        fields = ["finding", "competitor", "reading", "source"]
        field_classes = {"reading": ReadingChoiceField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reading"].queryset = (
            Reading.objects.in_plan(self.plan)
            .exclude(value=None)
            .select_related("kpi")
            .order_by("kpi__position", "kpi", "-period")
        )
        for name in ("finding", "competitor", "reading"):
            self.fields[name].widget.attrs["data-choose"] = ""

    def layout(self):
        said = _("Choose one of them: what the point rests on.")
        return Layout(
            HTML(format_html('<p class="s13 mute mb-2">{}</p>', said)),
            Row(Column("finding"), Column("competitor")),
            Row(Column("reading"), Column("source")),
        )


class TowsStrategyForm(ItemForm):
    class Meta:
        model = TowsStrategy
        fields = ["internal", "external", "title", "reasoning"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer("internal", SwotItem.INTERNAL)
        self._offer("external", SwotItem.EXTERNAL)

    def _offer(self, name: str, quadrants: tuple[str, ...]) -> None:
        field = self.fields[name]
        field.queryset = (
            SwotItem.objects.in_plan(self.plan).filter(quadrant__in=quadrants).order_by("quadrant", "position")
        )
        field.label_from_instance = lambda point: f"{point.get_quadrant_display()}: {point}"
        field.error_messages["invalid_choice"] = _("Choose one of the points in these lists.")

    def layout(self):
        return Layout(Row(Column("internal"), Column("external")), "title", "reasoning")
