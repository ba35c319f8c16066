"""What was changed in a row, as its page tells it."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from kpis.kpi.services import link_action_to_kpis
from plans.actions.bulk import Values, change_actions
from plans.actions.undo import undo_bulk_change
from plans.history.causes import restored, said
from plans.history.changes import PAGE, past_of
from plans.history.values import word_by_word
from plans.items.bin import bin_item, restore_item
from tests.factories import ActionFactory, KpiFactory, ObjectiveFactory, RoleFactory, VisitFactory


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan, title="Increase sales")


@pytest.fixture
def action(objective):
    return ActionFactory(objective=objective, title="Call")


def save(row, by=None, on=None, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row._history_user = by
    if on:
        row._history_date = on
    row.save()


def told(row, plan):
    """Each change of the fields, newest first."""
    past = past_of(row, plan)
    return [
        (field.label, field.old, field.new) for day in past.days for change in day.changes for field in change.fields
    ]


def test_each_field_is_told_in_the_words_and_formats_of_the_page(plan, objective, action, alice):
    role = RoleFactory(team__plan=plan, title="Sales manager")
    save(action, status="at_risk", deadline=dt.date(2026, 9, 30), expected_return=Decimal(50_000), role=role)
    save(action, role=None, person=alice)

    assert told(action, plan) == [
        ("Role", "Sales manager", "–"),
        ("Person", "–", "Alice Martin"),
        ("Role", "–", "Sales manager"),
        ("Deadline", "–", "30 Sep"),
        ("Status", "Not started", "At risk"),
        ("Expected return", "–", "50,000\N{NO-BREAK SPACE}€"),
    ]


def test_figures_of_a_kpi_are_told_in_its_unit(plan):
    kpi = KpiFactory(plan=plan, unit="leads", target=40, on_dashboard=False)
    save(kpi, target=Decimal(50), on_dashboard=True)

    assert told(kpi, plan) == [
        ("Target", "40\N{NO-BREAK SPACE}leads", "50\N{NO-BREAK SPACE}leads"),
        ("Show as a tile on the dashboard", "no", "yes"),
    ]


def test_links_to_many_are_told_by_name(plan, action):
    kpi = KpiFactory(plan=plan, name="Leads")

    link_action_to_kpis(action=action, kpis=[kpi])

    assert told(action, plan) == [("KPI", "–", "Leads")]


def test_what_is_gone_is_told_by_the_name_it_had(plan, action, alice, mark):
    role = RoleFactory(team__plan=plan, title="Sales manager")
    save(action, role=role)
    save(action, role=None, person=mark)
    role.delete()
    mark.delete()

    assert told(action, plan) == [
        ("Role", "Sales manager (deleted)", "–"),
        ("Person", "–", "a deleted person"),
        ("Role", "–", "Sales manager (deleted)"),
    ]


def test_of_a_long_text_only_what_changed_is_shown_with_the_words_around_it():
    old = " ".join(f"w{number}" for number in range(40))

    pieces = word_by_word(old, old.replace("w20", "twenty"))

    assert [mark for mark, _text in pieces] == ["", "del", "ins", ""]
    assert [text.strip() for _mark, text in pieces[1:3]] == ["w20", "twenty"]
    assert pieces[0][1] == "w0 w1 w2 w3 w4 w5 w6 w7 …  w12 w13 w14 w15 w16 w17 w18 w19"


def test_changes_are_put_together_by_day_and_person(plan, action, alice, mark):
    save(action, by=mark, on=dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), status="at_risk")
    save(action, by=mark, on=dt.datetime(2026, 3, 2, 15, tzinfo=dt.UTC), status="blocked")
    save(action, by=alice, on=dt.datetime(2026, 3, 2, 16, tzinfo=dt.UTC), status="done", done_on=dt.date(2026, 3, 2))
    action.history.filter(version=1).update(history_date=dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC))

    past = past_of(action, plan)

    assert [(day.on.day, day.who, len(day.changes)) for day in past.days] == [
        (2, "Alice Martin", 1),
        (2, "Mark Weber", 2),
        (1, "", 1),
    ]


def test_a_save_that_changed_nothing_is_not_told(plan, action):
    save(action)

    kinds = [change.kind for day in past_of(action, plan).days for change in day.changes]

    assert kinds == ["+"]


def test_deleting_and_bringing_back_are_told(plan, action, alice):
    restore_item(bin_item(action, by=alice))
    action.refresh_from_db()

    kinds = [change.kind for day in past_of(action, plan).days for change in day.changes]

    assert kinds == ["back", "-", "+"]


def test_how_a_change_came_about_is_said(plan, action, alice):
    change = change_actions(plan, [action], Values(status="blocked"), by=alice, uid=uuid.uuid4())
    action.refresh_from_db()

    together = past_of(action, plan).days[0].changes[0].cause
    undo_bulk_change(change, by=alice)
    taken_back = past_of(action, plan).days[0].changes[0].cause

    assert together == "together with other actions"
    assert taken_back == "took a change of several actions back"


def test_a_restored_state_is_named_by_its_moment():
    moment = dt.datetime(2026, 11, 3, 14, 5, tzinfo=timezone.get_current_timezone())

    assert said(restored(moment)) == "restored the state of 3 Nov 2026, 14:05"
    assert said("Sheet actions.csv") == "Sheet actions.csv"
    assert said(None) == ""


def test_what_others_changed_since_the_last_visit_is_marked(as_bob, bob, plan, action, alice):
    VisitFactory(plan=plan, user=bob, since=timezone.now() - dt.timedelta(hours=1))
    action.history.update(history_date=timezone.now() - dt.timedelta(days=2))
    save(action, by=alice, title="Write")
    save(action, by=bob, title="Read")

    past = as_bob.get(reverse("plans:action_history", args=[action.pk])).context["past"]

    assert [(change.version, change.is_news) for day in past.days for change in day.changes] == [
        (3, False),
        (2, True),
        (1, False),
    ]


# Its page


def test_a_long_history_comes_in_pages(as_bob, plan, action, htmx):
    for number in range(PAGE + 2):
        save(action, title=f"Call {number}")
    url = reverse("plans:action_history", args=[action.pk])

    page = as_bob.get(url)
    rest = as_bob.get(f"{url}?from={page.context['past'].following}", headers=htmx("history-more"))

    def versions(response):
        return [change.version for day in response.context["past"].days for change in day.changes]

    assert versions(page) + versions(rest) == list(range(PAGE + 3, 0, -1))
    assert rest.context["past"].following is None
    assert "<html" not in rest.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_changes(
    as_bob, plan, objective, action, alice, count, django_assert_num_queries
):
    roles = RoleFactory.create_batch(count, team__plan=plan)
    for role in roles:
        save(action, by=alice, role=role)
        link_action_to_kpis(action=action, kpis=[KpiFactory(plan=plan)])
    url = reverse("plans:action_history", args=[action.pk])
    as_bob.get(url)

    # (8): session, user, action, plan, versions with who made them; what roles and KPIs are called; companies
    with django_assert_num_queries(8):
        as_bob.get(url)


def test_readers_see_the_history_but_no_way_to_restore(as_bob, action):
    save(action, title="Write")

    page = as_bob.get(reverse("plans:action_history", args=[action.pk]))

    assert "<del>Call</del>" in page.text
    assert "Restore this state" not in page.text


def test_every_state_but_the_present_one_can_be_restored(as_mark, action):
    save(action, title="Write")

    page = as_mark.get(reverse("plans:action_history", args=[action.pk]))

    assert page.text.count("Restore this state") == 1
    assert reverse("plans:action_restore", args=[action.pk]) + "?state=1" in page.text


@pytest.mark.parametrize("kind", ["action", "objective", "kpi"])
def test_the_page_of_a_row_fetches_its_history(as_bob, plan, objective, action, kind):
    row = {"action": action, "objective": objective, "kpi": KpiFactory(plan=plan)}[kind]

    page = as_bob.get(row.get_absolute_url())

    assert f'hx-get="{row.get_absolute_url()}history/"' in page.text


def test_what_somebody_typed_is_shown_as_text(as_bob, action):
    save(action, title="<script>alert(1)</script>", description="<b>x</b>")
    save(action, description="<b>y</b>")

    page = as_bob.get(reverse("plans:action_history", args=[action.pk])).text

    assert "<script>alert" not in page
    assert "<del>&lt;b&gt;x&lt;/b&gt;</del>" in page


def test_beyond_the_first_change_there_are_none(as_bob, plan, action):
    page = as_bob.get(reverse("plans:action_history", args=[action.pk]), {"from": 3})

    assert (page.status_code, page.context["past"].days) == (200, [])
