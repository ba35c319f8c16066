import datetime as dt
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpis.locks.models import Opening, PeriodLock
from plans.items.forms import ItemForm

EARLIEST = dt.date(1900, 1, 1)


class PeriodLockForm(ItemForm):
    """Locking more needs no reason; whatever opens something does."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed to unlock something. It stands in the history below."),
    )

    class Meta:
        model = PeriodLock
        fields = ["locked_to", "after_days"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["locked_to"].help_text = _("Periods that end by this day. Empty: none.")
        self.fields["after_days"].help_text = _("Empty: never.")

    def layout(self) -> Layout:
        return Layout(Row(Column("locked_to"), Column("after_days")), "reason")

    def clean_locked_to(self) -> dt.date | None:
        day = self.cleaned_data["locked_to"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("Only days that are over can be locked."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and not self.errors and self._opens(cleaned) and not cleaned.get("reason"):
            self.add_error("reason", _("This unlocks what was locked. Say why."))
        return cleaned

    def _opens(self, cleaned: dict[str, Any]) -> bool:
        today = timezone.localdate()
        wanted = PeriodLock(locked_to=cleaned.get("locked_to"), after_days=cleaned.get("after_days"))
        return (wanted.reaches(today) or EARLIEST) < (self._current.reaches(today) or EARLIEST)

    def save(self, commit: bool = True) -> PeriodLock:
        self.instance._change_reason = self.cleaned_data["reason"] or None
        return super().save(commit)


class OpeningForm(ItemForm):
    """Why a locked period of a KPI may be changed again."""

    class Meta:
        model = Opening
        fields = ["reason"]
