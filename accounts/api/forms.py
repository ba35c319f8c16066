import datetime as dt

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.api.models import ApiToken
from salesplan.lib.forms import localise_fields

#: What is proposed: a key nobody uses any more should end by itself.
DAYS = 365


class TokenForm(forms.ModelForm):
    class Meta:
        model = ApiToken
        fields = ["name", "scope", "expires_on"]

    def __init__(self, *args, currency: str, **kwargs):
        initial = {"expires_on": timezone.localdate() + dt.timedelta(days=DAYS)}
        super().__init__(*args, initial=initial, **kwargs)
        localise_fields(self.fields, currency=currency)
        self.fields["expires_on"].help_text = _("The last day. Empty: until you revoke it.")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_expires_on(self) -> dt.date | None:
        day = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day to come."))
        return day
