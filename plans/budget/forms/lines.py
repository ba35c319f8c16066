from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from plans.budget.limits import check_planned
from plans.budget.models import BudgetEntry, BudgetLine
from plans.budget.queries import LineFigures
from plans.budget.services import lock_budget
from plans.items.forms import ItemForm
from salesplan.lib.money import format_money


class LineForm(ItemForm):
    class Meta:
        model = BudgetLine
        fields = ["name", "kind", "planned", "note"]

    def layout(self):
        return Layout(Row(Column("name"), Column("kind"), Column("planned")), "note")

    def clean_planned(self) -> Decimal:
        planned = self.cleaned_data["planned"]
        if planned < 0:
            raise ValidationError(_("A budget cannot be negative."))
        return planned

    def clean(self) -> dict[str, Any]:
        figures = lock_budget(self.plan).of(self.instance.pk) if self.instance.pk else None
        cleaned = super().clean()
        if figures:
            self._check_planned(figures, cleaned.get("planned"))
            self._check_kind(figures, cleaned.get("kind"))
        return cleaned

    def _check_planned(self, figures: LineFigures, planned: Decimal | None) -> None:
        if planned is None:
            return
        try:
            check_planned(figures, planned, currency=self.plan.currency)
        except ValidationError as error:
            self.add_error("planned", error)

    def _check_kind(self, figures: LineFigures, kind: str | None) -> None:
        if kind == BudgetLine.Kind.CONTINGENCY and figures.allocated:
            words = _("Actions have %(amount)s of this line; a contingency is for what nobody planned.")
            amount = format_money(figures.allocated, self.plan.currency)
            self.add_error("kind", words % {"amount": amount})


class PlannedForm(LineForm):
    """The one amount of a line that is edited in its cell."""

    class Meta:
        model = BudgetLine
        fields = ["planned"]

    def layout(self):
        return None


class EntryForm(ItemForm):
    class Meta:
        model = BudgetEntry
        fields = ["kind", "amount", "on", "action", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial["on"] = timezone.localdate()
        self.fields["action"].empty_label = _("No single action")  # type: ignore[attr-defined]

    def layout(self):
        return Layout(Row(Column("kind"), Column("amount"), Column("on")), Row(Column("note"), Column("action")))

    def clean_amount(self) -> Decimal:
        return above_zero(self.cleaned_data["amount"])


def above_zero(amount: Decimal) -> Decimal:
    if amount <= 0:
        raise forms.ValidationError(_("Write an amount above zero."))
    return amount
