import datetime as dt

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from plans.plan.forms import EARLIEST, LATEST, plain_helper
from plans.plan.models import Plan
from salesplan.lib.forms import localise_fields


class DuplicatePlanForm(forms.Form):
    name = forms.CharField(label=_("Name of the new plan"), max_length=120)
    starts_on = forms.DateField(
        label=_("Its first day"), help_text=_("Every date of the plan keeps its distance from this day.")
    )

    def __init__(self, *args, plan: Plan, **kwargs):
        following = plan.ends_on + dt.timedelta(days=1)
        super().__init__(*args, **kwargs)
        self.initial.update(name=plan.name, starts_on=following)
        localise_fields(self.fields, currency=plan.currency)
        self.helper = plain_helper(Layout("name", "starts_on"))

    def clean_starts_on(self) -> dt.date:
        day = self.cleaned_data["starts_on"]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Choose a day from 2000 to 2099."))
        return day
