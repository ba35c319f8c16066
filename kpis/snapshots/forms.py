import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from kpis.snapshots.models import Snapshot
from plans.plan.models import Plan


class SnapshotForm(forms.ModelForm):
    #: Sent twice, it takes one snapshot.
    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    class Meta:
        model = Snapshot
        fields = ["name"]

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_uid(self) -> uuid.UUID:
        """One that another plan's snapshot has came from another form."""
        uid = self.cleaned_data["uid"]
        is_free = uid and not Snapshot.objects.filter(uid=uid).exclude(plan=self.plan).exists()
        return uid if is_free else uuid.uuid4()
