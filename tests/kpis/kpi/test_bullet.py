"""A KPI as a bullet: where its value, pace and target lie, and in which area."""

import datetime as dt
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from kpis.kpi.bullet import bullet_of
from kpis.kpi.pace import judge
from kpis.kpi.track import Track
from tests.factories import KpiFactory, ReadingFactory

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def bullet(value, **track):
    given = {
        name: Decimal(str(number)) if isinstance(number, int | float) else number for name, number in track.items()
    }
    pace = judge(Track(FIRST, LAST, **given), None if value is None else Decimal(str(value)), LAST)
    return bullet_of(pace)


def kinds(drawn):
    return "".join(area.css for area in drawn.areas)


def share(place):
    return float(place.rstrip("%"))


def area_at(drawn, place):
    """The kind of area a mark stands in."""
    return next(area.css for area in reversed(drawn.areas) if share(area.x) <= share(place))


def end_of_bar(drawn):
    return f"{share(drawn.bar_x or '0%') + share(drawn.bar_width)}%"


def test_more_is_better_goes_from_off_track_to_on_track():
    drawn = bullet(50, target=100)

    assert kinds(drawn) == "org"
    assert share(drawn.bar_width) == pytest.approx(share(drawn.targets[0]) / 2, abs=0.2)
    assert drawn.expected == drawn.targets[0]
    assert drawn.words == "50, pace 100, target 100, Off track"


@pytest.mark.parametrize(("value", "area"), [(80, "o"), (95, "r"), (100, "g"), (110, "g")])
@pytest.mark.parametrize("baseline", [None, 20])
def test_the_bar_ends_in_the_area_of_its_status(value, area, baseline):
    drawn = bullet(value, target=100, baseline=baseline)

    assert area_at(drawn, end_of_bar(drawn)) == area


@pytest.mark.parametrize(("value", "area"), [(90, "g"), (105, "r"), (130, "o")])
def test_less_is_better_goes_the_other_way(value, area):
    drawn = bullet(value, target=100, baseline=150, direction="less")

    assert kinds(drawn) == "gro"
    assert area_at(drawn, end_of_bar(drawn)) == area


@pytest.mark.parametrize(("value", "area"), [(30, "o"), (39, "r"), (50, "g"), (61, "r"), (75, "o")])
def test_a_value_of_a_band_is_a_point_in_its_area(value, area):
    drawn = bullet(value, band_low=40, band_high=60, direction="within")

    assert (kinds(drawn), drawn.bar_width, len(drawn.targets)) == ("orgro", "", 2)
    assert area_at(drawn, drawn.point) == area


def test_a_band_may_have_one_edge():
    assert kinds(bullet(50, band_low=40, direction="within")) == "org"
    assert kinds(bullet(50, band_high=60, direction="within")) == "gro"


@pytest.mark.parametrize(("value", "beyond"), [(10_000, "hi"), (-10_000, "lo"), (120, "")])
def test_a_value_far_beyond_the_scale_leaves_it_and_says_so(value, beyond):
    drawn = bullet(value, target=100)

    assert drawn.beyond == beyond
    assert ("beyond the scale" in drawn.words) is bool(beyond)
    assert share(end_of_bar(drawn)) <= 100


def test_a_negative_value_reaches_to_the_left_of_zero():
    drawn = bullet(-20, target=30, baseline=-50)

    zero = share(end_of_bar(drawn))
    assert 0 < share(drawn.bar_x) < zero < share(drawn.targets[0])


def test_without_a_value_the_scale_stands_alone():
    drawn = bullet(None, target=100)

    assert (drawn.bar_width, drawn.point) == ("", "")
    assert drawn.words == "no value yet, pace 100, target 100"


def test_without_a_target_there_is_no_bullet():
    assert bullet(50) is None


def test_a_target_of_nothing_is_drawn_too():
    assert bullet(0, target=0, direction="less").targets == ("0%",)


def test_the_picture_says_in_words_what_it_shows():
    html = render_to_string("kpis/kpi/bullet.svg", {"bullet": bullet(95, target=100, unit="%")})

    assert 'role="img" aria-label="95%, pace 100%, target 100%, At risk"' in html
    assert html.count("<rect") == 6


@pytest.mark.parametrize(
    ("page", "mark"), [("kpis:dashboard", 'role="img" aria-label="50'), ("kpis:kpis", 'aria-hidden="true"')]
)
def test_overview_and_list_draw_each_kpi_and_say_what_the_marks_are(as_alice, plan, page, mark):
    """In the list all its words stand beside it."""
    ReadingFactory(kpi=KpiFactory(plan=plan, target=100), value=50)

    text = as_alice.get(reverse(page, args=[plan.pk])).text

    drawn, legend = text.split('class="bul-leg"')
    assert drawn.count(f'<svg class="bul" {mark}') == 1
    assert "off track, at risk, on track" in legend
