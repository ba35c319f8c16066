"""The timeline: what is drawn where, and how a bar is moved."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions.scale import Scale
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


def show(client, plan, query="", **extra):
    return client.get(reverse("plans:actions", args=[plan.pk]) + f"?view=timeline{query}", **extra)


def rows(response):
    return {row["title"]: row for group, _points in response.context["groups"] for row in group.rows}


def bar_url(action):
    return reverse("plans:action_bar", args=[action.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_bars(as_alice, plan, objective, count, django_assert_num_queries):
    ActionFactory.create_batch(count, objective=objective, deadline=dt.date(2026, 5, 1))
    KpiFactory.create_batch(count, plan=plan, objective=objective)

    # session, user, plan, saved views, first and last date, totals, rows, what they wait for, checkpoints; in the
    # rail: completeness, workspaces, the week
    with django_assert_num_queries(12):
        response = show(as_alice, plan)

    assert response.context["page"].total == count


def test_a_bar_reaches_from_the_start_to_the_evening_of_the_deadline(as_alice, plan, objective):
    ActionFactory(objective=objective, title="Advertise", starts_on=dt.date(2026, 1, 1), deadline=dt.date(2026, 12, 31))

    bar = rows(show(as_alice, plan))["Advertise"]["bar"]

    assert (bar["x"], bar["width"], bar["point"]) == ("0.00%", "100.00%", False)


def test_a_bar_says_what_it_waits_for_as_an_arrow_and_in_words(as_alice, plan, objective):
    first = ActionFactory(objective=objective, title="Hire an agency", deadline=dt.date(2026, 3, 1))
    second = ActionFactory(objective=objective, title="Advertise", deadline=dt.date(2026, 5, 1))
    second.waits_for.add(first)

    response = show(as_alice, plan)

    assert f'<tr id="action-{second.pk}" data-waits="{first.pk}">' in response.text
    assert "waits for “Hire an agency”" in rows(response)["Advertise"]["says"]
    assert "waits for" not in rows(response)["Hire an agency"]["says"]


def test_a_single_date_is_a_point_and_none_is_said(as_alice, plan, objective):
    ActionFactory(objective=objective, title="One", deadline=dt.date(2026, 7, 2))
    ActionFactory(objective=objective, title="None")

    response = show(as_alice, plan)

    assert rows(response)["One"]["bar"]["point"]
    assert rows(response)["None"]["bar"] is None
    assert "no dates" in response.text


def test_the_whole_plan_shows_what_lies_beyond_it_but_not_by_a_century(as_alice, plan, objective):
    ActionFactory(objective=objective, deadline=dt.date(2027, 2, 10))
    assert show(as_alice, plan).context["scale"] == Scale(dt.date(2026, 1, 1), dt.date(2027, 2, 28))

    ActionFactory(objective=objective, deadline=dt.date(2126, 2, 10))
    assert show(as_alice, plan).context["scale"].last == dt.date(2028, 1, 31)


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("&zoom=quarter&from=2026-04", (2026, 4, 1), (2026, 6, 30)),
        ("&zoom=month&from=2026-02", (2026, 2, 1), (2026, 2, 28)),
        ("&zoom=month&from=2026-12", (2026, 12, 1), (2026, 12, 31)),
    ],
)
def test_a_stretch_is_shown_as_the_address_says(as_alice, plan, objective, query, first, last):
    ActionFactory(objective=objective)

    assert show(as_alice, plan, query).context["scale"] == Scale(dt.date(*first), dt.date(*last))


@pytest.mark.parametrize("nonsense", ["&zoom=year", "&zoom=month&from=yesterday", "&zoom=quarter&from=0001-01"])
def test_an_address_nobody_wrote_shows_something_all_the_same(as_alice, plan, objective, nonsense):
    ActionFactory(objective=objective)

    assert show(as_alice, plan, nonsense).status_code == 200


def test_what_lies_outside_of_the_stretch_is_said_in_words(as_alice, plan, objective):
    ActionFactory(
        objective=objective, title="Past", deadline=dt.date(2026, 1, 15), status="done", done_on=dt.date(2026, 1, 15)
    )
    ActionFactory(objective=objective, title="Later", starts_on=dt.date(2026, 9, 1))

    response = show(as_alice, plan, "&zoom=quarter&from=2026-04")

    assert "← 15 Jan" in response.text
    assert "from 1 Sep →" in response.text


def test_overdue_is_said_beside_the_bar_and_in_its_label(as_alice, plan, objective):
    late = timezone.localdate() - dt.timedelta(days=3)
    ActionFactory(objective=objective, title="Advertise", deadline=late, status="blocked")

    response = show(as_alice, plan)

    assert rows(response)["Advertise"]["bar"]["label"] == "Blocked, 3 days late"
    assert "Blocked, 3 days late" in rows(response)["Advertise"]["says"]


def test_today_is_drawn_when_it_is_in_the_stretch(as_alice, plan, objective):
    ActionFactory(objective=objective)
    today = timezone.localdate()

    assert show(as_alice, plan, f"&zoom=month&from={today:%Y-%m}").context["today_x"]
    assert show(as_alice, plan, "&zoom=month&from=2001-01").context["today_x"] == ""


def test_the_days_on_which_kpis_are_due_stand_with_their_objective(as_alice, plan, objective):
    ActionFactory(objective=objective)
    KpiFactory(plan=plan, objective=objective, name="Leads", deadline=dt.date(2026, 6, 30))
    KpiFactory(plan=plan, objective=objective, name="Win rate")
    KpiFactory(plan=plan, objective=objective, name="Visits")

    ((_group, points),) = show(as_alice, plan).context["groups"]

    assert {point["label"]: point["says"] for point in points} == {
        "Leads": "30 June 2026: target of Leads",
        "2 KPIs": "31 December 2026: target of Win rate, Visits",
    }


def test_fifty_bars_a_page_and_the_next_are_fetched(as_alice, plan, objective, htmx):
    ActionFactory.create_batch(60, objective=objective)

    page = show(as_alice, plan).context["page"]
    rest = show(as_alice, plan, f"&page={page.next_page}", headers=htmx("action-more"))

    assert (page.shown, page.total) == (50, 60)
    assert rest.text.count('<tr id="action-') == 10
    assert "<html" not in rest.text


def test_readers_see_bars_described_in_words_and_without_handles(as_bob, plan, objective):
    ActionFactory(
        objective=objective,
        title="Advertise",
        starts_on=dt.date(2026, 3, 1),
        deadline=dt.date(2026, 4, 1),
        status="done",
        done_on=dt.date(2026, 4, 1),
    )

    page = show(as_bob, plan).text

    assert 'role="img" aria-label="1 Mar to 1 Apr, Done"' in page
    assert [handle for handle in ("slider", "data-timeline", "tl-end", "timeline.js") if handle in page] == []


# Moving


@pytest.fixture
def action(objective):
    return ActionFactory(objective=objective, starts_on=dt.date(2026, 3, 1), deadline=dt.date(2026, 4, 1))


def test_a_manager_moves_a_bar(as_mark, action, mark, htmx):
    data = {"starts_on": "2026-03-08", "deadline": "2026-04-08", "version": action.version}

    response = as_mark.post(bar_url(action), data, headers=htmx())

    action.refresh_from_db()
    assert (action.starts_on, action.deadline) == (dt.date(2026, 3, 8), dt.date(2026, 4, 8))
    assert action.history.first().history_user == mark
    assert 'data-first="2026-03-08"' in response.text


def test_a_date_that_is_not_sent_stays(as_mark, action):
    as_mark.post(bar_url(action), {"deadline": "2026-05-01"})

    action.refresh_from_db()
    assert (action.starts_on, action.deadline) == (dt.date(2026, 3, 1), dt.date(2026, 5, 1))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"deadline": "2026-02-01"}, "must not come before the start"),
        ({"deadline": "2026-02-31"}, "There is no such day"),
        ({"starts_on": "tomorrow"}, "date"),
    ],
)
def test_impossible_dates_are_explained_and_nothing_is_saved(as_mark, action, htmx, data, message):
    response = as_mark.post(bar_url(action), data, headers=htmx())

    action.refresh_from_db()
    assert response.status_code == 422
    assert message in response.text
    assert (action.starts_on, action.deadline) == (dt.date(2026, 3, 1), dt.date(2026, 4, 1))


def test_two_people_move_one_bar_and_the_second_sees_both(as_mark, action, alice, htmx):
    seen = action.version
    action.deadline, action._history_user = dt.date(2026, 4, 10), alice
    action.save()
    mine = {"starts_on": "2026-03-01", "deadline": "2026-04-20"}

    response = as_mark.post(bar_url(action), mine | {"version": seen}, headers=htmx())

    action.refresh_from_db()
    assert response.status_code == 409
    assert "Alice Martin set" in response.text
    assert action.deadline == dt.date(2026, 4, 10)

    as_mark.post(bar_url(action), mine | {"version": action.version}, headers=htmx())

    action.refresh_from_db()
    assert action.deadline == dt.date(2026, 4, 20)


def test_one_moves_the_start_the_other_the_deadline_and_both_are_kept(as_mark, action, htmx):
    seen = action.version
    action.deadline = dt.date(2026, 4, 10)
    action.save()
    mine = {"starts_on": "2026-03-05", "deadline": "2026-04-01", "version": seen}

    as_mark.post(bar_url(action), mine, headers=htmx())

    action.refresh_from_db()
    assert (action.starts_on, action.deadline) == (dt.date(2026, 3, 5), dt.date(2026, 4, 10))


@pytest.mark.parametrize("person", ["as_bob", "as_mia"])
def test_readers_move_no_bar(request, person, action):
    response = request.getfixturevalue(person).post(bar_url(action), {"deadline": "2026-05-01"})

    action.refresh_from_db()
    assert (response.status_code, action.deadline) == (403, dt.date(2026, 4, 1))


def test_without_javascript_both_dates_have_a_form(as_mark, action):
    url = reverse("plans:action_cell", args=[action.pk]) + "?cell=dates"

    page = as_mark.get(url)
    as_mark.post(url, {"starts_on": "2026-03-02", "deadline": "2026-04-02"})

    action.refresh_from_db()
    assert 'name="starts_on"' in page.text
    assert (action.starts_on, action.deadline) == (dt.date(2026, 3, 2), dt.date(2026, 4, 2))
