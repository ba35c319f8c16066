from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from plans.plan.models import Plan
from plans.webhooks.addresses import Refused, look_up
from plans.webhooks.models import Event, Webhook


class WebhookForm(forms.ModelForm):
    events = forms.MultipleChoiceField(
        label=_("What it is told of"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Webhook
        fields = ["url", "plan", "events"]

    def __init__(self, *args, workspace: Workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.workspace = workspace
        plans = self.fields["plan"]
        plans.queryset = Plan.objects.filter(workspace=workspace)
        plans.empty_label = _("All plans of the company")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_url(self) -> str:
        """Looked up again whenever something is sent: what a name leads to changes."""
        url = self.cleaned_data["url"]
        try:
            look_up(url)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from None
        return url
