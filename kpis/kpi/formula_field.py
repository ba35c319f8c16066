"""The box in which a formula over KPIs is typed, with the names of KPIs offered meanwhile."""

import json

from django import forms
from django.core.exceptions import ValidationError

from kpis.kpi.names import KpiNames, bracketed
from kpis.kpi.parsing import MOST_CHARACTERS, WrongFormula


class FormulaField(forms.CharField):
    """Text with names outside, the same with ids inside. It names at least one KPI."""

    widget = forms.Textarea

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = None
        super().__init__(*args, **kwargs)
        self.names = KpiNames({})

    def offer(self, names: KpiNames, *, but: int | None) -> None:
        """Names of `names`, but not that of the KPI itself."""
        self.names = names
        offered = [bracketed(label) for pk, label in names.labels.items() if pk != but]
        self.widget.attrs |= {
            "rows": 2,
            "maxlength": MOST_CHARACTERS,
            "autocomplete": "off",
            "autocapitalize": "off",
            "spellcheck": "false",
            "data-formula": json.dumps(offered, ensure_ascii=False),
        }

    def to_python(self, value):
        """CharField would take a line break or a null character amiss before the formula could say where it is."""
        text = "" if value is None else str(value).strip()
        if not text:
            return ""
        try:
            return self.names.stored(text)
        except WrongFormula as error:
            raise ValidationError(str(error), code="formula") from None

    def prepare_value(self, value):
        return self.names.written(value) if isinstance(value, str) else value
