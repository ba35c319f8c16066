from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Column, Layout, Row
from django.utils import timezone
from django.utils.translation import gettext as _

from plans.budget.forms.lines import above_zero
from plans.budget.limits import Overdrawn, check_allocation
from plans.budget.models import Adjustment, Allocation
from plans.budget.queries import ZERO, BudgetFigures
from plans.budget.services import cover_from_contingency, lock_budget
from plans.items.forms import ItemForm


class AllocationForm(ItemForm):
    """A part of one line for one action. When it is more than the line has, the form offers the ways out
    that there are, and `fix` in what is posted says which was taken."""

    class Meta:
        model = Allocation
        fields = ["action", "amount"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.over: Overdrawn | None = None
        self.contingency_covers = False
        if self.instance.pk:
            del self.fields["action"]

    def layout(self):
        fields = ["amount"] if self.instance.pk else ["action", "amount"]
        return Layout(Row(*(Column(name) for name in fields)), HTML('{% include "plans/budget/_fixes.html" %}'))

    def clean_amount(self) -> Decimal:
        return above_zero(self.cleaned_data["amount"])

    def clean(self) -> dict[str, Any]:
        figures = lock_budget(self.plan)
        cleaned = super().clean()
        if self._given_already(cleaned.get("action")):
            self.add_error("action", _("This action has money from this line already: change that amount."))
        elif cleaned.get("amount"):
            self._check_amount(figures, cleaned)
        return cleaned

    def _given_already(self, action) -> bool:
        if not action:
            return False
        given = Allocation.objects.filter(line=self.instance.line_id, action=action, plan=self.plan)
        return given.exists()

    def _check_amount(self, figures: BudgetFigures, cleaned: dict[str, Any]) -> None:
        before = self._current.amount if self.instance.pk else ZERO
        line = figures.of(self.instance.line_id)
        try:
            check_allocation(line, cleaned["amount"], before=before, currency=self.plan.currency)
        except Overdrawn as over:
            self.over = over
            self.contingency_covers = may_draw(self.plan) and figures.contingency_free >= over.short
            self._mend(over, cleaned)

    def _mend(self, over: Overdrawn, cleaned: dict[str, Any]) -> None:
        fix = self.data.get("fix")
        if fix == "all" and over.free > 0:
            cleaned["amount"] = over.free
        elif not (fix == "contingency" and self.contingency_covers):
            self.add_error("amount", over)

    def save(self, commit: bool = True) -> Any:
        if self.over and self.data.get("fix") == "contingency":
            cover(self.instance, short=self.over.short, by=self.by)
        return super().save(commit)


def may_draw(plan) -> bool:
    """Whether the reader may take money from the contingency: giving it to actions takes less."""
    return plan.lets(plan.my_role, Adjustment)


def cover(allocation: Allocation, *, short: Decimal, by) -> None:
    reason = _("More for “%(action)s”") % {"action": allocation.action}
    cover_from_contingency(allocation.line, amount=short, reason=reason[:240], on=timezone.localdate(), by=by)
