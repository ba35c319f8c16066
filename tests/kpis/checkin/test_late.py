"""Who is late with the last check-in: the same on the page, on the overview and in the database's own words."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import User, Workspace
from kpis.checkin.late import late_in
from kpis.kpi.lateness import late_attention
from kpis.kpi.schedule import late_checkin
from plans.models import Notice, Plan
from tests.factories import KpiFactory, MembershipFactory, NoticeFactory, ReadingFactory, SkipFactory

WEEK_33, WEEK_34 = dt.date(2026, 8, 10), dt.date(2026, 8, 17)
#: The check-in of week 34 was on Monday, the 24th.
TUESDAY, WEDNESDAY = dt.date(2026, 8, 25), dt.date(2026, 8, 26)


@pytest.fixture(autouse=True)
def on(monkeypatch):
    def stop(day):
        now = dt.datetime.combine(day, dt.time(8), dt.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    stop(WEDNESDAY)
    return stop


def late(plan) -> list[tuple[str, int]]:
    plan = Plan.objects.select_related("workspace").get(pk=plan.pk)
    return [(one.name, one.count) for one in late_in(plan).people]


def checkin(client, plan):
    return client.get(reverse("kpis:checkin", args=[plan.pk])).text


def test_whoever_lacks_values_two_working_days_later_is_late_with_so_many(plan, mia, mark):
    KpiFactory.create_batch(2, plan=plan, owner=mia)
    KpiFactory(plan=plan, owner=mark)
    ReadingFactory(kpi=KpiFactory(plan=plan, owner=mark), period=WEEK_34)

    assert late(plan) == [("Mia Rossi", 2), ("Mark Weber", 1)]


def test_nobody_is_late_with_what_is_skipped(plan, mia):
    skipped, asked = KpiFactory.create_batch(2, plan=plan, owner=mia)
    SkipFactory(kpi=skipped, period=WEEK_34)
    SkipFactory(kpi=asked, period=WEEK_33)

    assert late(plan) == [("Mia Rossi", 1)]
    assert [line.detail for line in late_attention(plan, WEDNESDAY)] == ["1 KPI of week 34 not entered, due 24 Aug"]


def test_until_then_it_is_the_week_before(plan, mia, on):
    kpi = KpiFactory(plan=plan, owner=mia)
    ReadingFactory(kpi=kpi, period=WEEK_33)
    on(TUESDAY)
    assert late(plan) == []

    on(WEDNESDAY)
    assert late(plan) == [("Mia Rossi", 1)]


def test_holidays_of_the_company_put_it_off(plan, mia, on):
    """The day of Poland's independence is no working day."""
    Workspace.objects.update(country="PL")
    kpi = KpiFactory(plan=plan, owner=mia)
    ReadingFactory(kpi=kpi, period=dt.date(2026, 10, 26))

    on(dt.date(2026, 11, 11))
    assert late(plan) == []
    on(dt.date(2026, 11, 12))
    assert late(plan) == [("Mia Rossi", 1)]


def test_nobody_is_late_who_cannot_enter_it(plan, mia, bob, carol):
    for owner in (bob, carol, None):
        KpiFactory(plan=plan, owner=owner)
    KpiFactory(plan=plan, owner=mia)
    User.objects.filter(pk=mia.pk).update(is_active=False)

    assert late(plan) == []


@pytest.mark.parametrize(("who", "sees"), [("mark", True), ("alice", True), ("mia", False), ("bob", False)])
def test_managers_see_it_on_the_check_in_of_the_plan(client, request, plan, mia, who, sees):
    KpiFactory.create_batch(2, plan=plan, owner=mia)
    client.force_login(request.getfixturevalue(who))

    page = checkin(client, plan)

    assert ("Late with week 34, due 24 Aug" in page) == sees
    assert not sees or f"{reverse('kpis:checkin', args=[plan.pk])}?week=2026-W34" in page.partition("ci-all")[2]


@pytest.mark.parametrize("status", ["draft", "closed", "archived"])
def test_nobody_is_late_in_a_plan_that_is_not_carried_out(as_mark, plan, mia, status):
    KpiFactory(plan=plan, owner=mia)
    Plan.objects.update(status=status)

    assert "Late with" not in checkin(as_mark, plan)
    assert late_attention(Plan.objects.get(), WEDNESDAY) == []


def test_who_looks_has_read_what_she_was_told_of_it(as_mark, mark, plan, mia):
    KpiFactory(plan=plan, owner=mia)
    details = {"who": "Mia Rossi", "count": 1, "week": "2026-W34", "due": "2026-08-24"}
    about = {"action": None, "plan": plan, "kind": "checkin", "details": details}
    NoticeFactory(membership=mark.memberships.get(), **about)
    NoticeFactory(membership=mia.memberships.get(), **about)
    address = reverse("plans:plan_seen", args=[plan.pk])
    assert f'data-seen="{address}"' in checkin(as_mark, plan)

    assert as_mark.post(address).content == b""

    assert [notice.read_at is None for notice in Notice.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_one_query(as_mark, plan, mia, mark, count, django_assert_num_queries):
    for kpi in KpiFactory.create_batch(count, plan=plan, owner=mia):
        ReadingFactory(kpi=kpi, period=WEEK_33)
    KpiFactory.create_batch(count, plan=plan, owner=mark)

    # session, user, plan; KPIs, values, readings, locks; late; linked actions, streak; workspaces, count in the frame,
    # completeness
    with django_assert_num_queries(12):
        checkin(as_mark, plan)


# On the overview


def test_the_overview_names_who_is_late_with_how_many(plan, mia):
    KpiFactory.create_batch(2, plan=plan, owner=mia)

    (line,) = late_attention(plan, WEDNESDAY)

    assert (line.title, line.detail) == ("Mia Rossi", "2 KPIs of week 34 not entered, due 24 Aug")
    assert line.url == reverse("kpis:checkin", args=[plan.pk], query={"week": "2026-W34"})


def test_many_are_one_line_that_leads_to_their_names(plan, workspace):
    for _number in range(4):
        KpiFactory.create_batch(2, plan=plan, owner=MembershipFactory(workspace=workspace, role="member").user)

    (line,) = late_attention(plan, WEDNESDAY)

    assert (line.title, line.detail) == ("4 people late", "8 KPIs of week 34 not entered, due 24 Aug")


def test_who_lacks_most_stands_first(plan, mia, mark):
    KpiFactory.create_batch(2, plan=plan, owner=mia)
    KpiFactory(plan=plan, owner=mark)

    found = {line.title: line.weight for line in late_attention(plan, WEDNESDAY)}

    assert found["Mia Rossi"] > found["Mark Weber"]


def test_it_stands_there_for_the_manager(as_mark, plan, mia):
    KpiFactory(plan=plan, owner=mia)

    assert "1 KPI of week 34 not entered" in as_mark.get(plan.get_absolute_url()).text


@pytest.mark.parametrize("week_start", [0, 5, 6])
@pytest.mark.parametrize("day", [dt.date(2026, 4, 1), dt.date(2026, 7, 8), TUESDAY, WEDNESDAY, dt.date(2026, 12, 30)])
def test_page_and_overview_agree_whatever_the_rhythm_and_the_gaps(plan, mia, on, day, week_start):
    """The one asks the database, the other what it has read for its figures."""
    plan.workspace.week_starts_on = week_start
    plan.workspace.save()
    on(day)
    week = late_checkin(plan.workspace, day).week
    starts = {
        "weekly": week,
        "monthly": week.replace(day=1),
        "quarterly": dt.date(week.year, (week.month - 1) // 3 * 3 + 1, 1),
    }
    for rhythm, start in starts.items():
        for ago in range(4):
            kpi = KpiFactory(plan=plan, owner=mia, rhythm=rhythm)
            period = start - dt.timedelta(days={"weekly": 7, "monthly": 31, "quarterly": 92}[rhythm] * ago)
            period = period if rhythm == "weekly" else period.replace(day=1)
            ReadingFactory(kpi=kpi, period=period)
            two = KpiFactory(plan=plan, owner=mia, rhythm=rhythm, starts_on=week - dt.timedelta(days=40 * ago))
            for read in {period, start}:
                ReadingFactory(kpi=two, period=read)
            SkipFactory(kpi=KpiFactory(plan=plan, owner=mia, rhythm=rhythm), period=period)
            KpiFactory(plan=plan, owner=mia, rhythm=rhythm, deadline=week - dt.timedelta(days=30 * ago - 10))

    (line,) = late_attention(plan, day)

    assert line.detail.split()[0] == str(late(plan)[0][1])
