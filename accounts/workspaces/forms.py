from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, roles_to_give
from accounts.workspaces.models import RULES_IN_ORDER, Invitation, Membership, User, Workspace
from salesplan.lib.countries import country_choices
from salesplan.lib.money import SYMBOLS, currency_symbol

#: Those a plan can be made in.
CURRENCIES = [(code, f"{code} {currency_symbol(code)}") for code in SYMBOLS] + [("CHF", "CHF")]


def offered_countries() -> list[tuple[str, Any]]:
    return [("", _("None")), *country_choices()]


class PlainForm(forms.ModelForm):
    """The page has the form element, its token and its buttons."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class WorkspaceForm(PlainForm):
    class Meta:
        model = Workspace
        fields = ["name", "currency", "language", "country"]
        labels = {"name": _("Company")}

    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    language = forms.ChoiceField(label=_("Language of invitations"), choices=settings.LANGUAGES)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=offered_countries,
        required=False,
        help_text=_("Its public holidays are no working days. Without a country only weekends are free."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].widget.attrs["data-choose"] = ""


class WorkspaceSettingsForm(WorkspaceForm):
    """What a company need not decide on its first day is here too."""

    class Meta(WorkspaceForm.Meta):
        fields = [
            *WorkspaceForm.Meta.fields,
            "hours_per_week",
            "week_starts_on",
            "on_track_percent",
            "at_risk_percent",
        ]
        labels = WorkspaceForm.Meta.labels | {"hours_per_week": _("Usual hours a week")}
        help_texts = {
            "hours_per_week": _("What a person has for a plan, where the plan says nothing else of her."),
            "week_starts_on": _("Weekly KPIs are read by these weeks. Values entered already stay in their weeks."),
            "on_track_percent": _(
                "100 means: as much as the target asks for by today. A KPI may have rules of its own."
            ),
            "at_risk_percent": _("Below it a KPI is off track."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        good, risk = cleaned.get("on_track_percent"), cleaned.get("at_risk_percent")
        if good is not None and risk is not None and not 1 <= risk < good <= 200:
            self.add_error("at_risk_percent", RULES_IN_ORDER)
        return cleaned


class ProfileForm(PlainForm):
    class Meta:
        model = User
        fields = ["name", "language", "theme", "density", "shortcuts"]
        help_texts = {"shortcuts": _("Single letters such as C and Z; they never act while you type.")}

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("As the browser says")), *settings.LANGUAGES], required=False
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args, giver: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles_to_give(giver)]


class InvitationForm(PlainForm):
    class Meta:
        model = Invitation
        fields = ["email", "role"]

    def __init__(self, *args, workspace: Workspace, giver: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["role"].choices = [(role.value, role.label) for role in roles_to_give(giver)]
        self.fields["role"].initial = Role.MEMBER

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if Membership.objects.filter(workspace=self.workspace, user__email__iexact=email).exists():
            raise forms.ValidationError(_("This person is a member already."))
        return email
