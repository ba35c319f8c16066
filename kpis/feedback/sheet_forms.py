from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kpis.feedback.columns import FIELDS
from kpis.feedback.models import Answer, FeedbackSheet, Scale
from plans.imports.column_forms import SheetColumnsForm


class FeedbackColumnsForm(SheetColumnsForm):
    """What each column of the sheet holds, and what the sheet itself does not say."""

    FIELDS = FIELDS
    NEEDED = frozenset({"text", "score"})
    NEEDED_WORDS = _("Say which column holds what was said, or the score.")

    source = forms.ChoiceField(
        label=_("Source"), choices=[one for one in Answer.Source.choices if one[0] != Answer.Source.SURVEY]
    )
    scale = forms.ChoiceField(label=_("Scale of the scores"), choices=Scale.choices)
    day_first = forms.TypedChoiceField(
        required=False,
        label=_("Days like 03/04/2026"),
        choices=[("", _("Not said")), ("True", _("The day comes first")), ("False", _("The month comes first"))],
        coerce=lambda value: value == "True",
        empty_value=None,
    )

    def __init__(self, *args, sheet: FeedbackSheet, **kwargs):
        super().__init__(*args, sheet=sheet, **kwargs)
        self.initial = {"source": sheet.source, "scale": sheet.scale, "day_first": sheet.day_first}

    @property
    def about(self) -> list[Any]:
        return [self[name] for name in ("source", "scale", "day_first")]

    def save(self) -> None:
        cleaned, sheet = self.cleaned_data, self.sheet
        sheet.columns = self.chosen
        sheet.source, sheet.scale, sheet.day_first = cleaned["source"], cleaned["scale"], cleaned["day_first"]
        sheet.save(update_fields=["columns", "source", "scale", "day_first"])
