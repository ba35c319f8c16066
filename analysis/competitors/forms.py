from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from analysis.competitors.models import Axis, Competitor, Score
from plans.items.forms import ItemForm
from salesplan.lib.forms import LocalDecimalField


class CompetitorForm(ItemForm):
    class Meta:
        model = Competitor
        fields = [
            "name",
            "is_us",
            "price_index",
            "market_share",
            "positioning",
            "checked_on",
            "strengths",
            "weaknesses",
            "offer",
        ]
        field_classes = {"price_index": LocalDecimalField, "market_share": LocalDecimalField}

    def layout(self):
        return Layout(
            Row(
                Column("name", css_class="col-md-4"),
                Column("price_index", css_class="col-md-3"),
                Column("market_share", css_class="col-md-2"),
                Column("checked_on", css_class="col-md-3"),
            ),
            Row(
                Column("strengths", css_class="col-md-4"),
                Column("weaknesses", css_class="col-md-4"),
                Column("offer", css_class="col-md-4"),
            ),
            "positioning",
            "is_us",
        )

    def clean_is_us(self) -> bool:
        """The database holds the rule too; it cannot be asked by the form, which does not know the plan's field."""
        is_us = self.cleaned_data["is_us"]
        others = Competitor.objects.in_plan(self.plan).exclude(pk=self.instance.pk)
        if is_us and (ours := others.filter(is_us=True).first()):
            raise forms.ValidationError(_("%(company)s is marked as your own company already.") % {"company": ours})
        return is_us


class AxisForm(ItemForm):
    class Meta:
        model = Axis
        fields = ["name", "low_label", "high_label"]

    def layout(self):
        return Layout("name", Row(Column("low_label"), Column("high_label")))


class ScoreForm(ItemForm):
    """One cell of the matrix: an emptied cell takes the score away."""

    class Meta:
        model = Score
        fields = ["axis", "value"]
        field_classes = {"value": LocalDecimalField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["value"].required = False

    def validate_unique(self) -> None:
        """The view hands in the score that is there: it is changed, never added a second time."""

    def save(self, commit: bool = True) -> Score | None:
        if self.cleaned_data["value"] is not None:
            return super().save(commit)
        if self.instance.pk:
            self._current.delete()  # the instance carries the emptied value, which its history could not keep
        return None
