"""What is done to a budget. Each deed holds the plan's lines while it looks at their sums and changes them."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from plans.actions.models import Action
from plans.budget.examples import CONTINGENCY_SHARE, LINES
from plans.budget.limits import check_allocation, check_transfer
from plans.budget.models import Adjustment, Allocation, BudgetLine
from plans.budget.queries import ZERO, BudgetFigures, budget_figures
from plans.plan.models import Plan


def lock_budget(plan: Plan) -> BudgetFigures:
    """Wait for whoever is changing this budget, and give its figures as they are then.

    All lines, always in the same order: two people who change several lines never wait for each other.
    """
    list(BudgetLine.objects.filter(plan=plan).order_by("pk").select_for_update().values_list("pk"))
    return budget_figures(plan)


@transaction.atomic
def insert_example_lines(plan: Plan) -> list[BudgetLine]:
    """The article's ten lines, for a plan that has none; nothing when there are some already."""
    lock_plan(plan)
    if BudgetLine.objects.filter(plan=plan).exists():
        return []
    return [
        BudgetLine.objects.create(plan=plan, position=position, name=str(name), kind=kind, planned=planned)
        for position, (name, kind, planned) in enumerate(LINES)
    ]


@transaction.atomic
def set_contingency_aside(plan: Plan) -> BudgetLine | None:
    """A last line of five percent of the others; None when there is a contingency, or nothing to take it of."""
    lock_plan(plan)
    figures = budget_figures(plan)
    amount = suggested_contingency(figures)
    if figures.contingency or not amount:
        return None
    position = 1 + max(row.line.position for row in figures.rows)
    return BudgetLine.objects.create(
        plan=plan, position=position, name=_("Contingency"), kind=BudgetLine.Kind.CONTINGENCY, planned=amount
    )


def suggested_contingency(figures: BudgetFigures) -> Decimal:
    return (figures.envelope * CONTINGENCY_SHARE).quantize(Decimal(1))


def lock_plan(plan: Plan) -> None:
    """For deeds that add lines: two people who fill an empty budget at once have no line to wait for."""
    Plan.objects.select_for_update().get(pk=plan.pk)


@transaction.atomic
def transfer(
    plan: Plan,
    *,
    amount: Decimal,
    reason: str,
    on: dt.date,
    by,
    from_line: BudgetLine | None = None,
    to_line: BudgetLine | None = None,
    reverses: Adjustment | None = None,
) -> Adjustment:
    """Move money between lines; without `from_line` it is new, without `to_line` it is cut."""
    figures = lock_budget(plan)
    if from_line:
        check_transfer(figures.of(from_line.pk), amount, currency=plan.currency)
    return Adjustment.objects.create(
        plan=plan,
        from_line=from_line,
        to_line=to_line,
        amount=amount,
        reason=reason,
        on=on,
        made_by=by,
        reverses=reverses,
    )


def reverse_adjustment(adjustment: Adjustment, *, reason: str, on: dt.date, by) -> Adjustment:
    """Book the counter-adjustment; the first one stays in the books as it was."""
    return transfer(
        adjustment.plan,
        from_line=adjustment.to_line,
        to_line=adjustment.from_line,
        amount=adjustment.amount,
        reason=reason,
        on=on,
        by=by,
        reverses=adjustment,
    )


@transaction.atomic
def cover_from_contingency(line: BudgetLine, *, amount: Decimal, reason: str, on: dt.date, by) -> list[Adjustment]:
    """Bring `amount` to `line` from the plan's contingency lines, the fullest first."""
    figures = lock_budget(line.plan)
    booked = []
    for source in sorted(figures.contingency, key=lambda row: -row.free):
        part = min(source.free, amount)
        if part > 0:
            booked.append(
                transfer(line.plan, from_line=source.line, to_line=line, amount=part, reason=reason, on=on, by=by)
            )
            amount -= part
    return booked


@transaction.atomic
def allocate(line: BudgetLine, action: Action, *, amount: Decimal) -> None:
    """Give `action` exactly `amount` from `line`; nothing left of it when that is zero."""
    figures = lock_budget(line.plan)
    allocation = Allocation.objects.filter(line=line, action=action).first()
    before = allocation.amount if allocation else ZERO
    check_allocation(figures.of(line.pk), amount, before=before, currency=line.plan.currency)
    if allocation is None:
        allocation = Allocation(line=line, action=action, position=line.allocations.count())
    _set(allocation, amount)


def _set(allocation: Allocation, amount: Decimal) -> None:
    if amount == 0 and allocation.pk:
        allocation.delete()
    elif amount and (allocation.pk is None or allocation.amount != amount):
        allocation.amount = amount
        allocation.save()


@transaction.atomic
def set_allocations(action: Action, amounts: Mapping[BudgetLine, Decimal]) -> None:
    """All that `action` gets, line by line: all of it or nothing."""
    for line, amount in amounts.items():
        allocate(line, action, amount=amount)
