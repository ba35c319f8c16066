import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kpis.feedback.models import Answer, Improvement, Survey, Theme
from kpis.kpi.models import Kpi
from plans.actions.models import TITLE_LENGTH, Action
from plans.items.forms import ItemForm
from plans.objectives.models import Objective
from plans.plan.models import Plan

FUTURE = _("This day is still to come.")


class SurveyForm(ItemForm):
    class Meta:
        model = Survey
        fields = [
            "title",
            "intro",
            "scale",
            "question",
            "follow_up",
            "asks_segment",
            "language",
            "opens_on",
            "closes_on",
            "kpi",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["intro"].widget.attrs["rows"] = 2
        self.fields["question"].help_text = _("Empty: the usual question, in the language of the survey.")
        self.fields["follow_up"].help_text = _("Empty: “What is the main reason for your answer?”")
        # A formula has inputs of its own, and answers are not added up to a total.
        kpis = Kpi.objects.in_plan(self.plan).filter(formula=Kpi.Formula.NONE, measure=Kpi.Measure.LEVEL)
        self.fields["kpi"].queryset = kpis

    def layout(self) -> Layout:
        return Layout(
            Fieldset(_("What you ask"), "title", "intro", "scale", "question", "follow_up", "asks_segment"),
            Fieldset(
                _("When, and in which language"),
                Row(Column("opens_on"), Column("closes_on"), Column("language")),
            ),
            Fieldset(_("What it measures"), "kpi"),
        )

    def clean_scale(self) -> str:
        scale = self.cleaned_data["scale"]
        if self.instance.pk and scale != self._current.scale and self._current.answers.exists():
            raise forms.ValidationError(_("It has answers already. Duplicate the survey to ask otherwise."))
        return scale

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kpi = cleaned.get("kpi")
        if kpi and kpi.surveys.exclude(pk=self.instance.pk).exclude(scale=cleaned.get("scale")).exists():
            self.add_error("kpi", _("Another survey with other answers feeds this KPI."))
        return cleaned


class ThemeForm(ItemForm):
    class Meta:
        model = Theme
        fields = ["name", "words"]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Theme.objects.in_plan(self.plan).filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a theme of this name already."))
        return name


class AnswerForm(ItemForm):
    """What somebody writes down for a customer. To a survey the customer has said it herself: that stays as it is."""

    OWN_WORDS = ("source", "on", "scale", "score", "text", "place")

    class Meta:
        model = Answer
        fields = ["source", "on", "text", "scale", "score", "place", "customer", "segment", "themes"]
        widgets = {"themes": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.survey_id:
            for name in self.OWN_WORDS:
                del self.fields[name]
        else:
            self.fields["source"].choices = [one for one in Answer.Source.choices if one[0] != Answer.Source.SURVEY]
            self.fields["scale"].choices = [("", _("No score")), *self.fields["scale"].choices[1:]]
        if not self.fields["themes"].queryset.exists():
            del self.fields["themes"]

    def layout(self) -> Layout:
        rows = [
            Row(Column("source"), Column("on"), Column("place")),
            "text",
            Row(Column("scale", css_class="col-md-8"), Column("score", css_class="col-md-4")),
            Row(Column("customer"), Column("segment")),
            "themes",
        ]
        shown = set(self.fields)
        if "source" not in shown:
            rows = [rows[3], rows[4]]
        return Layout(*(row for row in rows if row != "themes" or "themes" in shown))

    def clean_on(self) -> dt.date:
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(FUTURE)
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "text" not in self.fields:
            return cleaned
        if cleaned.get("score") is None and "score" not in self.errors:
            if not cleaned.get("text") and "text" not in self.errors:
                self.add_error("text", _("Write down what was said, or give the score."))
            cleaned["scale"] = ""
        elif not cleaned.get("scale"):
            self.add_error("scale", _("Say from which scale the score is."))
        return cleaned


class ImprovementForm(ItemForm):
    class Meta:
        model = Improvement
        fields = ["result"]


class ChangeForm(forms.Form):
    """An action that exists, or the title and the objective of a new one."""

    #: Not called action: the field would hide the address of its form from scripts.
    existing = forms.ModelChoiceField(
        Action.objects.none(), required=False, label=_("An action of the plan"), empty_label=_("A new one")
    )
    title = forms.CharField(required=False, max_length=TITLE_LENGTH, label=_("New action"))
    objective = forms.ModelChoiceField(Objective.objects.none(), required=False, label=_("For the objective"))

    def __init__(self, *args, plan: Plan, may_add: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["existing"].queryset = Action.objects.in_plan(plan).order_by("title")  # type: ignore[attr-defined]
        self.fields["existing"].widget.attrs |= {"data-choose": "", "class": "form-select"}
        self.fields["title"].widget.attrs["class"] = "form-control"
        self.fields["objective"].widget.attrs["class"] = "form-select"
        objectives = Objective.objects.in_plan(plan)
        self.fields["objective"].queryset = objectives  # type: ignore[attr-defined]
        self.fields["objective"].initial = objectives.first()
        if not may_add:
            del self.fields["title"], self.fields["objective"]
            self.fields["existing"].required = True
            self.fields["existing"].empty_label = "–"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("existing") or "existing" in self.errors or "title" not in self.fields:
            return cleaned
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Say what the action is, or choose one."))
        if not cleaned.get("objective") and "objective" not in self.errors:
            self.add_error("objective", _("An action serves an objective."))
        return cleaned
