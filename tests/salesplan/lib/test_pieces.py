"""Which rows of a long list a request is to show."""

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from salesplan.lib.pieces import FIRST, piece_of, place_of

ROWS = list(range(1, 61))


@pytest.fixture
def ask(rf: RequestFactory, htmx):
    """The rows that a request is to show, and how many come later."""

    def rows(query="", *, target=None, reach=0):
        request = rf.get("/", query_params=query, headers=htmx(target) if target else {})
        request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
        piece = piece_of(ROWS, request, rest="role-rest", reach=reach)
        return list(piece.rows), piece.left

    return rows


def test_a_page_begins_with_the_first(ask):
    assert ask() == (ROWS[:FIRST], 60 - FIRST)


def test_a_page_begins_with_all_up_to_the_one_asked_for(ask):
    assert ask(reach=40) == (ROWS[:40], 20)
    assert ask(reach=3) == (ROWS[:FIRST], 60 - FIRST)


def test_the_rest_begins_where_the_page_ended(ask):
    assert ask({"seen": "40"}, target="role-rest") == (ROWS[40:], 0)


@pytest.mark.parametrize("seen", ["", "-3", "x", "9" * 30])
def test_who_does_not_say_what_was_seen_gets_all(ask, seen):
    assert ask({"seen": seen}, target="role-rest") == (ROWS, 0)


def test_after_a_change_the_list_is_whole(ask):
    assert ask(target="role-board") == (ROWS, 0)


def test_the_whole_list_is_a_link_away(ask):
    assert ask({"all": ""}) == (ROWS, 0)


@pytest.mark.parametrize(("asked", "place"), [("7", 2), ("9", 0), ("", 0), ("None", 0)])
def test_a_row_is_found_by_its_id(asked, place):
    assert place_of(asked, [5, 7]) == place
