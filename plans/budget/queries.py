"""What a plan's budget adds up to: the one place that says what adjusted, committed, spent and left mean.

For each line, in the plan's currency:

- planned: the amount first written down (BudgetLine.planned).
- adjusted = planned + moved in - moved out (Adjustment, S6.1): what the line has now.
- ordered: the sum of entries "ordered"; spent: the sum of entries "paid".
- open = max(ordered - spent, 0): ordered, and not paid yet. A payment counts against the orders of its
  line, so an order that is paid is not counted twice; a payment without an order stands for itself.
- committed = spent + open: money that is gone or promised, never less than what is spent.
- left = adjusted - committed; below zero the line is overspent.
- allocated: the sum given to actions (S6.2); unallocated = adjusted - allocated.
- free = what may still be moved elsewhere: what is neither committed nor allocated.

Totals are sums over lines, so columns add up; open is counted line by line.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from plans.actions.models import Action
from plans.budget.models import Adjustment, Allocation, BudgetEntry, BudgetLine
from plans.budget.roi import ActionReturn, Ranking, rank
from plans.plan.models import Plan
from salesplan.lib.fields import MoneyField

ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class LineFigures:
    line: BudgetLine
    planned: Decimal = ZERO
    moved_in: Decimal = ZERO
    moved_out: Decimal = ZERO
    ordered: Decimal = ZERO
    spent: Decimal = ZERO
    allocated: Decimal = ZERO

    @property
    def is_contingency(self) -> bool:
        return self.line.kind == BudgetLine.Kind.CONTINGENCY

    @property
    def adjusted(self) -> Decimal:
        return self.planned + self.moved_in - self.moved_out

    @property
    def open(self) -> Decimal:
        return max(self.ordered - self.spent, ZERO)

    @property
    def committed(self) -> Decimal:
        return self.spent + self.open

    @property
    def left(self) -> Decimal:
        return self.adjusted - self.committed

    @property
    def unallocated(self) -> Decimal:
        return self.adjusted - self.allocated

    @property
    def over(self) -> Decimal:
        """By how much the line is overspent."""
        return max(-self.left, ZERO)

    @property
    def overallocated(self) -> Decimal:
        """By how much actions have more than the line: after an undo that brought an allocation back."""
        return max(-self.unallocated, ZERO)

    @property
    def free(self) -> Decimal:
        return max(self.adjusted - max(self.committed, self.allocated), ZERO)

    @property
    def used(self) -> int | None:
        """Percent of the line that is spent; None where there is nothing to spend."""
        return percent(self.spent, self.adjusted)


def percent(part: Decimal, whole: Decimal) -> int | None:
    return round(100 * part / whole) if whole > 0 else None


def total(name: str) -> Callable[["BudgetFigures"], Decimal]:
    return lambda budget: sum((getattr(row, name) for row in budget.rows), ZERO)


@dataclass(frozen=True)
class BudgetFigures:
    """All lines of a plan in their order, and what each column of them comes to."""

    rows: Sequence[LineFigures] = field(default_factory=list)

    planned = property(total("planned"))
    adjusted = property(total("adjusted"))
    open = property(total("open"))
    committed = property(total("committed"))
    spent = property(total("spent"))
    left = property(total("left"))
    allocated = property(total("allocated"))
    unallocated = property(total("unallocated"))

    @property
    def used(self) -> int | None:
        return percent(self.spent, self.adjusted)

    @property
    def contingency(self) -> list[LineFigures]:
        return [row for row in self.rows if row.is_contingency]

    @property
    def contingency_free(self) -> Decimal:
        return sum((row.free for row in self.contingency), ZERO)

    @property
    def envelope(self) -> Decimal:
        """The budget without its contingency: what the actions have to do with."""
        return self.adjusted - sum((row.adjusted for row in self.contingency), ZERO)

    @property
    def largest(self) -> Decimal:
        """The scale of bars that are to be compared with each other."""
        return max((max(row.adjusted, row.committed) for row in self.rows), default=ZERO)

    def of(self, line_id: int) -> LineFigures:
        return next(row for row in self.rows if row.line.pk == line_id)


def budget_figures(plan: Plan) -> BudgetFigures:
    """One query, however many lines, entries, adjustments and allocations there are."""
    lines = BudgetLine.objects.in_plan(plan).annotate(
        moved_in=_sum_of(Adjustment.objects.all(), "to_line"),
        moved_out=_sum_of(Adjustment.objects.all(), "from_line"),
        ordered=_sum_of(BudgetEntry.objects.filter(kind=BudgetEntry.Kind.COMMITTED), "line"),
        spent=_sum_of(BudgetEntry.objects.filter(kind=BudgetEntry.Kind.SPENT), "line"),
        allocated=_sum_of(Allocation.objects.all(), "line"),
    )
    return BudgetFigures([_figures_of(line) for line in lines])


def _sum_of(rows: QuerySet, link: str) -> Coalesce:
    """What `rows` that point at a line by `link` add up to."""
    of_line = rows.filter(**{link: OuterRef("pk")}).order_by().values(link)
    summed = Subquery(of_line.annotate(total=Sum("amount")).values("total"))
    return Coalesce(summed, Value(ZERO), output_field=MoneyField())


def _figures_of(line) -> LineFigures:
    """To the cent: SQLite adds amounts up as floats."""
    sums = (line.moved_in, line.moved_out, line.ordered, line.spent, line.allocated)
    return LineFigures(line, line.planned, *(amount.quantize(CENT) for amount in sums))


def ranking(plan: Plan) -> Ranking:
    """Actions of the plan by what they bring for their budget; cancelled ones bring nothing."""
    actions = Action.objects.in_plan(plan).exclude(status=Action.Status.CANCELLED)
    costed = actions.annotate(cost=Coalesce(Sum("allocations__amount"), Value(ZERO), output_field=MoneyField()))
    rows = costed.values_list("pk", "title", "cost", "expected_return")
    return rank([ActionReturn(pk, title, cost.quantize(CENT), gain) for pk, title, cost, gain in rows])
