import datetime as dt

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpis.kpi.models import Kpi


class SkipForm(forms.Form):
    """Why there is no value; not for a period that has one, has not begun, or is locked: `refused` says so."""

    reason = forms.CharField(
        label=gettext_lazy("Why is there no value?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say why: whoever reads the KPI will ask.")},
    )

    def __init__(self, data=None, *, kpi: Kpi, period: dt.date, today: dt.date, has_value: bool, refused: str = ""):
        self.kpi, self.period, self.today = kpi, period, today
        self.has_value, self.refused = has_value, refused
        super().__init__(data)

    def clean(self):
        if self.refused:
            raise forms.ValidationError(self.refused, code="locked")
        if self.period > self.kpi.period_on(self.today) or self.period != self.kpi.period_on(self.period):
            raise forms.ValidationError(_("This period has not begun yet."), code="period")
        if self.has_value:
            raise forms.ValidationError(_("A value has been entered: there is nothing to skip."), code="value")
        return super().clean()
