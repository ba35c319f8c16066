"""What a plan was at a moment: as it was known then, and the same whether it was kept or is read from the history."""

import datetime as dt
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpis.kpi.pace import AT_RISK, NO_DATA, OFF_TRACK, ON_TRACK
from kpis.models import Kpi, Reading
from kpis.snapshots.keeping import as_json, from_json
from kpis.snapshots.models import FORMAT
from kpis.snapshots.queries import state_of
from plans.actions.writing import Writing
from plans.imports.undoing import undo_import
from plans.items.bin import bin_item, restore_item
from plans.models import Action, BinnedItem, BudgetLine, Objective, Plan, Role
from plans.plan.records import changes_of_links
from tests.factories import (
    ActionFactory,
    AdjustmentFactory,
    AllocationFactory,
    BudgetEntryFactory,
    BudgetLineFactory,
    KpiFactory,
    MilestoneFactory,
    ObjectiveFactory,
    ReadingFactory,
    RoleFactory,
    SheetImportFactory,
)
from tests.kpis.snapshots.conftest import MADE


@pytest.fixture
def leads(plan):
    return KpiFactory(plan=plan, name="Leads", unit="", baseline=0, target=100, measure=Kpi.Measure.LEVEL)


@pytest.mark.parametrize("count", [1, 3])
def test_a_state_takes_two_questions_whatever_the_plan_holds(plan, mark, count, django_assert_num_queries):
    for _nth in range(count):
        action = ActionFactory(objective__plan=plan, person=mark)
        KpiFactory(plan=plan).actions.add(action)
        AllocationFactory(line__plan=plan, action=action)

    state_of(plan)  # the first question of a process asks what the database can do

    with django_assert_num_queries(2):  # rows, people
        now = state_of(plan)
    with django_assert_num_queries(2):
        then = state_of(plan, timezone.now())

    assert len(now.actions) == len(then.actions) == count


def test_a_correction_made_later_does_not_leak_into_the_past(plan, leads):
    reading = ReadingFactory(kpi=leads, period=dt.date(2026, 1, 5), value=40)
    then = timezone.now()
    reading.value = 2
    reading.save()

    assert state_of(plan, then).kpis[0].value == Decimal(40)
    assert state_of(plan).kpis[0].value == Decimal(2)


def test_before_the_plan_was_made_there_is_no_state(plan):
    assert state_of(plan, MADE - dt.timedelta(hours=1)) is None


def test_a_deleted_action_is_there_until_it_was_deleted(plan, alice):
    action = ActionFactory(objective__plan=plan, title="Call lost accounts")
    before = timezone.now()
    bin_item(action, by=alice)

    assert [each.title for each in state_of(plan, before).actions] == ["Call lost accounts"]
    assert state_of(plan, timezone.now()).actions == ()


def test_actions_of_an_import_are_there_until_it_was_undone(plan, mark):
    objective = ObjectiveFactory(plan=plan)
    added = Writing(plan, by=mark, cause="imported").add(
        [Action(plan=plan, objective=objective, title="From the sheet")]
    )
    before = timezone.now()
    undo_import(SheetImportFactory(plan=plan, by=mark, added=added))

    assert [each.title for each in state_of(plan, before).actions] == ["From the sheet"]
    assert state_of(plan, timezone.now()).actions == ()


def test_a_role_that_was_deleted_answers_for_nothing_meanwhile(plan, alice):
    role = RoleFactory(team__plan=plan, title="CRM manager")
    ActionFactory(objective__plan=plan, role=role)
    bin_item(role, by=alice)
    without = timezone.now()
    restore_item(BinnedItem.objects.get())

    assert [each.who for each in state_of(plan, without).actions] == [""]
    assert [each.who for each in state_of(plan, timezone.now()).actions] == ["CRM manager"]


def test_a_role_brought_back_after_its_action_was_saved_answers_for_it_again(plan, alice):
    role = RoleFactory(team__plan=plan, title="CRM manager")
    action = ActionFactory(objective__plan=plan, role=role)
    bin_item(role, by=alice)
    action.refresh_from_db()
    action.title = "Roll out the loyalty programme"
    action.save()
    restore_item(BinnedItem.objects.get())

    assert [each.who for each in state_of(plan, timezone.now()).actions] == ["CRM manager"]


def test_links_are_those_of_the_moment(plan):
    role = RoleFactory(team__plan=plan)
    action = ActionFactory(objective__plan=plan)
    before = timezone.now()
    _support(action, [role.pk])

    assert state_of(plan, before).actions[0].supporters == ()
    assert state_of(plan, timezone.now()).actions[0].supporters == (role.pk,)


def test_links_that_nothing_recorded_were_always_there(plan, leads):
    action = ActionFactory(objective__plan=plan)
    leads.actions.add(action)

    assert state_of(plan, timezone.now()).actions[0].kpis == (leads.pk,)


def test_who_left_the_company_still_answers_for_what_she_answered_for(plan, mark):
    ActionFactory(objective__plan=plan, person=mark)
    mark.memberships.all().delete()

    assert [each.who for each in state_of(plan, timezone.now()).actions] == ["Mark Weber"]


@pytest.mark.parametrize(("share", "status"), [(100, ON_TRACK), (45, AT_RISK), (20, OFF_TRACK)])
def test_the_past_is_judged_by_the_rules_of_its_day(plan, leads, share, status):
    leads.baseline = None
    leads.save()
    ReadingFactory(kpi=leads, period=dt.date(2026, 1, 5), value=share)
    plan.workspace.on_track_percent, plan.workspace.at_risk_percent = 90, 40
    plan.workspace.save()
    then = timezone.now()
    plan.workspace.on_track_percent, plan.workspace.at_risk_percent = 100, 99
    plan.workspace.save()

    assert state_of(plan, then).kpis[0].status == status


def test_rules_and_path_of_a_kpi_are_those_of_the_moment(plan, leads):
    ReadingFactory(kpi=leads, period=dt.date(2026, 1, 5), value=10)
    before, taken = timezone.now(), state_of(plan)
    leads.path, leads.path_from, leads.path_points = Kpi.Path.TYPED, dt.date(2026, 1, 1), ["10"] * 53
    leads.on_track_percent, leads.at_risk_percent = 50, 20
    leads.save()

    assert state_of(plan, before) == taken
    assert state_of(plan, timezone.now()).kpis[0].expected == Decimal(10)


def test_a_computed_kpi_is_computed_of_what_was_known(plan, leads):
    KpiFactory(plan=plan, name="Half", measure=Kpi.Measure.COMPUTED, expression=f"#{leads.pk} / 2")
    reading = ReadingFactory(kpi=leads, period=dt.date(2026, 1, 5), value=40)
    then = timezone.now()
    reading.value = 10
    reading.save()

    assert [each.value for each in state_of(plan, then).kpis] == [Decimal(40), Decimal(20)]
    assert [each.value for each in state_of(plan).kpis] == [Decimal(10), Decimal(5)]


def test_the_budget_adds_up_as_on_its_page(plan):
    line = BudgetLineFactory(plan=plan, planned=1000)
    AdjustmentFactory(plan=plan, to_line=line, amount=200)
    BudgetEntryFactory(line=line, kind="committed", amount=300)
    BudgetEntryFactory(line=line, kind="spent", amount=100)

    state = state_of(plan, timezone.now()).lines[0]

    assert (state.planned, state.adjusted, state.committed, state.spent) == (1000, 1200, 300, 100)


def test_milestones_are_counted(plan):
    objective = ObjectiveFactory(plan=plan)
    MilestoneFactory(objective=objective)
    MilestoneFactory(objective=objective, done_on=dt.date(2026, 2, 2))

    state = state_of(plan, timezone.now()).objectives[0]

    assert (state.reached, state.milestones, state.status) == (1, 2, NO_DATA)


def test_a_kept_state_is_read_back_as_it_was(plan, mark, leads):
    ReadingFactory(kpi=leads, value=Decimal("12.5"))
    ActionFactory(objective__plan=plan, person=mark, deadline=dt.date(2026, 5, 1))
    BudgetLineFactory(plan=plan, planned=Decimal("0.10"))
    state = state_of(plan)

    assert from_json(as_json(state), written_as=FORMAT) == state


def test_a_state_of_another_format_is_refused(plan):
    with pytest.raises(ValueError, match="format 99"):
        from_json(as_json(state_of(plan)), written_as=99)


# Whatever happens to a plan


def _support(action, pks):
    before = {"supporters": list(action.supporters.values_list("pk", flat=True))}
    action.changed_links = changes_of_links(before, {"supporters": pks})
    action.save()
    action.supporters.set(pks)


def _pick(model, plan, nth):
    rows = list(model.objects.filter(plan=plan).order_by("pk"))
    return rows[nth % len(rows)] if rows else None


def _save(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


class Deeds:
    """One thing people do, by the number that says to what."""

    def __init__(self, plan, by):
        self.plan, self.by = plan, by

    def add_action(self, nth):
        if objective := _pick(Objective, self.plan, nth):
            ActionFactory(objective=objective, title=f"Action {nth}", deadline=dt.date(2026, 1, 1 + nth))

    def change_action(self, nth):
        if action := _pick(Action, self.plan, nth):
            done = nth % 2
            _save(action, status="done" if done else "blocked", done_on=dt.date(2026, 2, 2) if done else None)

    def give_action_a_role(self, nth):
        if action := _pick(Action, self.plan, nth):
            _save(action, role=_pick(Role, self.plan, nth))

    def link_action(self, nth):
        if action := _pick(Action, self.plan, nth):
            _support(action, [role.pk for role in Role.objects.filter(plan=self.plan)[: nth % 3]])

    def change_many(self, nth):
        actions = list(Action.objects.filter(plan=self.plan)[:nth])
        for action in actions:
            action.priority = 1 + nth % 4
        if actions:
            Writing(self.plan, by=self.by, cause="together").change(actions)

    def add_role(self, nth):
        RoleFactory(team__plan=self.plan, title=f"Role {nth}")

    def add_objective(self, nth):
        ObjectiveFactory(plan=self.plan, title=f"Objective {nth}")

    def add_kpi(self, nth):
        KpiFactory(plan=self.plan, name=f"KPI {nth}", objective=_pick(Objective, self.plan, nth))

    def move_target(self, nth):
        if kpi := _pick(Kpi, self.plan, nth):
            _save(kpi, target=Decimal(nth + 3), moved_because="The market shrank")

    def lay_path(self, nth):
        if kpi := _pick(Kpi, self.plan, nth):
            _save(kpi, path="typed", path_from=dt.date(2026, 1, 1), path_points=[str(nth)] * 53)

    def enter(self, nth):
        if kpi := _pick(Kpi, self.plan, nth):
            period = dt.date(2026, 1, 5) + dt.timedelta(weeks=nth)
            Reading.objects.filter(kpi=kpi, period=period).exists() or ReadingFactory(kpi=kpi, period=period, value=nth)

    def correct(self, nth):
        if reading := _pick(Reading, self.plan, nth):
            _save(reading, value=Decimal(nth) / 10)

    def plan_money(self, nth):
        BudgetLineFactory(plan=self.plan, planned=nth * 100)

    def move_money(self, nth):
        if line := _pick(BudgetLine, self.plan, nth):
            AdjustmentFactory(plan=self.plan, to_line=line, amount=nth + 1)
            BudgetEntryFactory(line=line, amount=nth)

    def give_money(self, nth):
        line, action = _pick(BudgetLine, self.plan, nth), _pick(Action, self.plan, nth)
        if line and action and not line.allocations.filter(action=action).exists():
            AllocationFactory(line=line, action=action, amount=nth)

    def change_rules(self, nth):
        _save(self.plan.workspace, on_track_percent=100 + nth, at_risk_percent=50 + nth)

    def rename_plan(self, nth):
        _save(Plan.objects.get(pk=self.plan.pk), name=f"Plan {nth}")

    def delete(self, nth):
        model = (Action, Role, Objective, Kpi, Reading)[nth % 5]
        if row := _pick(model, self.plan, nth):
            bin_item(row, by=self.by)

    def undo_delete(self, nth):
        if binned := _pick(BinnedItem, self.plan, nth):
            restore_item(binned)


DEEDS = [name for name in vars(Deeds) if not name.startswith("_")]


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 8)), min_size=4, max_size=24))
def test_the_past_read_from_history_is_what_it_was_at_the_time(plan, alice, deeds):
    with taken_back():
        objective = ObjectiveFactory(plan=plan)
        role = RoleFactory(team__plan=plan)
        ActionFactory(objective=objective, role=role)
        KpiFactory(plan=plan, objective=objective)
        plan.workspace.refresh_from_db()
        people, taken = Deeds(plan, alice), []
        for name, nth in deeds:
            getattr(people, name)(nth)
            taken.append((state_of(plan), timezone.now(), (name, nth)))

        for state, moment, deed in taken:
            assert state_of(plan, moment) == state, deed
