"""What is off, who is late, where what is said and computed differ, who has too much to do."""

import datetime as dt

import pytest
from django.urls import reverse

from kpis.models import Reminder
from plans.models import Action, Notice
from tests.factories import (
    ActionFactory,
    KpiFactory,
    MembershipFactory,
    NoticeSettingsFactory,
    ObjectiveFactory,
    OpeningFactory,
    PeriodLockFactory,
    PlanFactory,
    ReadingFactory,
    RoleFactory,
    SkipFactory,
)
from tests.kpis.home.conftest import HOME, WEDNESDAY, WEEK_34

DAY = dt.timedelta(days=1)


def measured(plan, value, *, objective=None, **kwargs):
    """A level from 0 to 100 over the year: on the 23rd of August 64 are expected."""
    kpi = KpiFactory(plan=plan, objective=objective, baseline=0, target=100, unit="", **kwargs)
    if value is not None:
        ReadingFactory(kpi=kpi, period=WEEK_34, value=value)
    return kpi


def late(client):
    return client.get(HOME).context["late"].shown


# What is off


def test_what_is_off_track_stands_before_what_is_at_risk_the_worst_first(as_mark, plan, shown):
    measured(plan, 70, name="Fine")
    measured(plan, 61, name="At risk")
    measured(plan, 50, name="Behind")
    measured(plan, 10, name="Far behind")
    measured(plan, None, name="Silent")

    assert [title for title, _detail in shown(as_mark, "off")] == ["Far behind", "Behind", "At risk"]


def test_an_objective_says_which_kpi_is_the_reason_and_that_has_no_line_of_its_own(as_mark, plan, shown):
    objective = ObjectiveFactory(plan=plan, title="Grow")
    measured(plan, 10, name="Leads", objective=objective)
    measured(plan, 50, name="Demos", objective=objective)

    assert shown(as_mark, "off") == [
        ("Grow", "Weakest KPI “Leads”: 54.3 behind, pace 64.3"),
        ("Demos", "14.3 behind, pace 64.3 · Grow"),
    ]
    assert as_mark.get(HOME).context["sentences"] == ["1 of 1 objective is off track.", "Nobody is late."]


def test_all_plans_are_looked_at_and_named(as_mark, plan, workspace, shown):
    measured(PlanFactory(workspace=workspace, name="Benelux"), 10, name="Leads")

    assert shown(as_mark, "off") == [("Leads", "54.3 behind, pace 64.3 · Benelux")]


# Who is late


def test_people_are_late_with_values_and_actions_and_it_says_for_how_long(as_mark, mia, plan):
    KpiFactory.create_batch(2, plan=plan, owner=mia)
    held = RoleFactory(team__plan=plan, holder=mia)
    ActionFactory(objective__plan=plan, role=held, deadline=WEDNESDAY - 10 * DAY)
    ActionFactory(objective__plan=plan, person=mia, deadline=WEDNESDAY - DAY)
    ActionFactory(objective__plan=plan, person=mia, deadline=WEDNESDAY)

    (person,) = late(as_mark)

    assert (person.name, person.values_words, person.values_since) == ("Mia Rossi", "2 values of week 34", "2 days")
    assert (person.actions_words, person.actions_since) == ("2 actions", "the oldest for 10 days")
    assert person.asked_words == "not reminded"
    assert person.values_url.endswith("/checkin/?week=2026-W34")
    assert f"who=role-{held.pk}" in person.actions_url


def test_the_table_behind_the_number_shows_the_late_actions_of_that_person(as_mark, mia, plan):
    held = RoleFactory(team__plan=plan, holder=mia)
    ActionFactory(objective__plan=plan, title="Visit", role=held, deadline=WEDNESDAY - 10 * DAY)
    ActionFactory(objective__plan=plan, title="Call", person=mia, deadline=WEDNESDAY - DAY)
    ActionFactory(objective__plan=plan, title="Another's", deadline=WEDNESDAY - DAY)

    table = as_mark.get(late(as_mark)[0].actions_url).text

    assert [title in table for title in ("Visit", "Call", "Another&#x27;s")] == [True, True, False]


def test_what_is_skipped_is_not_late_and_what_nobody_may_enter_neither(as_mark, mia, bob, plan):
    SkipFactory(kpi=KpiFactory(plan=plan, owner=mia), period=WEEK_34)
    KpiFactory(plan=plan, owner=bob)

    assert late(as_mark) == []


def test_nobody_is_late_with_what_is_locked(as_mark, mia, plan):
    kpi = KpiFactory(plan=plan, owner=mia)
    PeriodLockFactory(plan=plan, locked_to=dt.date(2026, 8, 23))
    assert late(as_mark) == []

    OpeningFactory(kpi=kpi, period=WEEK_34, open_to=WEDNESDAY)

    assert [one.name for one in late(as_mark)] == ["Mia Rossi"]


def test_of_many_late_people_some_are_shown_some_open_and_the_others_are_counted(as_mark, plan, workspace):
    for member in MembershipFactory.create_batch(32, workspace=workspace, role="member"):
        ActionFactory(objective__plan=plan, person=member.user, deadline=WEDNESDAY - DAY)

    page = as_mark.get(HOME)

    people = page.context["late"]
    assert (people.count, len(people.shown), len(people.more), people.beyond) == (32, 8, 12, 12)
    assert "12 more are left out here." in page.text


def test_those_late_for_longest_stand_first_and_who_has_no_account_cannot_be_asked(as_mark, mia, plan):
    ActionFactory(objective__plan=plan, person=mia, deadline=WEDNESDAY - DAY)
    named = RoleFactory(team__plan=plan, holder_name="Emma Larsen")
    ActionFactory(objective__plan=plan, role=named, deadline=WEDNESDAY - 5 * DAY)
    ActionFactory(objective__plan=plan, deadline=WEDNESDAY - 3 * DAY)

    people = late(as_mark)

    assert [one.name for one in people] == ["Emma Larsen", "Nobody is responsible", "Mia Rossi"]
    assert [bool(one.member) for one in people] == [False, False, True]


def test_it_says_when_she_was_reminded_by_mail(as_mark, mia, plan):
    KpiFactory(plan=plan, owner=mia)
    sent = dt.datetime(2026, 8, 21, 7, tzinfo=dt.UTC)
    Reminder.objects.create(membership=mia.memberships.get(), week=WEEK_34, sent_at=sent)

    assert late(as_mark)[0].asked_words == "reminded by mail on 21 Aug"


# Asking


def ask(client, user):
    return client.post(reverse("kpis:member_ask", args=[user.memberships.get().pk]), follow=True)


def test_who_is_late_is_asked_once_a_day_for_values_and_for_actions(as_mark, mark, mia, plan, client):
    KpiFactory(plan=plan, owner=mia)
    ActionFactory(objective__plan=plan, title="Visit", person=mia, deadline=WEDNESDAY - DAY)

    page = ask(as_mark, mia)
    ask(as_mark, mia)

    assert "Mia Rossi is asked: it stands in the inbox and in the next daily e-mail." in page.text
    assert "Asked today" in page.text
    assert Notice.objects.filter(kind="nudge", by=mark, membership__user=mia).count() == 2
    client.force_login(mia)
    assert {(line.problem.title, line.problem.detail) for line in client.get(HOME).context["told"].shown} == {
        ("Sales growth plan 2026", "Mark Weber asks for 1 value of week 34, which was due on 24 Aug 2026"),
        ("Visit", "Mark Weber asks how it goes: the deadline was 25 Aug 2026"),
    }


def test_the_next_day_she_may_be_asked_again(as_mark, mia, plan, on):
    ActionFactory(objective__plan=plan, person=mia, deadline=WEDNESDAY - DAY)
    ask(as_mark, mia)
    on(WEDNESDAY + DAY)
    assert late(as_mark)[0].asked_words == "asked on 26 Aug"

    ask(as_mark, mia)

    assert Notice.objects.filter(kind="nudge").count() == 2


def test_who_does_not_want_to_hear_of_it_is_not_told_and_the_manager_knows(as_mark, mia, plan):
    ActionFactory(objective__plan=plan, person=mia, deadline=WEDNESDAY - DAY)
    NoticeSettingsFactory(user=mia, not_in_inbox=["nudge"], not_in_digest=["nudge"])

    page = ask(as_mark, mia)

    assert "Mia Rossi has switched such notices off: ask in person." in page.text
    assert not Notice.objects.filter(kind="nudge").exists()


def test_who_is_late_with_nothing_any_more_is_not_asked(as_mark, mia, plan):
    page = ask(as_mark, mia)

    assert "Mia Rossi is late with nothing any more." in page.text
    assert not Notice.objects.exists()


@pytest.mark.parametrize("who", ["as_mia", "as_bob"])
def test_members_and_viewers_ask_nobody(request, mark, plan, who):
    ActionFactory(objective__plan=plan, person=mark, deadline=WEDNESDAY - DAY)

    response = request.getfixturevalue(who).post(reverse("kpis:member_ask", args=[mark.memberships.get().pk]))

    assert response.status_code == 403
    assert not Notice.objects.exists()


# Said and computed, overload


def test_where_what_is_said_is_not_what_is_computed_both_are_said(as_mark, mark, plan, shown):
    action = ActionFactory(
        objective__plan=plan, title="Visit", person=mark, status="in_progress", deadline=WEDNESDAY - DAY
    )
    assert Action.objects.get(pk=action.pk).health == "off_track"

    assert shown(as_mark, "disagree") == [("Visit", "Said: in progress. Computed: off track. 1 day late · Mark Weber")]


def test_health_of_yesterday_is_not_shown_today(as_mark, mark, plan, shown, on):
    ActionFactory(objective__plan=plan, title="Visit", person=mark, status="in_progress", deadline=WEDNESDAY)
    assert shown(as_mark, "disagree") == []

    on(WEDNESDAY + DAY)

    assert [title for title, _detail in shown(as_mark, "disagree")] == ["Visit"]


def test_who_has_more_work_than_hours_stands_with_the_week(as_mark, mia, plan, shown):
    ActionFactory(objective__plan=plan, person=mia, effort=100, deadline=WEDNESDAY + 2 * DAY)

    ((name, detail),) = shown(as_mark, "overload")

    assert name == "Mia Rossi"
    assert detail.startswith("100 h of work in 24 hours")


# The page


def test_when_nothing_is_off_every_panel_says_so(as_mark, plan):
    text = as_mark.get(HOME).text

    for words in (
        "No objective and no KPI is at risk or off track.",
        "All values of the last check-in are in, and no action is past its deadline.",
        "What is said of the actions is what their dates and KPIs say.",
        "Nobody has more work than hours in this week and the next four.",
    ):
        assert words in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(as_mark, workspace, count, django_assert_num_queries):
    for plan in PlanFactory.create_batch(count, workspace=workspace):
        for _ in range(count):
            member = MembershipFactory(workspace=workspace, role="member").user
            objective = ObjectiveFactory(plan=plan)
            measured(plan, 10, owner=member, objective=objective)
            measured(plan, None, owner=member, objective=objective)
            late = {"person": member, "status": "in_progress", "deadline": WEDNESDAY - DAY}
            ActionFactory(objective=objective, effort=200, **late)

    # session, reader, company, frame, plans, KPIs, values, actions, people who are late, what is kept of
    # plans, locks, week
    with django_assert_num_queries(12):
        as_mark.get(HOME)
