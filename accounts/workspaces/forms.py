import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.formats import time_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role, roles_to_give
from accounts.workspaces.models import Invitation, Membership, User, Workspace
from salesplan.lib.countries import country_choices
from salesplan.lib.money import SYMBOLS, currency_symbol
from salesplan.lib.zones import is_zone, zone_choices

#: Those a plan can be made in.
CURRENCIES = [(code, f"{code} {currency_symbol(code)}") for code in SYMBOLS] + [("CHF", "CHF")]


def offered_countries() -> list[tuple[str, Any]]:
    return [("", _("None")), *country_choices()]


def hours_of_a_day() -> list[tuple[int, str]]:
    return [(hour, time_format(dt.time(hour))) for hour in range(24)]


class ZoneField(forms.ChoiceField):
    """One of the world's time zones, by typing a part of its name; none where somebody else's holds."""

    def __init__(self, *, empty: Any, **kwargs: Any):
        choices = lambda: [("", empty), *zone_choices()]  # noqa: E731 - read when a form is made, not imported
        super().__init__(label=_("Time zone"), choices=choices, required=False, **kwargs)
        self.widget.attrs["data-choose"] = ""


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
        fields = [*WorkspaceForm.Meta.fields, "time_zone", "checkin_weekday", "checkin_hour", "hours_per_week"]
        labels = WorkspaceForm.Meta.labels | {"hours_per_week": _("Usual hours a week")}
        help_texts = {
            "checkin_weekday": _(
                "Until then the values of a week are to be in: of the week before, or of its own from Thursday on. "
                "Who has not entered hers is reminded by e-mail on the working day before, at the same hour."
            ),
            "hours_per_week": _("What a person has for a plan, where the plan says nothing else of her."),
        }

    time_zone = ZoneField(empty=format_lazy("{} ({})", _("As this installation"), settings.TIME_ZONE))
    checkin_hour = forms.TypedChoiceField(
        label=_("Hour of the check-in"),
        choices=hours_of_a_day,
        coerce=int,
        help_text=_("On the clock of each person, where she is."),
    )


class ProfileForm(PlainForm):
    class Meta:
        model = User
        fields = ["name", "language", "time_zone", "theme", "density", "shortcuts"]
        help_texts = {"shortcuts": _("Single letters such as C and Z; they never act while you type.")}

    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("As the browser says")), *settings.LANGUAGES], required=False
    )
    time_zone = ZoneField(empty=_("As my company"))


class SignupForm(forms.Form):
    """What allauth's form asks besides: where she is, as her browser says (static/js/time-zone.js)."""

    time_zone = forms.CharField(required=False, widget=forms.HiddenInput({"data-time-zone": ""}))

    def clean_time_zone(self) -> str:
        """Nobody sees the field, so nothing is wrong with it: what is no time zone is none."""
        named = self.cleaned_data["time_zone"]
        return named if is_zone(named) else ""

    def signup(self, request: HttpRequest, user: User) -> None:
        user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["time_zone"])


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
