"""Health where actions are shown: marked where there is something to say, with the reason in words."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from plans.actions.facts import action_row
from plans.models import Action
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, PlanFactory, ReadingFactory, RoleFactory


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def plan(workspace):
    return PlanFactory(workspace=workspace, starts_on=in_days(-200), ends_on=in_days(165))


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan)


@pytest.fixture
def role(plan):
    return RoleFactory(team__plan=plan, title="Marketing manager")


@pytest.fixture
def action(objective, role):
    return ActionFactory(objective=objective, role=role, title="Advertise", status="in_progress", deadline=in_days(30))


@pytest.fixture
def hire(action):
    """It is late, and Advertise waits for it."""
    hire = ActionFactory(
        objective=action.objective, role=action.role, title="Hire", status="blocked", deadline=in_days(-2)
    )
    action.waits_for.add(hire)
    return hire


def status_cell(action):
    html = action_row(action.plan, action.pk, today=timezone.localdate())["html"]
    return html.partition('<td data-f="status">')[2].partition("<td")[0].partition("</span>")[2]


def shown(client, plan, query):
    page = client.get(reverse("plans:actions", args=[plan.pk]) + query)
    return [row["title"] for row in page.context["page"].rows]


# In the table


def test_what_is_on_track_is_not_marked(action):
    assert status_cell(action) == ""


def test_the_mark_says_the_worst_and_that_the_owner_says_otherwise(action, hire):
    assert status_cell(action) == "<b class=off>≠ Off track<i> Waits for “Hire”, which is 2 days late</i></b>"


def test_what_stands_beside_the_deadline_is_not_said_again(hire, action):
    hire.waits_for.add(ActionFactory(objective=hire.objective, title="Ask", deadline=in_days(5)))

    assert status_cell(hire) == "<b class=off>Off track</b>"


def test_an_owner_who_sees_trouble_where_nothing_shows_it_is_told(action):
    action.status = "at_risk"
    action.save()

    assert status_cell(action) == "<b class=well>≠ On track</b>"


def test_a_name_in_a_reason_stays_text(action, hire):
    hire.title = "<script>"
    hire.save()

    assert "<i> Waits for “&lt;script&gt;”, which" in status_cell(action)


def test_each_reader_has_the_mark_in_her_own_words(action, hire):
    with translation.override("pl"):
        assert "Off track" not in status_cell(action)


def test_the_page_asks_as_many_questions_as_before(as_alice, plan, action, hire, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = as_alice.get(reverse("plans:actions", args=[plan.pk]))

    assert "which is 2 days late" in page.text


def test_a_date_that_is_edited_answers_with_the_new_mark(as_mark, action, htmx):
    url = reverse("plans:action_cell", args=[action.pk]) + "?cell=due"

    response = as_mark.post(url, {"deadline": in_days(-1), "version": action.version}, headers=htmx())

    assert "<b class=off>≠ Off track</b>" in response.text


def test_it_brings_the_marks_of_those_that_wait(as_mark, action, hire, htmx):
    url = reverse("plans:action_cell", args=[hire.pk]) + "?cell=status"

    response = as_mark.post(url, {"status": "done", "version": hire.version}, headers=htmx())

    parts = response.text.split("<tr ")[1:]
    assert [part.partition(" ")[0] for part in parts] == [f'id="action-{hire.pk}"', f'id="action-{action.pk}"']
    assert 'data-f="due"' in parts[0]
    assert 'data-f="due"' not in parts[1]
    assert "<b" not in parts[1]


def test_a_bulk_change_brings_the_marks_of_those_that_wait(as_mark, plan, action, hire, htmx):
    data = {"ids": hire.pk, "status": "done", "uid": uuid.uuid4()}

    response = as_mark.post(reverse("plans:actions_change", args=[plan.pk]), data, headers=htmx("bulk-says"))

    assert f'id="action-{action.pk}"' in response.text
    assert "Off track" not in response.text


# Filters and order


@pytest.fixture
def four(objective, role, action, hire):
    """Off track twice, at risk, and without anything to judge by; of what is over there is nothing to say."""
    ActionFactory(objective=objective, title="Write", deadline=in_days(3), role=role)
    ActionFactory(objective=objective, title="Think", role=role)
    ActionFactory(objective=objective, title="Past", status="done", done_on=in_days(0), deadline=in_days(-9))
    return objective


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?health=off_track", {"Advertise", "Hire"}),
        ("?health=at_risk&health=no_data", {"Write", "Think"}),
        ("?health=on_track", set()),
        ("?disagrees=yes", {"Advertise"}),
    ],
)
def test_the_table_is_filtered_by_health_and_to_where_they_disagree(as_alice, plan, four, query, expected):
    assert set(shown(as_alice, plan, query)) == expected


def test_the_table_is_sorted_by_health(as_alice, plan, four):
    assert shown(as_alice, plan, "?sort=health") == ["Advertise", "Hire", "Write", "Think", "Past"]
    page = as_alice.get(reverse("plans:actions", args=[plan.pk]) + "?sort=health")
    assert 'class="h-status" aria-sort="ascending"' in page.text
    assert "sort=-health" in page.text


def test_a_saved_view_keeps_the_filter(as_alice, plan, four):
    page = as_alice.get(reverse("plans:actions", args=[plan.pk]) + "?disagrees=yes&health=off_track")

    assert page.context["current"] == "view=table&health=off_track&disagrees=yes"


# Other views


@pytest.mark.parametrize("view", ["board", "mine"])
def test_a_card_has_the_mark(as_alice, alice, plan, action, hire, view):
    action.role.holder = alice
    action.role.save()

    page = as_alice.get(reverse("plans:actions", args=[plan.pk]) + f"?view={view}")

    mark = '<span class="hl"><b class=off>≠ Off track<i> Waits for “Hire”, which is 2 days late</i></b></span>'
    assert mark in page.text


def test_a_bar_says_it_in_its_description_its_edge_and_its_label(as_alice, plan, action, hire):
    page = as_alice.get(reverse("plans:actions", args=[plan.pk]) + "?view=timeline")

    assert "In progress, Off track: Waits for “Hire”, which is 2 days late" in page.text
    assert 'class="tl-bar in_progress off"' in page.text
    assert ">▼ Off track</tspan></text>" in page.text


def test_the_calendar_says_it_of_what_is_marked_by_nothing_else(as_alice, plan, action, hire):
    month = f"{action.deadline:%Y-%m}"

    page = as_alice.get(reverse("plans:actions", args=[plan.pk]) + f"?view=calendar&month={month}")

    assert "Off track: Waits for “Hire”, which is 2 days late</span>" in page.text


# The page of an action


def detail(client, action):
    return client.get(reverse("plans:action_detail", args=[action.pk]))


def test_its_page_lists_every_reason_with_where_it_comes_from(as_bob, plan, action, hire):
    kpi = KpiFactory(plan=plan, name="Leads", baseline=None, target=100, unit="leads")
    kpi.actions.add(action)
    monday = timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday())
    ReadingFactory(kpi=kpi, period=monday, value=62)

    page = detail(as_bob, action)

    lines = page.context["health"].reasons
    assert [line.url for line in lines] == [hire.get_absolute_url(), kpi.get_absolute_url()]
    assert lines[0].words == "Waits for “Hire”, which is 2 days late"
    assert lines[1].words.startswith("KPI “Leads” is at 62% of its pace: 62\N{NO-BREAK SPACE}leads on ")
    assert "Its status says “In progress”, but dates, links and KPIs say otherwise." in page.text
    assert "Change the status" not in page.text


def test_its_page_leads_to_the_status_for_those_who_may_change_it(as_mark, action, hire):
    assert reverse("plans:action_cell", args=[action.pk]) + "?cell=status" in detail(as_mark, action).text


def test_its_page_says_when_nothing_is_wrong_and_when_nothing_is_known(as_bob, action):
    assert "Its dates, what it waits for and its KPIs are as they should be." in detail(as_bob, action).text

    action.deadline = None
    action.save()

    assert "There is nothing to judge by yet" in detail(as_bob, action).text


def test_what_was_done_late_says_so_and_has_no_health(as_bob, action):
    action.status, action.done_on, action.deadline = "done", in_days(0), in_days(-3)
    action.save()

    page = detail(as_bob, action)

    assert "Done 3 days late" in page.text
    assert page.context["health"] is None


def test_its_page_opened_on_another_day_does_not_show_yesterday(as_bob, plan, action):
    Action.objects.filter(pk=action.pk).update(deadline=in_days(-1))
    type(plan).objects.update(health_on=in_days(-1))

    assert [line.words for line in detail(as_bob, action).context["health"].reasons] == ["1 day late"]


# In a sheet


def test_a_sheet_that_comes_back_leaves_health_alone(plan, action, hire):
    from plans.imports.fields import guess_columns

    assert guess_columns(["Action", "Status", "Health"]) == ["title", "status", ""]
    with translation.override("pl"):
        assert guess_columns(["Działanie", "Status", "Kondycja"]) == ["title", "status", ""]
