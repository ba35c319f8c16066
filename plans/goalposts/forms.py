"""The form of a row with goalposts: it asks why beside what is changed, once the plan is approved."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.goalposts.moves import needs_reason
from plans.plan.merging import MergingForm
from plans.plan.models import Plan, PlanItem


class WhyForm(forms.Form):
    """The question is hidden until something moves; what was typed, or said beforehand, stays when it is asked."""

    moved_because = forms.CharField(
        label=gettext_lazy("Why the goalpost moves"),
        max_length=500,
        required=False,
        widget=forms.HiddenInput,
        help_text=gettext_lazy("It stands with the old and the new figure among the moved goalposts of the plan."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.data.get(self.add_prefix("moved_because")) or self.initial.get("moved_because"):
            self._show_question()

    def _show_question(self) -> None:
        self.fields["moved_because"].widget = forms.Textarea(attrs={"rows": 2, "maxlength": 500})

    def ask_why(self, plan: Plan, before: PlanItem, after: PlanItem) -> None:
        """Where the plan is approved and the row would have other goals than before."""
        if not needs_reason(plan, before, after):
            return
        self._show_question()
        if not self.cleaned_data.get("moved_because"):
            assert plan.approved_at is not None  # noqa: S101 (else nothing needs a reason)
            day = date_format(localtime(plan.approved_at), "SHORT_DATE_FORMAT")
            words = _("The plan was approved on %(day)s. Say why this changes.")
            self.add_error("moved_because", words % {"day": day})


class GoalpostForm(WhyForm, MergingForm):
    """Stands before ItemForm among the bases."""

    def _post_clean(self) -> None:
        """Judged by what would be saved: some figures follow from others."""
        super()._post_clean()
        if not self.errors and self.instance.pk:
            self.ask_why(self.plan, self._current, self.instance)

    def save(self, commit: bool = True) -> Any:
        self.instance.moved_because = self.cleaned_data["moved_because"]
        return super().save(commit)
