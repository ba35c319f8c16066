"""Actions that programs change: by the rules of the page, and told to those who watch."""

import pytest

from plans.models import Action, BinnedItem, Notice
from tests.factories import ActionFactory, ObjectiveFactory, PlanFactory, RoleFactory


@pytest.fixture
def action(plan):
    return ActionFactory(objective__plan=plan, title="Call lost accounts")


def test_an_action_is_added_at_the_end_of_its_objective(program, mark, action):
    sent = {"objective": action.objective_id, "title": "Write", "effort": "1.5", "responsible": f"person-{mark.pk}"}

    answer = program(mark)("POST", "actions", sent)

    added = Action.objects.get(title="Write")
    assert (answer.status_code, answer.json()["id"], answer.json()["responsible"]) == (
        201,
        added.pk,
        f"person-{mark.pk}",
    )
    assert added.position == action.position + 1


def test_status_deadline_responsible_and_title_are_changed_and_nothing_else(program, mark, action, plan):
    role = RoleFactory(team__plan=plan)
    sent = {"status": "done", "deadline": "2026-09-01", "responsible": f"role-{role.pk}", "title": "Call them"}

    answer = program(mark)("PATCH", f"actions/{action.pk}", sent).json()

    assert {name: answer[name] for name in sent} == sent
    assert answer["done_on"]
    record = action.history.first()
    assert (record.history_user, record.history_change_reason) == (mark, "By API token “Export”")


def test_links_stay_when_they_are_not_sent(program, mark, action, plan):
    other, role = ActionFactory(objective=action.objective), RoleFactory(team__plan=plan)
    action.waits_for.add(other)
    action.supporters.add(role)

    answer = program(mark)("PATCH", f"actions/{action.pk}", {"title": "Call them"}).json()

    assert (answer["waits_for"], answer["supporters"]) == ([other.pk], [role.pk])


def test_who_watches_is_told(program, alice, mark, action):
    action.person = alice
    action.save()

    program(mark)("PATCH", f"actions/{action.pk}", {"status": "blocked"})

    notice = Notice.objects.get(kind="status")
    assert (notice.membership.user, notice.by) == (alice, mark)


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"title": ""}, "title", "This field is required."),
        (
            {"starts_on": "2026-09-02", "deadline": "2026-09-01"},
            "deadline",
            "The deadline must not come before the start.",
        ),
        ({"effort": 1.3}, "effort", "Write whole quarters of an hour, for example 1.25 or 7.5."),
        ({"expected_return": -1}, "expected_return", "The expected return cannot be negative."),
        ({"status": "finished"}, "status", "Outside what is allowed"),
        ({"responsible": "person-999"}, "responsible", "Select a valid choice."),
        ({"objective": 999}, "objective", "Select a valid choice."),
        ({"title": "a\u0000b"}, "title", "Null characters are not allowed."),
    ],
)
def test_the_rules_are_those_of_the_page(program, mark, action, sent, field, message):
    answer = program(mark)("PATCH", f"actions/{action.pk}", sent)

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["field"]) == (422, field)
    assert error["message"].startswith(message)
    assert action.history.count() == 1


def test_an_action_does_not_wait_for_one_of_another_plan(program, mark, action, workspace):
    foreign = ActionFactory(objective__plan=PlanFactory(workspace=workspace))

    answer = program(mark)("PATCH", f"actions/{action.pk}", {"waits_for": [foreign.pk]})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "waits_for")


def test_a_deleted_action_can_be_brought_back(program, mark, action, plan):
    assert program(mark)("DELETE", f"actions/{action.pk}").status_code == 204

    assert (Action.objects.count(), BinnedItem.objects.in_plan(plan).count()) == (0, 1)


def test_actions_are_found_by_plan_objective_and_status(program, mark, action, workspace):
    ActionFactory(objective=ObjectiveFactory(plan=action.plan), status="blocked")
    ActionFactory(objective__plan=PlanFactory(workspace=workspace))
    asks = program(mark)

    def found(query):
        return [row["id"] for row in asks("GET", f"actions?{query}").json()["items"]]

    assert len(found(f"plan={action.plan_id}")) == 2
    assert found(f"objective={action.objective_id}") == [action.pk]
    assert found(f"plan={action.plan_id}&status=not_started") == [action.pk]
    assert asks("GET", "actions?status=finished").status_code == 422


def test_the_list_has_the_same_number_of_queries_however_long(program, mark, action, django_assert_num_queries):
    asks = program(mark)
    with django_assert_num_queries(5):  # (5): the request counted, token, actions, supporters, what they wait for
        asks("GET", "actions")

    for _time in range(2):
        ActionFactory(objective=action.objective)
    with django_assert_num_queries(5):
        asks("GET", "actions")


def test_today_is_the_day_where_the_person_of_the_token_is(program, mark, action):
    asks, days = program(mark), []
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # never on the same day
        mark.time_zone = zone
        mark.save()
        asks("PATCH", f"actions/{action.pk}", {"status": "in_progress"})
        days.append(asks("PATCH", f"actions/{action.pk}", {"status": "done"}).json()["done_on"])

    assert days[0] > days[1]
