import datetime as dt

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from analysis.gallery.innovatech.services import first_of_month
from plans.plan.models import CURRENCIES, Plan
from salesplan.lib.forms import localise_fields


class StartForm(forms.Form):
    """What has to be known before a template becomes a plan."""

    MONTHS = [(3, _("3 months")), (6, _("6 months")), (12, _("12 months"))]

    name = forms.CharField(label=_("Name"), max_length=Plan._meta.get_field("name").max_length)
    starts_on = forms.DateField(label=_("First day"))
    months = forms.TypedChoiceField(label=_("Length"), choices=MONTHS, coerce=int, initial=12)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        localise_fields(self.fields, currency="")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("name", Row(Column("starts_on"), Column("months"), Column("currency")))

    def clean_starts_on(self) -> dt.date:
        day = self.cleaned_data["starts_on"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Choose a day between 2000 and 2100."))
        return day

    @property
    def ends_on(self) -> dt.date:
        """The last day of the period: 12 months from 15 March end on 14 March."""
        starts_on: dt.date = self.cleaned_data["starts_on"]
        month = first_of_month(starts_on, self.cleaned_data["months"])
        following = first_of_month(month, 1) - dt.timedelta(days=1)
        return month.replace(day=min(starts_on.day, following.day)) - dt.timedelta(days=1)
