import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kpis.sharing.models import SharedLink, digest_of
from kpis.sharing.services import new_key, token_in
from plans.plan.models import Plan
from salesplan.lib.forms import localise_fields

#: A link is for an occasion; who needs it longer makes another.
LONGEST = dt.timedelta(days=365)
OWN = "own"
VALUES = ("name", "ends_on", "language")
LASTS = [
    ("7", _("7 days")),
    ("30", _("30 days")),
    ("90", _("90 days")),
    (OWN, _("Until a day of my choice")),
]


class SharedLinkForm(forms.ModelForm):
    lasts = forms.ChoiceField(label=_("How long it works"), choices=LASTS, initial="30", widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SharedLink
        fields = ["name", "lasts", "ends_on", "language"]

    def __init__(self, *args: Any, plan: Plan, today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.plan, self.today = plan, today
        self.fields["ends_on"].required = False
        self.fields["ends_on"].widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}
        self.fields["language"].initial = get_language()
        self.initial["key"] = new_key()
        localise_fields(self.fields, currency="")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("name", "lasts", Field("ends_on", wrapper_class="own-day"), "language", "key")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lasts = cleaned.get("lasts")
        if lasts == OWN:
            self._check_own_day(cleaned.get("ends_on"))
        elif lasts:
            self.errors.pop("ends_on", None)
            cleaned["ends_on"] = self.today + dt.timedelta(days=int(lasts))
        self.token = token_in(cleaned.get("key", ""))
        if self.token is None or self._made_something_else(cleaned):
            self.add_error(None, _("This form was sent already. Look at what you typed and send it once more."))
            self.data = self.data.dict() | {"key": new_key()}
        return cleaned

    def _made_something_else(self, cleaned: dict[str, Any]) -> bool:
        """Reloaded, it shows the same link again; after going back and typing, what was typed would be lost."""
        made = SharedLink.objects.filter(digest=digest_of(self.token)).first()
        wanted = {"plan": self.plan, "revoked_at": None} | {name: cleaned.get(name) for name in VALUES}
        return made is not None and any(getattr(made, name) != value for name, value in wanted.items())

    def _check_own_day(self, day: dt.date | None) -> None:
        if "ends_on" in self.errors:
            return
        if day is None:
            self.add_error("ends_on", _("Choose the last day on which the link works."))
        elif day < self.today:
            self.add_error("ends_on", _("This day is over. Choose one from today on."))
        elif day > self.today + LONGEST:
            self.add_error("ends_on", _("Choose a day within a year from today."))

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in VALUES}
