"""All that one action gets, line by line, in one form: opened from its cell of the action table."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from plans.actions.models import Action
from plans.budget.forms.allocations import cover, may_draw
from plans.budget.limits import Overdrawn, check_allocation
from plans.budget.models import Allocation
from plans.budget.queries import ZERO, LineFigures, budget_figures
from plans.budget.services import lock_budget, set_allocations
from plans.plan.models import Plan
from salesplan.lib.forms import LocalDecimalField, localise_fields
from salesplan.lib.money import format_money


@dataclass
class LineField:
    """One line of the form: its figures, what the action has of it, and the two fields that stand for it."""

    figures: LineFigures
    amount: forms.BoundField
    seen: forms.BoundField
    available: Decimal
    over: Overdrawn | None = None
    contingency_covers: bool = False


class ActionAllocationsForm(forms.Form):
    """`seen_7` is what the form showed for line 7: what one did not change stays as somebody else has made it."""

    def __init__(self, *args, action: Action, plan: Plan, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.action, self.plan, self.by = action, plan, by
        self.budget = budget_figures(plan)
        self.given = given_to(action)
        for row in self.budget.rows:
            if not row.is_contingency or row.line.pk in self.given:
                self._add_line(row)
        localise_fields(self.fields, currency=plan.currency)
        self.lines = [self._line(row) for row in self.budget.rows if f"line_{row.line.pk}" in self.fields]

    def _add_line(self, row: LineFigures) -> None:
        limits = {"required": False, "max_digits": 14, "decimal_places": 2, "initial": self.given.get(row.line.pk)}
        self.fields[f"line_{row.line.pk}"] = LocalDecimalField(label=row.line.name, min_value=0, **limits)
        self.fields[f"seen_{row.line.pk}"] = LocalDecimalField(widget=forms.HiddenInput, **limits)

    def _line(self, row: LineFigures) -> LineField:
        pk = row.line.pk
        available = max(row.unallocated + self.given.get(pk, ZERO), ZERO)
        return LineField(row, self[f"line_{pk}"], self[f"seen_{pk}"], available)

    @property
    def total(self) -> Decimal:
        return sum(self.given.values(), ZERO)

    def clean(self) -> dict[str, Any]:
        self.budget, self.given = lock_budget(self.plan), given_to(self.action)
        for line in self.lines:
            line.figures = self.budget.of(line.figures.line.pk)
            if line.amount.name not in self.errors:
                self._check_line(line, self.cleaned_data.get(line.amount.name) or ZERO)
        return self.cleaned_data

    def _check_line(self, line: LineField, amount: Decimal) -> None:
        pk = line.figures.line.pk
        before, seen = self.given.get(pk, ZERO), self.cleaned_data.get(line.seen.name) or ZERO
        if amount == seen:
            self.cleaned_data[line.amount.name] = before
        elif before not in {seen, amount}:
            self._show_conflict(line, theirs=before)
        else:
            self._check_amount(line, amount, before)

    def _show_conflict(self, line: LineField, *, theirs: Decimal) -> None:
        self.data = {**self.data.dict(), line.seen.name: str(theirs)}  # type: ignore[attr-defined]
        words = _("Somebody has changed this to %(theirs)s meanwhile. Save again to keep yours.")
        self.add_error(line.amount.name, words % {"theirs": format_money(theirs, self.plan.currency)})

    def _check_amount(self, line: LineField, amount: Decimal, before: Decimal) -> None:
        try:
            check_allocation(line.figures, amount, before=before, currency=self.plan.currency)
        except Overdrawn as over:
            line.over = over
            line.contingency_covers = may_draw(self.plan) and self.budget.contingency_free >= over.short
            self._mend(line, over)

    def _mend(self, line: LineField, over: Overdrawn) -> None:
        fix, _dash, pk = self.data.get("fix", "").partition("-")
        chosen = pk == str(line.figures.line.pk)
        if chosen and fix == "all" and over.free > 0:
            self.cleaned_data[line.amount.name] = over.free
        elif not (chosen and fix == "contingency" and line.contingency_covers):
            self.add_error(line.amount.name, over)

    def save(self) -> None:
        for line in self.lines:
            if line.over and self.data.get("fix") == f"contingency-{line.figures.line.pk}":
                allocation = Allocation(line=line.figures.line, action=self.action)
                cover(allocation, short=line.over.short, by=self.by)
        amounts = {line.figures.line: self.cleaned_data.get(line.amount.name) or ZERO for line in self.lines}
        set_allocations(self.action, amounts)


def given_to(action: Action) -> dict[int, Decimal]:
    return dict(Allocation.objects.filter(action=action).values_list("line_id", "amount"))
