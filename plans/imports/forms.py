from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.imports.column_forms import SheetColumnsForm
from plans.imports.fields import DATES, FIELDS
from plans.imports.limits import MOST_BYTES, Unreadable
from plans.imports.models import SheetImport
from plans.imports.names import PlanNames
from plans.imports.reading import read_sheet


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Sheet"),
        help_text=_("Excel workbook (.xlsx) or CSV, up to 10 MB and 10,000 rows. The first sheet counts."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 10 MB. Keep the columns and rows you need."))
        try:
            self.rows = read_sheet(file.name, file.read())
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error
        return file


class ColumnsForm(SheetColumnsForm):
    """What each column of the sheet holds, and what the sheet itself does not say."""

    FIELDS = FIELDS
    NEEDED = frozenset({"title", "uid"})
    NEEDED_WORDS = _("Say which column holds the action.")

    objective = forms.TypedChoiceField(
        required=False, label=_("Rows without an objective go to"), coerce=int, empty_value=None
    )
    day_first = forms.TypedChoiceField(
        required=False, widget=forms.RadioSelect, coerce=lambda value: value == "True", empty_value=None
    )

    def __init__(self, *args, sheet: SheetImport, names: PlanNames, ambiguous: str = "", **kwargs):
        super().__init__(*args, sheet=sheet, **kwargs)
        choices = [("", _("Nowhere: leave them out")), *names.objective_choices]
        self.fields["objective"].choices = choices  # type: ignore[attr-defined]
        self.initial["objective"] = sheet.objective_id
        self._ask_for_order(ambiguous)

    def _ask_for_order(self, example: str) -> None:
        """Only where the sheet writes days that could be two."""
        if not example and self.sheet.day_first is None:
            del self.fields["day_first"]
            return
        field = self.fields["day_first"]
        field.label = _("Which day is %(example)s?") % {"example": example or "03/04/2026"}
        field.choices = [("True", _("The day comes first")), ("False", _("The month comes first"))]  # type: ignore[attr-defined]
        self.initial["day_first"] = self.sheet.day_first

    def save(self) -> None:
        cleaned, sheet = self.cleaned_data, self.sheet
        sheet.columns = self.chosen
        sheet.objective_id = cleaned["objective"]
        asked = set(DATES) & set(sheet.columns) and "day_first" in self.fields
        sheet.day_first = cleaned["day_first"] if asked else None
        sheet.save(update_fields=["columns", "objective", "day_first"])
