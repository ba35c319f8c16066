"""What dates, links and KPIs say of an action: the rules, apart from any database."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.actions.health import CODES, DISAGREEING, Awaited, Facts, Pace, disagrees, judge
from plans.actions.health_words import reason_words
from plans.actions.models import Action

TODAY = dt.date(2026, 8, 19)
STATUSES, HEALTHS = Action.Status.values, Action.Health.values


def in_days(days):
    return TODAY + dt.timedelta(days=days)


def facts(**values):
    usual = {"status": "in_progress", "starts_on": None, "deadline": None, "has_somebody": True}
    return Facts(**usual | values)


def judged(**values):
    """The health, and the reasons in words."""
    health, reasons = judge(facts(**values), TODAY)
    return health, [reason_words(reason, TODAY) for reason in reasons]


def waiting_for(days):
    return [Awaited(7, "Hire an agency", None if days is None else in_days(days))]


def kpi(health, **values):
    usual = {"value": "28", "unit": "leads", "on": dt.date(2026, 8, 16), "percent": 62}
    return [Pace(9, "Leads", health, **usual | values)]


def test_what_is_late_is_off_track():
    assert judged(deadline=in_days(-3)) == ("off_track", ["3 days late"])


def test_the_day_of_the_deadline_is_not_late():
    assert judged(deadline=TODAY) == ("on_track", [])


def test_what_waits_for_something_late_is_off_track():
    words = "Waits for “Hire an agency”, which is 2 days late"

    assert judged(deadline=in_days(40), waits=waiting_for(-2)) == ("off_track", [words])


def test_what_waits_for_something_that_ends_after_its_own_deadline_is_off_track():
    words = "Waits for “Hire an agency”, which ends 5 days after this is due"

    assert judged(deadline=in_days(40), waits=waiting_for(45)) == ("off_track", [words])
    assert judged(deadline=in_days(40), waits=waiting_for(40)) == ("on_track", [])


def test_what_waits_for_something_that_ends_after_its_start_is_at_risk():
    words = "Waits for “Hire an agency”, which ends 1 day after this starts"
    dates = {"starts_on": in_days(20), "deadline": in_days(40)}

    assert judged(**dates, waits=waiting_for(21)) == ("at_risk", [words])
    assert judged(**dates, waits=waiting_for(20)) == ("on_track", [])


def test_what_waits_for_something_without_a_deadline_is_not_judged_by_it():
    assert judged(waits=waiting_for(None)) == ("no_data", [])


def test_a_kpi_off_track_says_its_value_and_its_day():
    words = "KPI “Leads” is at 62% of its pace: 28\N{NO-BREAK SPACE}leads on 16 August 2026"

    assert judged(kpis=kpi("off_track")) == ("off_track", [words])
    assert judged(kpis=kpi("at_risk")) == ("at_risk", [words])


def test_a_kpi_outside_its_band_has_no_share_of_its_pace():
    words = "KPI “Leads” is outside its band: 28\N{NO-BREAK SPACE}leads on 16 August 2026"

    assert judged(kpis=kpi("off_track", percent=None)) == ("off_track", [words])


def test_a_kpi_on_track_is_enough_to_judge_by_and_one_without_values_is_not():
    assert judged(kpis=kpi("on_track")) == ("on_track", [])
    assert judged(kpis=kpi("no_data")) == ("no_data", [])


def test_what_should_have_started_is_at_risk():
    dates = {"status": "not_started", "starts_on": in_days(-3)}

    assert judged(**dates) == ("at_risk", ["Should have started 3 days ago"])
    assert judged(**dates, deadline=in_days(20)) == ("at_risk", ["Should have started 3 days ago"])
    assert judged(**dates | {"starts_on": TODAY}) == ("on_track", [])


def test_half_of_its_time_gone_is_said_as_such():
    dates = {"status": "not_started", "starts_on": in_days(-10), "deadline": in_days(10)}

    assert judged(**dates) == ("at_risk", ["Half of its time is gone and it has not started"])


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Due today, not started"), (1, "Due in 1 day, not started"), (7, "Due in 7 days, not started")],
)
def test_what_is_due_soon_and_not_started_is_at_risk(days, words):
    assert judged(status="not_started", deadline=in_days(days)) == ("at_risk", [words])
    assert judged(status="not_started", deadline=in_days(8)) == ("on_track", [])
    assert judged(status="in_progress", deadline=in_days(days)) == ("on_track", [])


def test_nobody_matters_when_it_begins_soon():
    assert judged(starts_on=in_days(7), has_somebody=False) == ("at_risk", ["Nobody is responsible"])
    assert judged(deadline=in_days(7), has_somebody=False) == ("at_risk", ["Nobody is responsible"])
    assert judged(starts_on=in_days(8), deadline=in_days(30), has_somebody=False) == ("on_track", [])
    assert judged(has_somebody=False) == ("no_data", [])


def test_every_reason_is_told_with_the_worst_first():
    health, reasons = judge(
        facts(
            status="not_started",
            starts_on=in_days(-9),
            deadline=in_days(-1),
            has_somebody=False,
            waits=waiting_for(3),
            kpis=[*kpi("at_risk"), *kpi("off_track")],
        ),
        TODAY,
    )

    codes = [reason["code"] for reason in reasons]
    assert health == "off_track"
    assert codes == ["late", "waits_beyond", "kpi_off_track", "not_begun", "kpi_at_risk", "nobody"]


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_what_is_over_has_no_health(status):
    over = facts(status=status, deadline=in_days(-3), waits=waiting_for(-9), kpis=kpi("off_track"))

    assert judge(over, TODAY) == ("", [])


def test_a_reason_is_counted_up_to_the_day_it_is_read():
    _health, (late,) = judge(facts(deadline=in_days(-1)), TODAY)

    assert reason_words(late, in_days(1)) == "2 days late"


SAID_OTHERWISE = {
    ("in_progress", "off_track"),
    ("in_progress", "at_risk"),
    ("at_risk", "on_track"),
    ("blocked", "on_track"),
}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("health", [*HEALTHS, ""])
def test_status_and_health_disagree_in_these_pairs_alone(status, health):
    assert disagrees(status, health) == ((status, health) in SAID_OTHERWISE)


dates = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1))
paces = st.builds(
    Pace,
    st.integers(1, 99),
    st.text(min_size=1),
    st.sampled_from(HEALTHS),
    st.integers(-999, 999).map(str),
    st.sampled_from(["", "%", "EUR", "leads"]),
    st.dates(),
    st.none() | st.integers(0, 200),
)
any_facts = st.builds(
    Facts,
    st.sampled_from(STATUSES),
    dates,
    dates,
    st.booleans(),
    st.lists(st.builds(Awaited, st.integers(1, 99), st.text(min_size=1), dates), max_size=4),
    st.lists(paces, max_size=4),
)


@given(any_facts, st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 1)))
def test_whatever_the_facts_the_worst_reason_decides_and_each_has_its_words(known, today):
    health, reasons = judge(known, today)

    ranks = ["off_track", "at_risk"]
    assert health in {*HEALTHS, ""}
    assert (health in ranks) == bool(reasons)
    assert [CODES[reason["code"]] for reason in reasons] == sorted(
        (CODES[reason["code"]] for reason in reasons), key=ranks.index
    )
    assert all(reason_words(reason, today) for reason in reasons)
    assert json.loads(json.dumps(reasons)) == reasons
    assert health not in DISAGREEING.get(known.status, ()) or known.status not in {"done", "cancelled"}


@given(any_facts, st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 1)))
def test_another_thing_to_wait_for_never_makes_it_better(known, today):
    ranks = ["", "on_track", "no_data", "at_risk", "off_track"]
    more = Facts(
        known.status,
        known.starts_on,
        known.deadline,
        known.has_somebody,
        [*known.waits, Awaited(100, "Hire", today - dt.timedelta(days=1))],
        known.kpis,
    )

    assert ranks.index(judge(more, today)[0]) >= ranks.index(judge(known, today)[0])
