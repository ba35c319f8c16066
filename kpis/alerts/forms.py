import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kpis.alerts.models import Alert
from kpis.kpi.periods import last_day, period_of
from salesplan.lib.forms import localise_fields
from salesplan.templatetags.figures import day

WEEK, PERIOD, OWN = "week", "period", "own"
#: What wants more than a quarter's silence is a false alarm, or a rule to switch off.
LONGEST = dt.timedelta(days=92)
NOTE = Alert._meta.get_field("note").max_length


class SettlingForm(forms.Form):
    """`version` is that of the alert when the form was opened: two people do not settle it unknown to each other."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, alert: Alert, today: dt.date, **kwargs: Any):
        self.alert, self.today = alert, today
        super().__init__(*args, initial={"version": alert.version}, prefix=f"alert-{alert.pk}", **kwargs)
        localise_fields(self.fields, currency="")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def is_outdated(self) -> bool:
        """Whether somebody has settled it meanwhile."""
        return self.is_bound and self.cleaned_data.get("version") != self.alert.version

    def renew(self) -> None:
        """Sent once more, it is meant all the same."""
        self.data = self.data.dict() | {self.add_prefix("version"): str(self.alert.version)}


class SnoozeForm(SettlingForm):
    lasts = forms.ChoiceField(label=_("Until when"), widget=forms.RadioSelect, initial=WEEK)
    until = forms.DateField(label=_("It comes back on"), required=False)
    note = forms.CharField(label=_("Why (if you like)"), max_length=NOTE, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.days = self._days()
        self.fields["lasts"].choices = self._choices()
        first, last = self.today + dt.timedelta(days=1), self.today + LONGEST
        self.fields["until"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        self.helper.layout = Layout("lasts", Field("until", wrapper_class="own-day"), "note", "version")

    def _days(self) -> dict[str, dt.date]:
        """The day on which it would come back."""
        days = {WEEK: self.today + dt.timedelta(days=7)}
        if rhythm := self.alert.figures.get("rhythm"):
            week_start = self.alert.plan.workspace.week_starts_on
            end = last_day(period_of(self.today, rhythm, week_start), rhythm, week_start)
            days[PERIOD] = end + dt.timedelta(days=1)
        return days

    def _choices(self) -> list[tuple[str, str]]:
        words = {WEEK: gettext("One week, until %(day)s"), PERIOD: gettext("Until the next period, %(day)s")}
        plan = self.alert.plan
        named = [(key, words[key] % {"day": day(until, plan)}) for key, until in self.days.items()]
        return [*named, (OWN, gettext("Until a day of my choice"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lasts = cleaned.get("lasts")
        if lasts == OWN:
            self._check_own_day(cleaned.get("until"))
        elif lasts:
            self.errors.pop("until", None)
            cleaned["until"] = self.days[lasts]
        return cleaned

    def _check_own_day(self, until: dt.date | None) -> None:
        if "until" in self.errors:
            return
        if until is None:
            self.add_error("until", _("Choose the day on which it comes back."))
        elif until <= self.today:
            self.add_error("until", _("Choose a day after today."))
        elif until > self.today + LONGEST:
            words = gettext("Choose a day until %(day)s. What is never right is a false alarm.")
            self.add_error("until", words % {"day": day(self.today + LONGEST, self.alert.plan)})


class FalseAlarmForm(SettlingForm):
    note = forms.CharField(
        label=_("Why it is none"),
        max_length=NOTE,
        help_text=_("It helps to decide whether the rule should be switched off."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout("note", "version")
