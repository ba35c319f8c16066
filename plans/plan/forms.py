"""What one says of a plan as a whole, and of the company that makes it."""

import datetime as dt

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Workspace
from plans.plan.merging import MergingForm
from plans.plan.models import CompanyProfile, Plan
from salesplan.lib.forms import localise_fields

#: A plan longer than this is a slip of the keyboard.
LONGEST_DAYS = 10 * 366
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


def plain_helper(layout: Layout) -> FormHelper:
    """The fields only: the page has the form element, its token and its buttons."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = layout
    return helper


def plan_fields() -> list:
    return [
        "name",
        "ambition",
        Row(Column("starts_on"), Column("ends_on")),
        Row(Column("aim"), Column("currency")),
    ]


class PeriodMixin:
    """Checks a plan's first and last day, wherever they are asked for."""

    def clean_starts_on(self) -> dt.date:
        return self._within_reach("starts_on")

    def clean_ends_on(self) -> dt.date:
        ends_on, starts_on = self._within_reach("ends_on"), self.cleaned_data.get("starts_on")
        if starts_on and ends_on <= starts_on:
            raise forms.ValidationError(_("The last day must come after the first."))
        if starts_on and (ends_on - starts_on).days > LONGEST_DAYS:
            raise forms.ValidationError(_("A plan covers at most ten years."))
        return ends_on

    def _within_reach(self, name: str) -> dt.date:
        day = self.cleaned_data[name]
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Choose a day from 2000 to 2099."))
        return day


class NewPlanForm(PeriodMixin, forms.ModelForm):
    class Meta:
        model = Plan
        fields = ["name", "starts_on", "ends_on", "aim", "currency", "ambition"]

    def __init__(self, *args, workspace: Workspace, today: dt.date, **kwargs):
        initial = {
            "starts_on": today.replace(day=1),
            "ends_on": today.replace(day=1).replace(year=today.year + 1) - dt.timedelta(days=1),
            "currency": workspace.currency,
        }
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        localise_fields(self.fields, currency=workspace.currency)
        self.helper = plain_helper(Layout(*plan_fields()))


class ReadonlyMixin:
    """Shows the same fields to somebody who may only read them."""

    def close_if(self, readonly: bool) -> None:
        for field in self.fields.values():
            field.disabled = readonly


class PlanForm(ReadonlyMixin, PeriodMixin, MergingForm):
    class Meta:
        model = Plan
        fields = ["name", "ambition", "aim", "starts_on", "ends_on", "currency", "owner"]

    def __init__(self, *args, readonly: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.in_workspace(self.instance.workspace_id)
        localise_fields(self.fields, currency=self.instance.currency)
        self.close_if(readonly)
        self.helper = plain_helper(Layout("version", *plan_fields(), "owner"))

    def save(self, commit: bool = True) -> Plan:
        self.instance.version = self._current.version + 1
        self.instance.changed_at = timezone.now()
        return super().save(commit)


class CompanyProfileForm(ReadonlyMixin, MergingForm):
    class Meta:
        model = CompanyProfile
        fields = ["company_name", "sector", "size", "founded_in", "annual_sales", "cash_position", "note"]

    def __init__(self, *args, readonly: bool = False, **kwargs):
        super().__init__(*args, prefix="company", **kwargs)
        localise_fields(self.fields, currency=self.instance.plan.currency)
        self.close_if(readonly)
        self.helper = plain_helper(
            Layout(
                "version",
                Row(Column("company_name"), Column("sector")),
                Row(Column("size"), Column("founded_in")),
                Row(Column("annual_sales"), Column("cash_position")),
                "note",
            )
        )

    def clean_founded_in(self) -> int | None:
        year = self.cleaned_data["founded_in"]
        if year is not None and not 1000 <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("Write a year, for example 1998; it cannot be in the future."))
        return year

    def save(self, commit: bool = True) -> CompanyProfile:
        if self.instance.pk:
            self.instance.version = self._current.version
        return super().save(commit)
