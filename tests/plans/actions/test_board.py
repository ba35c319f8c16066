"""The board: what stands in which column, and how a card is moved."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions import board
from tests.factories import (
    ActionFactory,
    AllocationFactory,
    BudgetLineFactory,
    KpiFactory,
    ObjectiveFactory,
    RoleFactory,
)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


def show(client, plan, query="", **extra):
    return client.get(reverse("plans:actions", args=[plan.pk]) + f"?view=board{query}", **extra)


def columns(response):
    return {column.value: [card["title"] for card in column.cards] for column in response.context["columns"]}


def card_url(action, by="status"):
    return reverse("plans:action_card", args=[action.pk]) + f"?by={by}"


@pytest.mark.parametrize("by", ["status", "who", "objective"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_cards(
    as_alice, plan, objective, by, count, django_assert_num_queries
):
    for action in ActionFactory.create_batch(count, objective=objective, role=RoleFactory(team__plan=plan)):
        KpiFactory(plan=plan).actions.add(action)

    # session, user, plan, saved views, columns, cards, KPIs; in the rail: completeness, workspaces, the week
    with django_assert_num_queries(10):
        response = show(as_alice, plan, f"&by={by}")

    assert sum(map(len, columns(response).values())) == count


def test_each_status_is_a_column_also_when_nothing_is_in_it(as_alice, plan, objective):
    ActionFactory(objective=objective, title="Stuck", status="blocked")

    assert columns(show(as_alice, plan)) == {
        "not_started": [],
        "in_progress": [],
        "at_risk": [],
        "blocked": ["Stuck"],
        "done": [],
        "cancelled": [],
    }


def test_a_column_counts_its_cards_and_their_budget(as_alice, plan, objective):
    line = BudgetLineFactory(plan=plan)
    for amount in (12_000, 500):
        AllocationFactory(line=line, action=ActionFactory(objective=objective), amount=amount)

    column = show(as_alice, plan).context["columns"][0]

    assert (column.count, column.budget) == (2, 12_500)


def test_nobody_stands_before_everybody_who_answers(as_alice, plan, objective, alice):
    role = RoleFactory(team__plan=plan, title="CRM manager", holder=alice)
    ActionFactory(objective=objective, title="By role", role=role)
    ActionFactory(objective=objective, title="By name", person=alice)
    ActionFactory(objective=objective, title="Nobody's")

    found = columns(show(as_alice, plan, "&by=who"))

    assert list(found.items()) == [
        ("none", ["Nobody's"]),
        (f"person-{alice.pk}", ["By name"]),
        (f"role-{role.pk}", ["By role"]),
    ]


def test_objectives_without_actions_are_columns_too(as_alice, plan, objective):
    empty = ObjectiveFactory(plan=plan, title="Retain customers")
    ActionFactory(objective=objective, title="Advertise")

    assert columns(show(as_alice, plan, "&by=objective")) == {str(objective.pk): ["Advertise"], str(empty.pk): []}


def test_filters_hold_on_the_board(as_alice, plan, objective):
    ActionFactory(objective=objective, title="Advertise online")
    ActionFactory(objective=objective, title="Call lost accounts")

    assert columns(show(as_alice, plan, "&q=advert"))["not_started"] == ["Advertise online"]


def test_what_is_due_first_stands_first(as_alice, plan, objective):
    for title, day in (("Later", 20), ("Sooner", 10), ("Some day", None)):
        ActionFactory(objective=objective, title=title, deadline=day and dt.date(2026, 5, day))

    assert columns(show(as_alice, plan))["not_started"] == ["Sooner", "Later", "Some day"]
    assert columns(show(as_alice, plan, "&sort=-title"))["not_started"] == ["Sooner", "Some day", "Later"]


def test_a_long_column_shows_its_first_cards_and_fetches_the_next(as_alice, plan, objective, htmx):
    ActionFactory.create_batch(60, objective=objective)

    column = show(as_alice, plan, "&kind=").context["columns"][0]
    seen = [card["pk"] for card in column.cards]
    following = column.next
    while following:
        response = as_alice.get(following.url, headers=htmx())
        seen += [card["pk"] for card in response.context["cards"]]
        following = response.context["next"]

    assert len(column.cards) == board.CARDS
    assert (len(seen), len(set(seen))) == (60, 60)


def test_without_javascript_the_rest_of_a_column_is_in_the_table(as_alice, plan, objective):
    ActionFactory.create_batch(board.CARDS + 1, objective=objective, status="blocked")

    href = show(as_alice, plan, "&q=launch").context["columns"][3].next.href

    page = as_alice.get(reverse("plans:actions", args=[plan.pk]) + href)
    assert page.context["page"].total == board.CARDS + 1


def test_a_board_is_no_wider_than_so_many_columns(as_alice, plan, objective):
    for _number in range(board.MOST_COLUMNS + 2):
        ActionFactory(objective=objective, role=RoleFactory(team__plan=plan))

    context = show(as_alice, plan, "&by=who").context

    assert (len(context["columns"]), context["beyond"]) == (board.MOST_COLUMNS, 3)
    assert context["page"].total == board.MOST_COLUMNS + 2


@pytest.mark.parametrize(
    "query", ["view=board&column=finished", "view=board&by=who&column=role-x", "view=board&by=objective&column=-", ""]
)
def test_a_column_that_cannot_be_is_not_found(as_alice, plan, query):
    assert as_alice.get(reverse("plans:action_column", args=[plan.pk]) + f"?{query}").status_code == 404


def test_late_and_soon_are_said_on_the_card(as_alice, plan, objective):
    today = timezone.localdate()
    ActionFactory(objective=objective, deadline=today - dt.timedelta(days=2))
    ActionFactory(objective=objective, deadline=today + dt.timedelta(days=2))

    page = show(as_alice, plan).text

    assert '<span class="late">2 days late</span>' in page
    assert '<span class="soon">in 2 days</span>' in page


def test_readers_see_the_board_without_handles(as_bob, plan, objective):
    ActionFactory(objective=objective)

    page = show(as_bob, plan).text

    assert 'class="ac"' in page
    assert [handle for handle in ("ac-mv", "data-board", "board.js", "move-dialog") if handle in page] == []


# Moving


@pytest.mark.parametrize("by", ["status", "objective", "who"])
def test_a_manager_moves_a_card(as_mark, plan, objective, mark, htmx, by):
    role, other = RoleFactory(team__plan=plan), ObjectiveFactory(plan=plan)
    action = ActionFactory(objective=objective, title="Advertise")
    value = {"status": "done", "objective": str(other.pk), "who": f"role-{role.pk}"}[by]

    response = as_mark.post(card_url(action, by), {"value": value, "version": action.version}, headers=htmx())

    action.refresh_from_db()
    assert response.status_code == 200
    assert f'data-in="{value}"' in response.text
    assert board.value_of(vars(action), by) == value
    assert action.history.first().history_user == mark


def test_moving_to_nobody_keeps_who_supports(as_mark, plan, objective, alice):
    action = ActionFactory(objective=objective, person=alice)
    action.supporters.add(RoleFactory(team__plan=plan))

    as_mark.post(card_url(action, "who"), {"value": "none"})

    action.refresh_from_db()
    assert (action.person, action.supporters.count()) == (None, 1)


def test_a_card_that_is_done_knows_since_when(as_mark, objective):
    action = ActionFactory(objective=objective)

    as_mark.post(card_url(action), {"value": "done"})

    action.refresh_from_db()
    assert action.done_on == timezone.localdate()


def test_a_move_says_what_every_column_counts_now_under_the_filters_of_the_page(as_mark, plan, objective, htmx):
    action = ActionFactory(objective=objective, title="Advertise")
    AllocationFactory(line=BudgetLineFactory(plan=plan), action=action, amount=12_000)
    ActionFactory(objective=objective, title="Call lost accounts", status="blocked")
    page = f"http://testserver{reverse('plans:actions', args=[plan.pk])}?view=board&q=advert"

    response = as_mark.post(card_url(action), {"value": "done"}, headers=htmx() | {"HX-Current-URL": page})

    assert '"done": ["1", "12\\u00a0k' in response.headers["HX-Trigger"]
    assert '"not_started": ["0", ""]' in response.headers["HX-Trigger"]


@pytest.mark.parametrize(
    ("by", "mine", "theirs", "said"),
    [
        ("status", "done", {"status": "blocked"}, "Alice Martin set “Status” to Blocked"),
        ("who", "none", {"person": "alice"}, "Alice Martin set “Responsible” to Alice Martin"),
    ],
)
def test_the_second_of_two_people_sees_both_and_chooses(
    as_mark, plan, objective, alice, mark, htmx, by, mine, theirs, said
):
    action = ActionFactory(objective=objective, person=mark)
    seen = action.version
    for field, value in theirs.items():
        setattr(action, field, alice if value == "alice" else value)
    action._history_user = alice
    action.save()

    response = as_mark.post(card_url(action, by), {"value": mine, "version": seen}, headers=htmx())

    unchanged = type(action).objects.get(pk=action.pk)
    assert response.status_code == 409
    assert said in response.text.replace("<b>", "")
    assert board.value_of(vars(unchanged), by) == board.value_of(vars(action), by)

    as_mark.post(card_url(action, by), {"value": mine, "version": action.version}, headers=htmx())

    action.refresh_from_db()
    assert board.value_of(vars(action), by) == mine


@pytest.mark.parametrize(
    ("by", "value"),
    [("status", "finished"), ("status", ""), ("who", ""), ("who", "role-999"), ("who", "x"), ("objective", "999")],
)
def test_a_column_there_is_none_of_is_refused_and_nothing_is_saved(as_mark, objective, htmx, by, value):
    action = ActionFactory(objective=objective)

    response = as_mark.post(card_url(action, by), {"value": value}, headers=htmx())

    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert type(action).objects.get(pk=action.pk).version == action.version


def test_a_card_goes_to_no_objective_of_another_plan(as_mark, objective, htmx):
    action = ActionFactory(objective=objective)

    response = as_mark.post(card_url(action, "objective"), {"value": ObjectiveFactory().pk}, headers=htmx())

    action.refresh_from_db()
    assert (response.status_code, action.objective) == (422, objective)


@pytest.mark.parametrize("person", ["as_bob", "as_mia"])
def test_readers_move_nothing(request, person, objective):
    action = ActionFactory(objective=objective)

    response = request.getfixturevalue(person).post(card_url(action), {"value": "done"})

    action.refresh_from_db()
    assert (response.status_code, action.status) == (403, "not_started")


def test_where_a_card_may_go_is_offered_with_where_it_is(as_mark, plan, objective, alice, carol):
    action = ActionFactory(objective=objective, person=alice)

    choices = as_mark.get(card_url(action, "who")).context["choices"]

    assert ("none", "–", False) in choices
    assert (f"person-{alice.pk}", "Alice Martin", True) in choices
    assert "Carol Novak" not in [label for _value, label, _here in choices]


def test_an_unknown_kind_of_column_is_not_found(as_mark, objective):
    assert as_mark.get(card_url(ActionFactory(objective=objective), "plan")).status_code == 404
