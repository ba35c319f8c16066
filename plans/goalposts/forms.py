"""The form of a row with goalposts: it asks why beside what is changed, once the plan is approved."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.goalposts.moves import needs_reason
from plans.plan.merging import MergingForm


class GoalpostForm(MergingForm):
    """Stands before ItemForm among the bases.

    The question is hidden until something moves; what was typed stays when it is asked.
    """

    moved_because = forms.CharField(
        label=gettext_lazy("Why the goalpost moves"),
        max_length=500,
        required=False,
        widget=forms.HiddenInput,
        help_text=gettext_lazy("It stands with the old and the new figure among the moved goalposts of the plan."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.data.get(self.add_prefix("moved_because")):
            self._show_question()

    def _show_question(self) -> None:
        self.fields["moved_because"].widget = forms.Textarea(attrs={"rows": 2, "maxlength": 500})

    def _post_clean(self) -> None:
        """Judged by what would be saved: some figures follow from others."""
        super()._post_clean()
        if self.errors or not self.instance.pk:
            return
        if needs_reason(self.plan, self._current, self.instance):
            self._show_question()
            if not self.cleaned_data.get("moved_because"):
                day = date_format(localtime(self.plan.approved_at), "SHORT_DATE_FORMAT")
                words = _("The plan was approved on %(day)s. Say why this changes.")
                self.add_error("moved_because", words % {"day": day})

    def save(self, commit: bool = True) -> Any:
        self.instance.moved_because = self.cleaned_data["moved_because"]
        return super().save(commit)
