"""A view is saved under a name, for oneself or for everybody."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import MANAGERS
from plans.plan.models import Plan
from plans.saved_views.models import SavedView


class SavedViewForm(forms.ModelForm):
    """`may_share`: the reader's role lets her show it to colleagues.

    A name she has used already is hers to use again: she is asked whether the view of that name shall be replaced.
    Sent twice, the form saves one view.
    """

    default = forms.BooleanField(label=gettext_lazy("Open the actions of this plan with it"), required=False)
    replace = forms.BooleanField(label=gettext_lazy("Replace it"), required=False)

    class Meta:
        model = SavedView
        fields = ["name", "shared"]

    def __init__(self, *args: Any, plan: Plan, owner: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.namesake: SavedView | None = None
        if self.instance.pk is None:
            self.instance.plan, self.instance.owner = plan, owner
        if plan.my_role not in MANAGERS or self.instance.owner_id != owner.pk:
            del self.fields["shared"]
        self.fields["replace"].widget = forms.HiddenInput()
        self.fields["name"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        own = SavedView.objects.in_plan(self.instance.plan).filter(owner=self.instance.owner)
        self.namesake = own.filter(name=cleaned.get("name")).exclude(pk=self.instance.pk).first()
        if self.namesake and self.instance.pk:
            self.add_error("name", _("There is a view of this name already. Choose another name."))
        elif self.namesake and not cleaned.get("replace") and self.namesake.query != self.instance.query:
            self.add_error("name", _("There is a view of this name already. Choose another name, or replace it."))
            self.fields["replace"].widget = forms.CheckboxInput()
        return cleaned

    def save(self, commit: bool = True) -> Any:
        if self.namesake:
            self.namesake.query, self.namesake.shared = self.instance.query, self.instance.shared
            self.instance = self.namesake
        return super().save(commit)
