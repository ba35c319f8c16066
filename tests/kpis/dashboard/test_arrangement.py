"""Panels of the overview are put in order, hidden, and laid out in rows."""

import pytest

from kpis.dashboard import arrangement as panels
from kpis.dashboard.arrangement import NATURAL, PANELS, Panel, arrange, read_arrangement, rows_of


def widths(*names):
    return [[(panel.name, width) for panel, width in row] for row in rows_of(names)]


def test_nothing_written_is_how_panels_naturally_stand():
    assert read_arrangement("") == NATURAL
    assert NATURAL.shown == tuple(panel.name for panel in PANELS)


def test_what_is_written_is_read_back():
    arranged = NATURAL.moved("weeks", "earlier").without("waterfall").without("run")

    assert read_arrangement(str(arranged)) == arranged


def test_an_arrangement_of_all_panels_fits_its_column():
    assert len(str(arrange([], [panel.name for panel in PANELS]))) <= 400


def test_a_panel_of_a_later_release_stands_where_it_would_naturally(monkeypatch):
    written = str(NATURAL.moved("weeks", "up").without("pace"))
    later = (*PANELS[:4], Panel("newcomer", "Newcomer"), *PANELS[4:])
    monkeypatch.setattr(panels, "PANELS", later)
    monkeypatch.setattr(panels, "BY_NAME", {panel.name: panel for panel in later})

    arranged = read_arrangement(written)

    assert arranged.shown[3:5] == ("objectives", "newcomer")
    assert arranged.hidden == ("pace",)


def test_a_panel_that_has_gone_is_forgotten():
    assert read_arrangement("gone figures -lost") == NATURAL


def test_a_name_that_comes_twice_counts_once_and_shown_wins():
    arranged = arrange(["weeks", "figures", "weeks"], ["weeks", "run"])

    assert arranged.shown.count("weeks") == 1
    assert arranged.hidden == ("run",)


@pytest.mark.parametrize(
    ("name", "way", "place"),
    [
        ("run", "earlier", 0),
        ("run", "later", 2),
        ("figures", "earlier", 0),
        ("weeks", "later", 8),
        # progress and pace share a row; above it stand objectives alone, and a row above that run and attention
        ("pace", "up", 3),
        ("progress", "down", 6),
        ("pace", "down", 6),
        ("categories", "up", 4),
        ("waterfall", "up", 5),
        ("figures", "up", 0),
        ("weeks", "down", 8),
        ("run", "sideways", 1),
    ],
)
def test_a_panel_moves_by_a_place_or_a_row(name, way, place):
    assert NATURAL.moved(name, way).shown.index(name) == place


def test_what_is_hidden_does_not_move():
    arranged = NATURAL.without("run")

    assert arranged.moved("run", "later") == arranged


def test_what_is_shown_again_comes_back_to_its_natural_place():
    assert NATURAL.without("objectives").with_shown("objectives") == NATURAL


def test_hiding_and_showing_twice_comes_to_the_same():
    once = NATURAL.without("run")

    assert once.without("run") == once
    assert once.with_shown("run").with_shown("run") == NATURAL


def test_a_row_is_filled_by_its_widest_panel():
    assert widths("run", "attention") == [[("run", 8), ("attention", 4)]]
    assert widths("attention") == [[("attention", 12)]]
    assert widths("attention", "waterfall", "weeks") == [[("attention", 4), ("waterfall", 8)], [("weeks", 12)]]


def test_a_panel_that_does_not_fit_begins_the_next_row():
    assert widths("progress", "categories") == [[("progress", 12)], [("categories", 12)]]
