"""What others have changed since the reader's last visit: marked in the table, counted, and found."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions.models import Action
from plans.history.changes import PAGE
from plans.items.bin import bin_item, restore_item
from plans.models import Visit
from plans.plan.page import last_visit_ended
from tests.factories import ActionFactory, ObjectiveFactory, VisitFactory

HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


@pytest.fixture
def objective(plan):
    return ObjectiveFactory(plan=plan)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def old_visit(plan, mark, now):
    """Mark was here two hours ago."""
    return VisitFactory(plan=plan, user=mark, seen_at=now - 2 * HOUR)


def changed(objective, by, ago=HOUR, **values):
    action = ActionFactory(objective=objective, **values)
    when = timezone.now() - ago
    Action.objects.filter(pk=action.pk).update(changed_at=when, changed_by=by)
    action.history.update(history_date=when, history_user=by)
    return action


def table(client, plan, query=""):
    return client.get(reverse("plans:actions", args=[plan.pk]) + query)


def visit(client, plan, **headers):
    return client.post(reverse("plans:actions_visit", args=[plan.pk]), headers=headers)


def titles(response):
    return [row["title"] for row in response.context["page"].rows]


def notes(response):
    return {row["title"]: row["news"] for row in response.context["page"].rows if row["news"]}


# A visit


@pytest.mark.parametrize(
    ("since", "seen_at", "ended"),
    [
        (None, None, None),
        (None, MINUTE, None),
        (None, HOUR, HOUR),
        (HOUR * 9, MINUTE * 29, HOUR * 9),
        (HOUR * 9, MINUTE * 31, MINUTE * 31),
    ],
)
def test_a_visit_is_over_after_half_an_hour_of_silence(now, since, seen_at, ended):
    ago = [value and now - value for value in (since, seen_at)]

    assert last_visit_ended(*ago, now) == (ended and now - ended)


def test_the_first_visit_is_noted_and_nothing_is_news(as_mark, mark, plan, objective, alice):
    changed(objective, alice)

    visit(as_mark, plan)

    seen = Visit.objects.get()
    assert (seen.plan, seen.user, seen.since) == (plan, mark, None)
    assert notes(table(as_mark, plan)) == {}


def test_a_new_visit_begins_where_the_one_before_ended(as_mark, plan, old_visit, now):
    ended = old_visit.seen_at

    visit(as_mark, plan)

    old_visit.refresh_from_db()
    assert old_visit.since == ended
    assert old_visit.seen_at >= now


def test_marks_stand_for_the_whole_visit(as_mark, plan, objective, alice, old_visit):
    changed(objective, alice, title="Call")

    first = notes(table(as_mark, plan))
    visit(as_mark, plan)
    visit(as_mark, plan)

    assert list(first) == list(notes(table(as_mark, plan))) == ["Call"]


def test_noting_a_visit_does_not_tick_the_clock_of_the_plan(as_mark, plan, old_visit):
    plan.refresh_from_db()
    before = plan.changed_at

    visit(as_mark, plan)

    plan.refresh_from_db()
    assert plan.changed_at == before


# The marks


def test_rows_that_others_have_changed_say_who_and_when(as_mark, mark, plan, objective, alice, old_visit):
    changed(objective, alice, title="Call")
    changed(objective, mark, title="My own")
    changed(objective, alice, title="Long ago", ago=3 * HOUR)
    changed(objective, None, title="By nobody known")

    page = table(as_mark, plan)

    found = notes(page)
    assert list(found) == ["Call", "By nobody known"]
    assert found["Call"].startswith("Changed by Alice Martin on ")
    assert page.text.count('<i class="news" role="img" title="Changed by Alice Martin') == 1


def test_ones_own_change_takes_the_mark_away(as_mark, plan, objective, alice, old_visit, htmx):
    action = changed(objective, alice, title="Call")

    url = reverse("plans:action_cell", args=[action.pk], query={"cell": "title"})
    as_mark.post(url, {"title": "Write", "version": action.version}, headers=htmx())

    assert notes(table(as_mark, plan)) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_marks_take_no_further_query(as_mark, plan, objective, alice, old_visit, count, django_assert_num_queries):
    for _each in range(count):
        changed(objective, alice)

    # session, user, plan with the visit, saved views, rows, totals, waiting, KPIs with supporters, budgets; in the
    # rail: completeness, workspaces, the week
    with django_assert_num_queries(12):
        page = table(as_mark, plan)

    assert page.text.count('class="news"') == count


# The line above the table


def test_the_line_counts_what_others_did(as_mark, plan, objective, alice, bob, mark, old_visit):
    for _each in range(2):
        changed(objective, alice)
    changed(objective, bob)
    changed(objective, mark)
    gone = changed(objective, alice)
    bin_item(gone, by=alice)
    Action.history.filter(id=gone.pk, history_type="-").update(history_user=alice)
    back = changed(objective, mark)
    restore_item(bin_item(back, by=mark))
    Action.objects.filter(pk=back.pk).update(changed_by=mark)
    Action.history.filter(id=back.pk).update(history_user=mark)

    news = visit(as_mark, plan).context["news"]

    assert (news.changed, news.by, news.added, news.deleted) == (3, [("Alice Martin", 2), ("Bob Larsen", 1)], 3, 1)


def test_the_line_is_empty_when_nothing_is_new(as_mark, plan, objective, mark, old_visit):
    changed(objective, mark)

    page = visit(as_mark, plan)

    assert page.context["news"] is None
    assert page.text.strip().endswith("></div>")


def test_the_line_leads_to_what_it_counts_in_the_view_one_is_on(as_mark, plan, objective, alice, old_visit):
    changed(objective, alice, title="Call")
    changed(objective, alice, title="Long ago", ago=3 * HOUR)
    url = f"http://testserver{reverse('plans:actions', args=[plan.pk])}?view=table&status=not_started&page=2"

    line = visit(as_mark, plan, **{"HX-Request": "true", "HX-Current-URL": url})
    found = table(as_mark, plan, line.context["show_url"])

    assert line.context["show_url"] == "?view=table&status=not_started&changed=visit"
    assert titles(found) == ["Call"]


def test_what_is_marked_as_seen_is_no_news(as_mark, plan, objective, alice, old_visit):
    changed(objective, alice)

    response = as_mark.post(reverse("plans:actions_seen", args=[plan.pk]))

    assert response.status_code == 302
    assert notes(table(as_mark, plan)) == {}
    assert visit(as_mark, plan).context["news"] is None


def test_readers_have_visits_of_their_own(as_bob, bob, plan, objective, alice, old_visit):
    changed(objective, alice)

    as_bob.post(reverse("plans:actions_seen", args=[plan.pk]))

    old_visit.refresh_from_db()
    assert Visit.objects.get(user=bob).since is not None
    assert old_visit.since is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_of_the_line_does_not_grow(
    as_mark, plan, objective, alice, old_visit, count, django_assert_num_queries
):
    for _each in range(count):
        changed(objective, alice)

    # session, user, plan; the visit written; by whom, what came and went, what of it is there
    with django_assert_num_queries(7):
        visit(as_mark, plan)


# The filters


def test_the_filter_finds_what_others_changed_since_the_last_visit(as_mark, mark, plan, objective, alice, old_visit):
    changed(objective, alice, title="Call")
    changed(objective, mark, title="My own")

    page = table(as_mark, plan, "?changed=visit")

    assert titles(page) == ["Call"]
    assert "By others since my last visit" in page.text


def test_on_the_first_visit_the_filter_finds_nothing(as_mark, plan, objective, alice):
    changed(objective, alice)

    assert titles(table(as_mark, plan, "?changed=visit")) == []


def test_what_was_changed_since_a_day_is_found_whoever_did_it(as_mark, mark, plan, objective, alice):
    changed(objective, mark, title="Call")
    changed(objective, alice, title="Long ago", ago=30 * 24 * HOUR)
    day = timezone.localdate() - dt.timedelta(days=7)

    assert titles(table(as_mark, plan, f"?changed_from={day}")) == ["Call"]


def test_a_saved_view_may_show_what_is_news(as_mark, plan, objective, alice, old_visit):
    changed(objective, alice)

    page = table(as_mark, plan, "?view=table&changed=visit")

    assert page.context["current"] == "view=table&changed=visit"


# What was done, by everybody


def told(page):
    return [
        (day.who, change.name, change.kind, [(field.label, field.old, field.new) for field in change.fields])
        for day in page.context["past"].days
        for change in day.changes
    ]


def test_the_page_of_changes_tells_what_was_done_since_the_last_visit(as_mark, mark, plan, objective, alice, old_visit):
    action = changed(objective, alice, title="Call", ago=3 * HOUR)
    action._history_user, action.status = alice, "blocked"
    action.save()
    gone = changed(objective, alice, title="Write", ago=3 * HOUR)
    bin_item(gone, by=mark)
    Action.history.filter(id=gone.pk, history_type="-").update(history_user=mark)

    page = as_mark.get(reverse("plans:actions_changes", args=[plan.pk]))

    assert told(page) == [
        ("Mark Weber", "Write", "-", []),
        ("Alice Martin", "Call", "~", [("Status", "Not started", "Blocked")]),
    ]
    assert f'href="{action.get_absolute_url()}#history"' in page.text
    assert gone.get_absolute_url() not in page.text


def test_the_page_of_changes_can_tell_the_last_seven_days(as_mark, plan, objective, alice, old_visit):
    changed(objective, alice, title="Call", ago=3 * HOUR)
    changed(objective, alice, title="Write", ago=8 * 24 * HOUR)

    page = as_mark.get(reverse("plans:actions_changes", args=[plan.pk]) + "?since=week")

    assert told(page) == [("Alice Martin", "Call", "+", [])]


def test_the_page_of_changes_says_when_there_are_none(as_bob, plan):
    assert "Nothing has been changed since" in as_bob.get(reverse("plans:actions_changes", args=[plan.pk])).text


def test_many_changes_come_in_pages(as_bob, plan, objective, alice, htmx):
    for number in range(PAGE + 2):
        changed(objective, alice, title=f"Call {number}")
    url = reverse("plans:actions_changes", args=[plan.pk])

    page = as_bob.get(url)
    rest = as_bob.get(f"{url}?from={page.context['past'].following}", headers=htmx("history-more"))

    assert (len(told(page)), len(told(rest)), rest.context["past"].following) == (PAGE, 2, None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_of_the_page_of_changes_does_not_grow(
    as_bob, plan, objective, alice, count, django_assert_num_queries
):
    for _each in range(count):
        action = changed(objective, alice)
        action.person = alice
        action.save()
    url = reverse("plans:actions_changes", args=[plan.pk])
    as_bob.get(url)

    # (7): session, user, plan, versions, those before them, what people are called; companies
    with django_assert_num_queries(7):
        as_bob.get(url)
