"""A list too long for one page: its beginning is sent with the page, the rest when one comes near it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from salesplan.lib.htmx import HtmxHttpRequest

#: As many rows as fill a tall screen.
FIRST = 20


@dataclass(frozen=True)
class Piece[Row]:
    rows: Sequence[Row]
    #: How many come later.
    left: int = 0


def piece_of[Row](
    rows: Sequence[Row], request: HtmxHttpRequest, *, rest: str, first: int = FIRST, reach: int = 0
) -> Piece[Row]:
    """The rows this request is to show, of all there are.

    `rest` is the place at the end of the list that fetches the others (templates/frame/rest.html): element, template
    partial and HX-Target in one word. The page shows all rows up to `reach`, where the one stands that was asked for.
    Without JavaScript the whole list is at ?all; and after a change it is drawn whole, for one may have seen all of it.
    """
    if request.htmx:
        return Piece(rows[_seen(request) :] if request.htmx.target == rest else rows)
    if "all" in request.GET:
        return Piece(rows)
    shown = rows[: max(first, reach)]
    return Piece(shown, len(rows) - len(shown))


def place_of(asked: str, ids: Iterable[int]) -> int:
    """Where the row with the id that was asked for stands, counted from 1; 0 when it is none of these."""
    return next((place for place, pk in enumerate(ids, 1) if str(pk) == asked), 0)


def _seen(request: HtmxHttpRequest) -> int:
    seen = request.GET.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 7 else 0
