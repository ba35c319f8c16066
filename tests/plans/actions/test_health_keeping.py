"""Health stands on the row, and is right after every write that it hangs from."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions.bulk import Values, change_actions
from plans.actions.health_keeping import judge_plan, keep_health_current
from plans.actions.models import Action
from plans.actions.tasks import judge_open_plans
from plans.actions.undo import undo_bulk_change
from plans.imports.services import carry_out, take_in
from plans.imports.undoing import undo_import
from plans.items.bin import bin_item, restore_item
from plans.items.copying import duplicate_items
from plans.items.services import duplicate_plan
from plans.models import Plan
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, PlanFactory, ReadingFactory, RoleFactory


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


def going_on(objective, title, deadline):
    role = objective.plan.role_set.first() or RoleFactory(team__plan=objective.plan)
    return ActionFactory(objective=objective, title=title, status="in_progress", deadline=deadline, role=role)


@pytest.fixture
def plan(workspace):
    return PlanFactory(workspace=workspace, starts_on=in_days(-200), ends_on=in_days(165))


@pytest.fixture
def action(plan):
    """It goes on, and all is well."""
    return going_on(ObjectiveFactory(plan=plan), "Advertise", in_days(30))


@pytest.fixture
def awaited(action):
    other = going_on(action.objective, "Hire", in_days(10))
    action.waits_for.add(other)
    return other


@pytest.fixture
def kpi(plan, action):
    kpi = KpiFactory(plan=plan, name="Leads", baseline=None, target=100)
    kpi.actions.add(action)
    return kpi


def kept(action):
    """Its health, and the codes of the reasons."""
    health, reasons = Action.objects.values_list("health", "health_reasons").get(pk=action.pk)
    return health, [reason["code"] for reason in reasons]


GOOD = ("on_track", [])


def monday(weeks_ago=0):
    today = timezone.localdate()
    return today - dt.timedelta(days=today.weekday(), weeks=weeks_ago)


def read(kpi, value):
    return ReadingFactory(kpi=kpi, period=monday(), value=value)


# One row


def test_a_new_action_is_judged(plan):
    late = going_on(ObjectiveFactory(plan=plan), "Call", in_days(-2))

    assert kept(late) == ("off_track", ["late"])


def test_a_date_that_is_moved_judges_it_anew(action):
    action.deadline = in_days(-1)
    action.save(update_fields=["deadline"])
    assert kept(action) == ("off_track", ["late"])
    assert action.health == "off_track"

    action.deadline = in_days(5)
    action.save()
    assert kept(action) == GOOD


def test_what_is_done_has_no_health_any_more(action):
    action.status, action.done_on = "done", in_days(0)
    action.save()

    assert kept(action) == ("", [])


def test_it_is_no_change_of_the_row(action, awaited):
    version, changes = action.version, action.history.count()

    awaited.deadline = in_days(-1)
    awaited.save()

    action.refresh_from_db()
    assert kept(action) == ("off_track", ["waits_late"])
    assert (action.version, action.history.count()) == (version, changes)
    assert not {"health", "health_reasons"} & {field.name for field in Action.history.model._meta.get_fields()}


def test_saving_what_it_is_not_judged_by_asks_for_nothing_more(action, django_assert_num_queries):
    with django_assert_num_queries(3):  # the row, its history, the plan's clock
        action.save(update_fields=["priority"])


@pytest.mark.parametrize("count", [1, 3])
def test_a_status_costs_the_same_however_much_is_linked(plan, action, count, django_assert_num_queries):
    for _ in range(count):
        action.waits_for.add(ActionFactory(objective=action.objective, deadline=in_days(1)))
        ActionFactory(objective=action.objective).waits_for.add(action)
        kpi = KpiFactory(plan=plan)
        kpi.actions.add(action)
        read(kpi, 1)
    action = Action.objects.select_related("plan__workspace").get(pk=action.pk)

    # the row, its history, the plan's clock; what is around it, what that waits for, which KPIs it moves, those, their
    # values
    with django_assert_num_queries(8):
        action.save(update_fields=["status"])


# What it waits for


def test_a_link_that_is_added_or_taken_away_judges_what_waits(action, awaited):
    awaited.deadline = in_days(45)
    awaited.save()
    assert kept(action) == ("off_track", ["waits_beyond"])

    action.waits_for.remove(awaited)
    assert kept(action) == GOOD

    awaited.awaited_by.add(action)
    assert kept(action) == ("off_track", ["waits_beyond"])

    action.waits_for.clear()
    assert kept(action) == GOOD


def test_what_is_done_is_waited_for_no_more(action, awaited):
    awaited.deadline = in_days(-1)
    awaited.save()

    awaited.status, awaited.done_on = "done", in_days(0)
    awaited.save()

    assert kept(action) == GOOD


def test_the_reason_says_what_it_is_called_now(action, awaited):
    awaited.deadline = in_days(-1)
    awaited.save()

    awaited.title = "Hire an agency"
    awaited.save(update_fields=["title"])

    action.refresh_from_db()
    assert action.health_reasons[0]["name"] == "Hire an agency"


def test_what_is_deleted_is_waited_for_no_more_until_it_comes_back(action, awaited, alice):
    awaited.deadline = in_days(-1)
    awaited.save()

    binned = bin_item(awaited, by=alice)
    assert kept(action) == GOOD

    restore_item(binned)
    assert kept(action) == ("off_track", ["waits_late"])


def test_a_role_that_is_deleted_leaves_nobody(action, alice):
    action.starts_on = in_days(-5)
    action.save()

    binned = bin_item(action.role, by=alice)
    assert kept(action) == ("at_risk", ["nobody"])

    restore_item(binned)
    assert kept(action) == GOOD


# Its KPIs


def test_a_value_that_is_entered_corrected_and_taken_back_judges_the_actions_of_its_kpi(action, kpi, alice):
    reading = read(kpi, 62)
    action.refresh_from_db()
    assert kept(action) == ("off_track", ["kpi_off_track"])
    assert (action.health_reasons[0]["percent"], action.health_reasons[0]["pk"]) == (62, kpi.pk)

    reading.value = 95
    reading.save()
    assert kept(action) == ("at_risk", ["kpi_at_risk"])

    binned = bin_item(reading, by=alice)
    assert kept(action) == GOOD

    restore_item(binned)
    assert kept(action) == ("at_risk", ["kpi_at_risk"])


def test_another_target_and_another_link_judge_the_actions_of_the_kpi(action, kpi):
    read(kpi, 62)

    kpi.target = 60
    kpi.save()
    assert kept(action) == GOOD

    kpi.target = 100
    kpi.save()
    action.kpis.set([])
    assert kept(action) == GOOD

    action.kpis.set([kpi])
    assert kept(action) == ("off_track", ["kpi_off_track"])

    kpi.actions.clear()
    assert kept(action) == GOOD


def test_a_kpi_that_is_deleted_says_nothing_of_its_actions(action, kpi, alice):
    read(kpi, 62)

    binned = bin_item(kpi, by=alice)
    assert kept(action) == GOOD

    restore_item(binned)
    assert kept(action) == ("off_track", ["kpi_off_track"])


def test_the_days_of_the_plan_are_those_of_its_kpis(plan, action, kpi):
    kpi.baseline = 0
    kpi.save()
    read(kpi, 55)
    assert kept(action) == GOOD

    plan.ends_on = in_days(10)
    plan.save()

    assert kept(action) == ("off_track", ["kpi_off_track"])


# Many rows at once


def test_rows_changed_in_bulk_are_judged_and_so_is_what_waits_for_them(plan, action, awaited, alice):
    change = change_actions(plan, [awaited], Values(deadline=in_days(-1)), by=alice, uid=uuid.uuid4())
    assert kept(awaited) == ("off_track", ["late"])
    assert kept(action) == ("off_track", ["waits_late"])

    undo_bulk_change(change, by=alice)
    assert kept(awaited) == GOOD
    assert kept(action) == GOOD


def test_a_copy_is_judged_with_what_it_waits_for(action, awaited):
    awaited.deadline = in_days(-1)
    awaited.save()

    (copy,) = duplicate_items([action])

    assert kept(copy) == ("off_track", ["waits_late"])


def test_a_copied_plan_is_judged_by_its_own_days(plan, action, awaited, alice):
    awaited.deadline = in_days(-1)
    awaited.save()

    copy = duplicate_plan(plan, name="Next year", starts_on=in_days(200), owner=alice)

    assert kept(action) == ("off_track", ["waits_late"])
    assert kept(copy.action_set.get(title="Hire")) == GOOD
    assert kept(copy.action_set.get(title="Advertise")) == GOOD


def test_a_sheet_that_is_imported_and_undone_leaves_right_health(as_alice, plan, action, awaited):
    rows = [
        ["Objective", "Action", "Status", "Deadline", "Row ID", "Version"],
        [action.objective.title, "Hire", "In progress", str(in_days(-1)), str(awaited.uid), str(awaited.version)],
        [action.objective.title, "Write", "In progress", str(in_days(20)), "", ""],
    ]
    sheet = take_in(plan, rows, name="actions.csv", by=None)
    carry_out(sheet, today=in_days(0))

    assert kept(awaited) == ("off_track", ["late"])
    assert kept(action) == ("off_track", ["waits_late"])
    assert kept(Action.objects.get(title="Write")) == GOOD

    sheet.refresh_from_db()
    undo_import(sheet)
    assert kept(action) == GOOD


# Another day


def test_the_first_to_look_on_another_day_has_it_computed_and_nobody_after_her(plan, action, django_assert_num_queries):
    tomorrow = in_days(31)

    keep_health_current(plan, tomorrow)
    assert kept(action) == ("off_track", ["late"])
    assert Plan.objects.get(pk=plan.pk).health_on == tomorrow

    with django_assert_num_queries(0):
        keep_health_current(plan, tomorrow)


@pytest.mark.parametrize("count", [1, 30])
def test_a_whole_plan_costs_the_same_however_large(plan, action, kpi, count, django_assert_num_queries):
    late = [going_on(action.objective, f"Call {number}", in_days(1)) for number in range(count)]
    late[0].waits_for.add(action)
    read(kpi, 62)

    # the actions, what they wait for, which KPIs they move, those, their values; the health of all at once; the plan
    with django_assert_num_queries(7):
        keep_health_current(plan, in_days(2))

    assert {kept(each)[0] for each in late} == {"off_track"}


def test_a_table_opened_on_another_day_does_not_show_yesterday(as_alice, plan, action):
    Action.objects.filter(pk=action.pk).update(deadline=in_days(-1))
    Plan.objects.filter(pk=plan.pk).update(health_on=in_days(-1))

    page = as_alice.get(reverse("plans:actions", args=[plan.pk]))

    assert "Off track" in page.text
    assert kept(action) == ("off_track", ["late"])


def test_the_worker_computes_open_plans_once_a_day(plan, action):
    closed = PlanFactory(workspace=plan.workspace, status=Plan.Status.CLOSED)
    Plan.objects.update(health_on=in_days(-1))
    Action.objects.filter(pk=action.pk).update(deadline=in_days(-1))

    judge_open_plans.func()

    assert kept(action) == ("off_track", ["late"])
    assert Plan.objects.get(pk=closed.pk).health_on == in_days(-1)


def test_who_has_changed_a_row_meanwhile_has_judged_it(plan, action, monkeypatch):
    """Between reading and writing somebody finishes the action: what was read before says nothing of it."""
    from plans.actions import health_keeping

    write = health_keeping._write

    def finish_first(*changed):
        Action.objects.filter(pk=action.pk).update(status="done", done_on=in_days(0), health="", version=9)
        write(*changed)

    monkeypatch.setattr(health_keeping, "_write", finish_first)
    Action.objects.filter(pk=action.pk).update(deadline=in_days(-1))
    judge_plan(plan)

    assert kept(action) == ("", [])
