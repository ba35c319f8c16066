from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kpis.feedback.columns import FIELDS
from kpis.feedback.models import Answer, FeedbackSheet, Scale

#: How many values of a column are shown, to recognise it by.
SAMPLES = 3


class FeedbackColumnsForm(forms.Form):
    """What each column of the sheet holds, and what the sheet itself does not say."""

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
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.initial = {"source": sheet.source, "scale": sheet.scale, "day_first": sheet.day_first}
        for place, heading in enumerate(sheet.rows[0]):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": place + 1},
                choices=[("", _("Leave out")), *FIELDS.items()],
                required=False,
                initial=sheet.columns[place],
            )

    @property
    def about(self) -> list[Any]:
        return [self[name] for name in ("source", "scale", "day_first")]

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Each column with its field of the form and the first values that stand in it."""
        rows = self.sheet.rows[1:]
        return [
            {"field": self[f"column_{place}"], "samples": [row[place] for row in rows if row[place]][:SAMPLES]}
            for place in range(len(self.sheet.rows[0]))
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for place, heading in enumerate(self.sheet.rows[0]):
            name = cleaned.get(f"column_{place}")
            if name and name in taken:
                other = taken[name]
                self.add_error(f"column_{place}", _("“%(heading)s” holds this already.") % {"heading": other})
            elif name:
                taken[name] = heading
        if not {"text", "score"} & taken.keys():
            self.add_error(None, _("Say which column holds what was said, or the score."))
        return cleaned

    def save(self) -> None:
        cleaned, sheet = self.cleaned_data, self.sheet
        sheet.columns = [cleaned[f"column_{place}"] for place in range(len(sheet.rows[0]))]
        sheet.source, sheet.scale, sheet.day_first = cleaned["source"], cleaned["scale"], cleaned["day_first"]
        sheet.save(update_fields=["columns", "source", "scale", "day_first"])
