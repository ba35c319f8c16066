"""Which panels of the overview are shown, in what order, and how they share the width of the page.

An arrangement is kept as a text: the names of the panels in their order, then those that are hidden with a minus before
each. Names it does not know of come where they would naturally be, so that a panel of a later release is seen.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.plan.models import Plan

#: The page is so many columns wide.
COLUMNS = 12
HIDDEN = "-"


@dataclass(frozen=True)
class Panel:
    """`width` is how many columns it needs; where its row has more, it takes them."""

    name: str
    title: str | Promise
    width: int = COLUMNS


#: As they naturally stand.
PANELS = (
    Panel("figures", _("Key figures")),
    Panel("run", _("The run of the first KPI"), 8),
    Panel("attention", _("Needs attention"), 4),
    Panel("objectives", _("Objectives")),
    Panel("progress", _("Objective progress"), 6),
    Panel("pace", _("KPIs against their pace"), 6),
    Panel("categories", _("Budget by category"), 7),
    Panel("waterfall", _("From the planned budget to what is left"), 5),
    Panel("weeks", _("Actions by status and week")),
)
BY_NAME = {panel.name: panel for panel in PANELS}


@dataclass(frozen=True)
class Arrangement:
    """Names of panels: every one is either shown or hidden."""

    shown: tuple[str, ...]
    hidden: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join([*self.shown, *(HIDDEN + name for name in self.hidden)])

    def moved(self, name: str, way: str) -> "Arrangement":
        """One place "earlier" or "later", or a row "up" or "down"; as it is where there is no such place."""
        if name not in self.shown:
            return self
        rest = [other for other in self.shown if other != name]
        rest.insert(_place(self, name, way), name)
        return Arrangement(tuple(rest), self.hidden)

    def without(self, name: str) -> "Arrangement":
        if name not in self.shown:
            return self
        return arrange([other for other in self.shown if other != name], [*self.hidden, name])

    def with_shown(self, name: str) -> "Arrangement":
        """Where it would naturally be."""
        return arrange(self.shown, [other for other in self.hidden if other != name])


def arrange(shown: Iterable[str], hidden: Iterable[str] = ()) -> Arrangement:
    """Of any names: unknown and repeated ones are left out, and those that are missing come after whatever naturally
    comes before them.
    """
    order = [name for name in dict.fromkeys(shown) if name in BY_NAME]
    away = {name for name in hidden if name in BY_NAME and name not in order}
    before = ""
    for panel in PANELS:
        if panel.name not in order and panel.name not in away:
            order.insert(order.index(before) + 1 if before else 0, panel.name)
        before = panel.name if panel.name in order else before
    return Arrangement(tuple(order), tuple(panel.name for panel in PANELS if panel.name in away))


def read_arrangement(text: str) -> Arrangement:
    names = text.split()
    hidden = [name.removeprefix(HIDDEN) for name in names if name.startswith(HIDDEN)]
    return arrange([name for name in names if not name.startswith(HIDDEN)], hidden)


NATURAL = arrange([])


def arrangement_of_plan(plan: Plan) -> Arrangement:
    """The one for everybody: of people outside, and of the screen in a meeting room."""
    return read_arrangement(plan.overview)


def arrangement_of_reader(plan: Plan) -> Arrangement:
    """`plan` as `open_plan` gives it: it knows how its reader has arranged it."""
    return read_arrangement(plan.my_overview or plan.overview)


def rows_of(names: Iterable[str]) -> list[list[tuple[Panel, int]]]:
    """The panels in the rows they come to stand in, each with its width: in a row the widest takes what is left."""
    rows: list[list[Panel]] = []
    for panel in (BY_NAME[name] for name in names):
        if rows and sum(other.width for other in rows[-1]) + panel.width <= COLUMNS:
            rows[-1].append(panel)
        else:
            rows.append([panel])
    return [_filled(row) for row in rows]


def _filled(row: Sequence[Panel]) -> list[tuple[Panel, int]]:
    widest, spare = max(row, key=lambda panel: panel.width), COLUMNS - sum(panel.width for panel in row)
    return [(panel, panel.width + (spare if panel is widest else 0)) for panel in row]


def _place(arrangement: Arrangement, name: str, way: str) -> int:
    """Where among the others it comes to stand."""
    here, last = arrangement.shown.index(name), len(arrangement.shown) - 1
    if way == "earlier":
        return max(here - 1, 0)
    if way == "later":
        return min(here + 1, last)
    return _place_in_row(arrangement, name, way) if way in {"up", "down"} else here


def _place_in_row(arrangement: Arrangement, name: str, way: str) -> int:
    """That of the panel above, or the one after the panel below; beyond the last row, the end."""
    lefts = [_lefts(row) for row in rows_of(arrangement.shown)]
    number = next(number for number, row in enumerate(lefts) if name in row)
    goal = number + (-1 if way == "up" else 1)
    if not 0 <= goal < len(lefts):
        return 0 if way == "up" else len(arrangement.shown) - 1
    left = lefts[number][name]
    over = [other for other, edge in lefts[goal].items() if edge <= left][-1]
    return arrangement.shown.index(over)


def _lefts(row: Sequence[tuple[Panel, int]]) -> dict[str, int]:
    """In which column each begins."""
    edge, lefts = 0, {}
    for panel, width in row:
        lefts[panel.name] = edge
        edge += width
    return lefts
