"""The run chart of a KPI: the calendar under it, and what of a long run is drawn."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import override

from kpis.kpi.charts import run_chart
from kpis.kpi.marked import marked_periods
from kpis.kpi.periods import WEEKLY, periods_between
from kpis.kpi.thinning import MOST_POINTS
from kpis.kpi.track import Track
from tests.factories import KpiFactory, ReadingFactory


def calendar(first, last, narrow=False):
    track = Track(first, last, target=Decimal(10), baseline=Decimal(0))
    layout = run_chart(KpiFactory.build(), track, {first: Decimal(1)}, today=first, says="").figure["layout"]
    return (layout["meta"]["narrow"] if narrow else layout)["xaxis"]


def test_each_month_has_its_name_and_the_first_its_year():
    axis = calendar(dt.date(2026, 1, 5), dt.date(2026, 12, 27))

    assert axis["ticktext"][:3] == ["Jan 2026", "Feb", "Mar"]
    assert axis["tickvals"][1] == "2026-02-01"
    assert len(axis["ticktext"]) == 12


def test_on_a_phone_there_is_room_for_four():
    axis = calendar(dt.date(2026, 1, 5), dt.date(2026, 12, 27), narrow=True)

    assert axis["ticktext"] == ["Jan 2026", "Apr", "Jul", "Oct"]


def test_many_years_stay_legible():
    assert len(calendar(dt.date(2024, 1, 1), dt.date(2027, 12, 26))["ticktext"]) == 12


def test_each_year_is_said_once_where_months_are_left_out():
    axis = calendar(dt.date(2016, 1, 1), dt.date(2025, 12, 31))

    assert axis["ticktext"][:4] == ["Jan 2016", "Nov", "Sep 2017", "Jul 2018"]


def test_months_are_named_in_the_readers_language():
    with override("pl"):
        axis = calendar(dt.date(2026, 1, 5), dt.date(2026, 12, 27))

    assert axis["ticktext"][:2] == ["sty 2026", "lut"]


# Long runs

FIRST, LAST = dt.date(1956, 1, 2), dt.date(2026, 1, 4)
#: As many values as ten years of daily readings have.
WEEKS = periods_between(FIRST, LAST, WEEKLY)


def long_run(kept=tuple):
    values = {week: Decimal(place % 50) for place, week in enumerate(WEEKS)} | {WEEKS[1700]: Decimal(999)}
    track = Track(FIRST, LAST, target=Decimal(10), baseline=Decimal(0))
    return run_chart(KpiFactory.build(), track, values, today=FIRST, says="On pace.", kept=kept)


def test_a_long_run_is_drawn_with_no_more_points_than_can_be_seen_and_all_its_extremes():
    pace, values = long_run().figure["data"][:2]

    assert len(WEEKS) > 3_650
    assert len(values["x"]) <= MOST_POINTS
    assert len(pace["x"]) <= MOST_POINTS + 1
    assert (pace["x"][-1], pace["y"][-1]) == ("2026-01-04", 10.0)
    assert {0.0, 49.0, 999.0} <= set(values["y"])


def test_it_says_so_and_its_table_has_all():
    chart = long_run()

    assert chart.says == (
        "On pace. Of the 3,653 values the first, the last, every high and low and what was corrected or has a note"
        " are drawn; the table has all."
    )
    assert len(chart.rows) == len(WEEKS)


def test_a_value_with_a_story_is_drawn():
    plain = long_run().figure["data"][1]["x"]
    unseen = next(week for week in WEEKS if (week + dt.timedelta(days=6)).isoformat() not in plain)

    drawn = long_run(kept=lambda: [unseen]).figure["data"][1]["x"]

    assert len(drawn) == len(plain) + 1
    assert (unseen + dt.timedelta(days=6)).isoformat() in drawn


def test_a_short_run_asks_for_no_stories_and_says_nothing_of_them():
    track = Track(dt.date(2026, 1, 5), dt.date(2026, 12, 27), target=Decimal(10))

    def never():
        raise AssertionError

    chart = run_chart(
        KpiFactory.build(), track, {track.starts_on: Decimal(1)}, today=track.starts_on, says="On pace.", kept=never
    )

    assert chart.says == "On pace."
    assert len(chart.figure["data"][1]["x"]) == 1


def test_a_correction_and_a_note_are_stories(plan, django_assert_num_queries):
    kpi = KpiFactory(plan=plan)
    noted, corrected, _plain = (
        ReadingFactory(kpi=kpi, period=dt.date(2026, 1, 5) + dt.timedelta(weeks=week), note=note)
        for week, note in enumerate(("The fair", "", ""))
    )
    corrected.value = 99
    corrected.save()
    ReadingFactory(kpi=KpiFactory(plan=plan), period=dt.date(2026, 3, 2), note="Another KPI's")

    with django_assert_num_queries(1):
        periods = marked_periods(kpi)

    assert periods == {noted.period, corrected.period}
