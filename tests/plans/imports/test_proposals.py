"""What a sheet would do to a plan, row by row and why."""

import datetime as dt
import uuid

import pytest

from plans.actions.models import Action
from plans.imports.names import PlanNames
from plans.imports.proposals import propose
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, RoleFactory
from tests.plans.imports.conftest import sheet_of


def only(sheet):
    (proposal,) = propose(sheet, PlanNames(sheet.plan))
    return proposal


def told(plan, *rows):
    """What becomes of each row, with the reason where it is left out."""
    return [(one.number, one.kind.value, one.reason) for one in propose(sheet_of(plan, *rows), PlanNames(plan))]


def test_a_row_without_an_id_is_added(plan, objective, alice):
    role = RoleFactory(team__plan=plan, title="Marketing manager")
    sheet = sheet_of(
        plan,
        ["Objective", "Task", "Owner", "Due date", "Status", "Priority", "Kind"],
        ["increase  SALES", "Call lost accounts", "marketing manager", "30.9.2026", "W toku", "High", "Digital"],
    )

    one = only(sheet)

    assert (one.kind, one.number, one.notes) == ("add", 2, [])
    assert ("Deadline", "", "30 September 2026") in one.changes
    assert one.values == {
        "objective_id": objective.pk,
        "title": "Call lost accounts",
        "role_id": role.pk,
        "person_id": None,
        "deadline": dt.date(2026, 9, 30),
        "status": "in_progress",
        "priority": 2,
        "kind": "digital",
    }


def test_a_row_with_the_id_of_an_action_changes_what_differs(plan, objective):
    action = ActionFactory(objective=objective, title="Call", deadline=dt.date(2026, 9, 30), status="in_progress")
    sheet = sheet_of(
        plan,
        ["Action", "Deadline", "Status", "Row ID", "Version"],
        ["Call", "2026-10-15", "In progress", str(action.uid), str(action.version)],
    )

    one = only(sheet)

    assert (one.kind, one.values) == ("change", {"deadline": dt.date(2026, 10, 15)})
    assert one.changes == [("Deadline", "30 September 2026", "15 October 2026")]


def test_a_row_that_says_what_is_there_already_changes_nothing(plan, objective):
    action = ActionFactory(objective=objective, title="Call", deadline=None)

    assert told(plan, ["Action", "Deadline", "Row ID"], ["Call", "", str(action.uid)]) == [(2, "same", "")]


def test_an_emptied_cell_empties_the_field_but_never_the_title_or_status(plan, objective):
    action = ActionFactory(objective=objective, title="Call", kind="digital", deadline=dt.date(2026, 9, 30))
    head = ["Objective", "Action", "Kind", "Deadline", "Status", "Priority", "Row ID"]

    one = only(sheet_of(plan, head, ["", "", "", "", "", "", str(action.uid)]))

    assert one.values == {"kind": "", "deadline": None}


def test_an_action_somebody_has_changed_meanwhile_is_left_alone(plan, objective):
    action = ActionFactory(objective=objective, title="Call")
    version = str(action.version)
    action.title = "Call them"
    action.save()

    rows = told(plan, ["Action", "Row ID", "Version"], ["Phone", str(action.uid), version])

    assert rows == [(2, "skip", "Somebody has changed this action since the sheet was taken out.")]


def test_the_same_id_twice_counts_once(plan, objective):
    uid = str(ActionFactory(objective=objective, title="Call").uid)

    rows = told(plan, ["Action", "Row ID"], ["Phone", uid], ["Write", uid])

    assert rows == [(2, "change", ""), (3, "skip", "The same row ID stands in row 2.")]


@pytest.mark.parametrize("whose", ["nobody's", "another company's"])
def test_an_id_that_is_not_of_this_plan_reaches_nothing(plan, objective, whose):
    other = ActionFactory(title="Theirs").uid if whose == "another company's" else uuid.uuid4()
    sheet = sheet_of(plan, ["Objective", "Action", "Row ID"], ["Increase sales", "Call", str(other)])

    one = only(sheet)

    assert (one.kind, one.action) == ("add", None)
    assert one.notes == ["No action of this plan has this row ID: it is added as a new one."]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (["", "Call", "", ""], "The row names no objective."),
        (["Sell more", "Call", "", ""], "There is no “Sell more” here."),
        (["Increase sales", "", "", "2026-01-01"], "The row does not say what will be done."),
        (["Increase sales", "x" * 201, "", ""], "The title has more than 200 characters."),
        (["Increase sales", "Call", "soon", ""], "“soon” is no day. Write it like 2026-09-30."),
        (["Increase sales", "Call", "2026-05-01", "2026-04-01"], "The deadline must not come before the start."),
    ],
)
def test_a_row_that_cannot_be_is_left_out_with_its_reason(plan, objective, cells, reason):
    assert told(plan, ["Objective", "Action", "Start", "Deadline"], cells) == [(2, "skip", reason)]


def test_rows_without_an_objective_go_where_somebody_says(plan, objective):
    sheet = sheet_of(plan, ["Action"], ["Call"], objective=objective)

    assert only(sheet).values == {"title": "Call", "objective_id": objective.pk}


def test_empty_rows_are_passed_over(plan, objective):
    rows = told(plan, ["Objective", "Action"], ["", ""], ["Increase sales", "Call"])

    assert rows == [(3, "add", "")]


@pytest.mark.parametrize("name", ["alice@example.com", "Alice Martin", "ALICE  martin"])
def test_people_are_found_by_address_and_by_name(plan, objective, alice, name):
    one = only(sheet_of(plan, ["Objective", "Action", "Owner"], ["Increase sales", "Call", name]))

    assert (one.values["person_id"], one.values["role_id"]) == (alice.pk, None)


def test_who_is_not_of_this_company_is_not_found(plan, objective, carol):
    one = only(sheet_of(plan, ["Objective", "Action", "Owner"], ["Increase sales", "Call", "Carol Novak"]))

    assert "person_id" not in one.values
    assert one.notes == ["Responsible, not taken over: There is no “Carol Novak” here."]


def test_a_name_two_people_share_stands_for_neither(plan, objective, alice, mark):
    mark.name = "Alice Martin"
    mark.save()

    one = only(sheet_of(plan, ["Objective", "Action", "Owner"], ["Increase sales", "Call", "Alice Martin"]))

    assert one.notes == ["Responsible, not taken over: There are several called “Alice Martin”."]


def test_names_in_one_cell_are_linked_each(plan, objective):
    ids = [RoleFactory(team__plan=plan, title=title).pk for title in ("Copywriter", "Sales, north", "Designer")]
    kpi = KpiFactory(plan=plan, name="Leads")
    head = ["Objective", "Action", "Supporters", "KPIs"]

    one = only(sheet_of(plan, head, ["Increase sales", "Call", "Copywriter, Designer; Sales, north", "Leads"]))

    assert (sorted(one.links["supporters"]), one.links["kpis"]) == (sorted(ids), [kpi.pk])


def test_one_unknown_name_leaves_the_whole_list_as_it_is(plan, objective):
    RoleFactory(team__plan=plan, title="Copywriter")

    one = only(sheet_of(plan, ["Objective", "Action", "Supporters"], ["Increase sales", "Call", "Copywriter; Juggler"]))

    assert one.links == {}
    assert one.notes == ["Supporters, not taken over: There is no “Juggler” here."]


def test_days_that_could_be_two_are_read_as_somebody_says(plan, objective):
    rows = (["Objective", "Action", "Deadline"], ["Increase sales", "Call", "03/04/2026"])

    days = [only(sheet_of(plan, *rows, day_first=first)).values["deadline"] for first in (True, False)]

    assert days == [dt.date(2026, 4, 3), dt.date(2026, 3, 4)]


@pytest.mark.parametrize("row_count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_rows(plan, row_count, django_assert_num_queries):
    rows = []
    for number in range(row_count):
        action = ActionFactory(objective=ObjectiveFactory(plan=plan, title=f"Objective {number}"))
        rows.append([action.objective.title, "Changed", str(action.uid)])
    sheet = sheet_of(plan, ["Objective", "Action", "Row ID"], *rows)

    with django_assert_num_queries(5):  # roles, people, objectives and KPIs; actions, what they are linked to
        assert len(list(propose(sheet, PlanNames(plan)))) == row_count

    assert Action.objects.count() == row_count
