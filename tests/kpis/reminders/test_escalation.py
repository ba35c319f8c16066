"""Managers are told who is late with the check-in."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Membership
from kpis.models import Kpi
from kpis.reminders.escalation import tell_of_all_late, tell_of_late
from plans.models import Notice, NoticeSettings, Plan
from plans.notices.digest import send_digests
from plans.notices.words import says, title
from tests.factories import KpiFactory, PlanFactory, ReadingFactory
from tests.kpis.reminders.conftest import WARSAW, WEEK_34

WEDNESDAY = dt.date(2026, 8, 26)
WORDS = "1 KPI of week 34 is not entered; it was due on 24 Aug 2026"


def told(user) -> list[str]:
    return [f"{title(notice)}: {says(notice)}" for notice in Notice.objects.visible_to(user).order_by("pk")]


def test_managers_are_told_on_the_second_working_day(workspace, kpi, mark, mia, alice):
    tell_of_late(workspace, today=WEDNESDAY - dt.timedelta(days=1))
    assert "week 34" not in str(told(mark))

    tell_of_late(workspace, today=WEDNESDAY)

    assert told(mark)[-1] == f"Mia Rossi: {WORDS}"
    assert told(mia) == []
    assert told(alice) == []


def test_it_is_said_once_for_a_person_and_a_week_whatever_the_plans(workspace, plan, kpi, mark, mia):
    KpiFactory(plan=PlanFactory(workspace=workspace, name="Winter"), owner=mia)

    for _time in range(3):
        tell_of_late(workspace, today=WEDNESDAY)
    KpiFactory(plan=plan, owner=mia)
    tell_of_late(workspace, today=WEDNESDAY + dt.timedelta(days=1))

    assert told(mark) == ["Mia Rossi: 2 KPIs of week 34 are not entered; they were due on 24 Aug 2026"]
    assert Notice.objects.get().get_absolute_url() == reverse(
        "kpis:checkin", args=[plan.pk], query={"week": "2026-W34"}
    )


def test_each_who_is_late_and_each_week_is_told(workspace, plan, kpi, mark, alice):
    KpiFactory(plan=plan, owner=alice)
    tell_of_late(workspace, today=WEDNESDAY)
    tell_of_late(workspace, today=WEDNESDAY + dt.timedelta(weeks=1))

    assert [line.partition(":")[0] for line in told(mark)] == ["Mia Rossi", "Alice Martin"] * 2


def test_a_manager_is_not_told_of_herself_but_the_plans_owner_is(workspace, plan, kpi, mark, alice):
    Kpi.objects.update(owner=mark)
    Plan.objects.update(owner=alice)

    tell_of_late(workspace, today=WEDNESDAY)

    assert told(mark) == []
    assert told(alice) == [f"Mark Weber: {WORDS}"]


def test_where_nobody_manages_those_who_steer_are_told(workspace, kpi, alice):
    tell_of_late(workspace, today=WEDNESDAY)

    assert told(alice) == [f"Mia Rossi: {WORDS}"]


@pytest.mark.parametrize("why", ["in", "draft", "closed", "archived", "viewer", "left"])
def test_nobody_is_told_of_what_is_not_owed(workspace, plan, kpi, mark, mia, why):
    if why == "in":
        ReadingFactory(kpi=kpi, period=WEEK_34)
    elif why == "viewer":
        Membership.objects.filter(user=mia).update(role="viewer")
    elif why == "left":
        mia.memberships.all().delete()
    else:
        Plan.objects.update(status=why)

    tell_of_late(workspace, today=WEDNESDAY)

    assert told(mark) == []


def test_it_goes_by_the_day_of_the_company(workspace, kpi, mark):
    workspace.time_zone = "America/New_York"
    workspace.save()
    ReadingFactory(kpi=kpi, period=dt.date(2026, 8, 10))

    tell_of_all_late(dt.datetime(2026, 8, 26, 5, tzinfo=WARSAW))
    assert told(mark) == []
    tell_of_all_late(dt.datetime(2026, 8, 26, 7, tzinfo=WARSAW))
    assert len(told(mark)) == 1


def test_it_stands_in_the_inbox_and_in_the_mail_of_the_next_morning(as_mark, workspace, plan, kpi, mark, mailoutbox):
    tell_of_late(workspace, today=WEDNESDAY)
    Notice.objects.update(made_at=dt.datetime(2026, 8, 26, 1, tzinfo=WARSAW))

    page = as_mark.get(reverse("plans:inbox")).text
    send_digests(dt.datetime(2026, 8, 26, 7, 5, tzinfo=WARSAW))

    assert WORDS in page
    assert plan.name in page
    (mail,) = [mail for mail in mailoutbox if mail.to == [mark.email]]
    assert WORDS in mail.body
    assert f"http://localhost:8000/plans/{plan.pk}/checkin/?week=2026-W34" in mail.body


def test_who_does_not_want_to_hear_of_it_does_not(workspace, kpi, mark):
    NoticeSettings.objects.create(user=mark, not_in_inbox=["checkin"], not_in_digest=["checkin"])

    tell_of_late(workspace, today=WEDNESDAY)

    assert told(mark) == []


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_are_late(workspace, plan, mark, mia, alice, count, django_assert_num_queries):
    for owner in (mia, alice):
        KpiFactory.create_batch(count, plan=plan, owner=owner)

    # what is missing, managers, notices
    with django_assert_num_queries(3):
        tell_of_late(workspace, today=WEDNESDAY)
