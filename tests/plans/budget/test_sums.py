"""Whatever is done to a budget in whatever order: its sums add up, and no line gives what it has not."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans.budget.charts import waterfall_steps
from plans.budget.forms.lines import PlannedForm
from plans.budget.limits import Overdrawn
from plans.budget.queries import budget_figures
from plans.budget.services import allocate, cover_from_contingency, transfer
from plans.models import Adjustment, Allocation, BudgetEntry, BudgetLine
from tests.factories import ActionFactory, BudgetEntryFactory, BudgetLineFactory

DAY = dt.date(2026, 6, 2)

amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(20_000), places=2)
lines = st.integers(0, 2)
deeds = st.one_of(
    st.tuples(st.just("plan"), lines, amounts),
    st.tuples(st.just("move"), lines, lines, amounts),
    st.tuples(st.just("add"), lines, amounts),
    st.tuples(st.just("cut"), lines, amounts),
    st.tuples(st.just("cover"), lines, amounts),
    st.tuples(st.just("give"), st.integers(0, 1), st.integers(0, 1), amounts),
    st.tuples(st.just("book"), lines, st.sampled_from(BudgetEntry.Kind.values), amounts),
)


class Bookkeeper:
    """Does one deed after another to three lines, the last a contingency, and two actions."""

    def __init__(self, plan, alice):
        self.plan, self.alice = plan, alice
        self.lines = [
            BudgetLineFactory(plan=plan, planned=10_000, kind=kind) for kind in ("direct", "people", "contingency")
        ]
        self.actions = [ActionFactory(objective__plan=plan) for _number in range(2)]

    def plan_line(self, line, amount):
        line = BudgetLine.objects.get(pk=self.lines[line].pk)
        form = PlannedForm({"planned": str(amount), "version": line.version}, plan=self.plan, instance=line)
        if form.is_valid():
            form.save()

    def move(self, source, target, amount):
        if source != target:
            self._transfer(amount, from_line=self.lines[source], to_line=self.lines[target])

    def add(self, line, amount):
        self._transfer(amount, to_line=self.lines[line])

    def cut(self, line, amount):
        self._transfer(amount, from_line=self.lines[line])

    def cover(self, line, amount):
        if line != 2:
            cover_from_contingency(self.lines[line], amount=amount, reason="Short", on=DAY, by=self.alice)

    def give(self, line, action, amount):
        allocate(self.lines[line], self.actions[action], amount=amount)

    def book(self, line, kind, amount):
        BudgetEntryFactory(line=self.lines[line], kind=kind, amount=amount)

    def _transfer(self, amount, **lines):
        transfer(self.plan, amount=amount, reason="Plans change", on=DAY, by=self.alice, **lines)

    def do(self, deed):
        name, *arguments = deed
        with suppress(Overdrawn):
            getattr(self, {"plan": "plan_line"}.get(name, name))(*arguments)


def clear(plan):
    for model in (Allocation, BudgetEntry, Adjustment, BudgetLine):
        model.objects.filter(plan=plan).delete()


@pytest.mark.django_db
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(deeds, max_size=8))
def test_sums_add_up_after_any_sequence_of_deeds(plan, alice, sequence):
    clear(plan)
    bookkeeper = Bookkeeper(plan, alice)

    for deed in sequence:
        bookkeeper.do(deed)

    budget = budget_figures(plan)
    added = sum(row.amount for row in Adjustment.objects.filter(from_line=None))
    taken = sum(row.amount for row in Adjustment.objects.filter(to_line=None))
    assert budget.adjusted == budget.planned + added - taken
    assert budget.allocated + budget.unallocated == budget.adjusted
    assert budget.committed + budget.left == budget.adjusted
    assert all(row.unallocated >= 0 and row.adjusted >= 0 for row in budget.rows)
    assert sum(amount for *_words, measure, amount in waterfall_steps(budget) if measure != "total") == budget.left
