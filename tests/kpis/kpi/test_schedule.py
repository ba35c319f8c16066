"""When a check-in is, for whom, and of which week."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Workspace
from kpis.kpi.schedule import checkin_of, late_checkin, next_checkin

WARSAW, TOKYO, NEW_YORK = ZoneInfo("Europe/Warsaw"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
WEEK_34 = dt.date(2026, 8, 17)
SINCE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def company(weekday=0, hour=9, country=""):
    return Workspace(checkin_weekday=weekday, checkin_hour=hour, country=country)


def moment(day, hour, zone=WARSAW):
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), zone)


@pytest.mark.parametrize(
    ("weekday", "day", "week"),
    [
        (0, "2026-08-24", WEEK_34),
        (2, "2026-08-26", WEEK_34),
        (3, "2026-08-20", WEEK_34),
        (4, "2026-08-21", WEEK_34),
        (6, "2026-08-23", WEEK_34),
    ],
    ids=["Monday after", "Wednesday after", "Thursday", "Friday", "Sunday"],
)
def test_a_check_in_asks_for_the_week_it_ends(weekday, day, week):
    checkin = next_checkin(company(weekday), moment(day, 8), WARSAW)

    assert (str(checkin.day), checkin.week) == (day, week)


def test_it_is_over_at_its_hour_on_the_clock_of_each():
    """At ten in Warsaw it is four in New York."""
    now = moment("2026-08-24", 10)

    assert next_checkin(company(), now, WARSAW).day == dt.date(2026, 8, 31)
    assert next_checkin(company(), now, NEW_YORK).day == dt.date(2026, 8, 24)


@pytest.mark.parametrize(
    ("country", "reminded"),
    [("", moment("2026-08-14", 9)), ("PL", moment("2026-08-14", 9)), ("IL", moment("2026-08-16", 9))],
)
def test_it_reminds_on_the_working_day_before(country, reminded):
    assert next_checkin(company(country=country), moment("2026-08-17", 8), WARSAW).reminds_at(WARSAW) == reminded


def test_it_does_not_remind_on_a_holiday():
    """Easter Monday and Good Friday are free in Germany: Thursday it is."""
    checkin = next_checkin(company(1, country="DE"), moment("2026-04-03", 9), WARSAW)

    assert checkin.day == dt.date(2026, 4, 7)
    assert checkin.reminds_at(WARSAW) == moment("2026-04-02", 9)


@pytest.mark.parametrize(
    ("today", "day"),
    [("2026-08-25", "2026-08-17"), ("2026-08-26", "2026-08-24"), ("2026-09-01", "2026-08-24")],
)
def test_it_is_late_from_the_second_working_day_after(today, day):
    assert str(late_checkin(company(), dt.date.fromisoformat(today)).day) == day


def test_holidays_put_off_when_it_is_late():
    """Christmas and the weekend after it."""
    before = late_checkin(company(3, country="PL"), dt.date(2026, 12, 28))
    after = late_checkin(company(3, country="PL"), dt.date(2026, 12, 29))

    assert (before.day, after.day) == (dt.date(2026, 12, 17), dt.date(2026, 12, 24))


@pytest.mark.parametrize(
    ("day", "hour", "utc"),
    [
        ("2026-03-29", 2, "2026-03-29T01:00:00+00:00"),
        ("2026-03-29", 9, "2026-03-29T07:00:00+00:00"),
        ("2026-10-25", 2, "2026-10-25T00:00:00+00:00"),
        ("2026-10-25", 9, "2026-10-25T08:00:00+00:00"),
    ],
    ids=["left out in spring", "after it in spring", "twice in autumn", "after it in autumn"],
)
def test_on_the_night_the_clocks_change_it_is_once(day, hour, utc):
    workspace = company(6, hour)
    due = dt.datetime.fromisoformat(utc)

    before = next_checkin(workspace, due - dt.timedelta(minutes=1), WARSAW)
    after = next_checkin(workspace, due, WARSAW)

    assert (str(before.day), before.due(WARSAW)) == (day, due)
    assert after.day == before.day + dt.timedelta(days=7)


@given(
    now=st.integers(0, 20 * 366 * 24 * 60).map(lambda minutes: SINCE + dt.timedelta(minutes=minutes)),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
    zone=st.sampled_from([WARSAW, TOKYO, NEW_YORK, ZoneInfo("Pacific/Auckland"), ZoneInfo("Pacific/Apia")]),
    country=st.sampled_from(["", "PL", "IL", "SA"]),
)
def test_whatever_the_day_the_next_one_is_ahead_and_within_a_week_and_asks_for_a_week_that_has_begun(
    now, weekday, hour, zone, country
):
    workspace = company(weekday, hour, country)
    checkin = next_checkin(workspace, now, zone)

    assert checkin.day.weekday() == weekday
    assert now < checkin.due(zone) <= now + dt.timedelta(days=7, hours=2)
    assert checkin.reminds_at(zone) < checkin.due(zone)
    assert checkin.week < checkin.day <= checkin.week + dt.timedelta(days=9)
    today = now.astimezone(zone).date()
    assert late_checkin(workspace, today).late_on <= today
    assert checkin_of(workspace, checkin.week) == checkin
