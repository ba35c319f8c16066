"""Which points of a long run are drawn."""

from itertools import batched

from hypothesis import given
from hypothesis import strategies as st

from kpis.kpi.thinning import thinned

values = st.floats(-1e9, 1e9, allow_nan=False)
runs = st.lists(values, max_size=300).map(lambda heights: list(enumerate(heights)))
mosts = st.integers(4, 40)


@given(runs, mosts)
def test_a_few_points_are_all_drawn(points, most):
    few = points[:most]

    assert thinned(few, most=most) == [place for place, _height in few]


@given(runs, mosts)
def test_order_is_kept_and_no_point_is_drawn_twice(points, most):
    drawn = thinned(points, most=most)

    assert drawn == sorted(set(drawn))


@given(runs, mosts)
def test_no_more_are_drawn_than_are_asked_for(points, most):
    assert len(thinned(points, most=most)) <= most


@given(runs.filter(len), mosts)
def test_the_first_and_the_last_are_drawn(points, most):
    drawn = thinned(points, most=most)

    assert (drawn[0], drawn[-1]) == (0, len(points) - 1)


@given(runs, mosts)
def test_every_stretch_keeps_its_lowest_and_its_highest(points, most):
    drawn = set(thinned(points, most=most))

    stretch = -(-len(points) // ((most - 2) // 2)) if len(points) > most else 1
    for some in batched(points, stretch):
        heights = [height for _place, height in some]
        kept = [height for place, height in some if place in drawn]
        assert (min(kept), max(kept)) == (min(heights), max(heights))


@given(runs, mosts, st.sets(st.integers(0, 299), max_size=20))
def test_what_is_to_be_kept_is_kept(points, most, keep):
    drawn = thinned(points, most=most, keep=keep)

    assert {place for place, _height in points} & keep <= set(drawn)
