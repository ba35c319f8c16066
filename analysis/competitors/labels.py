"""Names beside the circles of a map, on the side where they cover least."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

CHARACTER, LINE = 6.6, 16.0
GAP = 4.0

type Point = tuple[float, float, float]
type Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Canvas:
    """The plot's size in pixels, as well as it is known before it is drawn."""

    width: float
    height: float


def place_labels(
    points: Sequence[Point], names: Sequence[str], canvas: Canvas, *, avoid: Sequence[Box] = ()
) -> list[dict[str, Any]]:
    """Plotly's anchor and shift for the name of each (x, y, radius); large circles choose first.

    `avoid` is what else is drawn: lines, other words.
    """
    circles = [(x - r, y - r, x + r, y + r) for x, y, r in points]
    taken: list[Box] = list(avoid)
    anchors: dict[int, dict[str, Any]] = {}
    for index in sorted(range(len(points)), key=lambda i: -points[i][2]):
        others = [*taken, *(box for i, box in enumerate(circles) if i != index)]
        box, anchors[index] = min(
            _sides(points[index], len(names[index]) * CHARACTER),
            key=lambda side: sum(_overlap(side[0], other) for other in others) + _outside(side[0], canvas),
        )
        taken.append(box)
    return [anchors[index] for index in range(len(points))]


def _sides(point: Point, width: float) -> Iterator[tuple[Box, dict[str, Any]]]:
    """Right, left, above and below of the circle: the box the name fills there, and how Plotly is told."""
    x, y, radius = point
    off = radius + GAP
    half = LINE / 2
    yield (x + off, y - half, x + off + width, y + half), {"xanchor": "left", "xshift": off}
    yield (x - off - width, y - half, x - off, y + half), {"xanchor": "right", "xshift": -off}
    yield (x - width / 2, y - off - LINE, x + width / 2, y - off), {"yanchor": "bottom", "yshift": off - GAP}
    yield (x - width / 2, y + off, x + width / 2, y + off + LINE), {"yanchor": "top", "yshift": GAP - off}


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def _outside(box: Box, canvas: Canvas) -> float:
    """Being cut off is worse than covering something."""
    return 100.0 * sum(max(0.0, over) for over in (-box[0], -box[1], box[2] - canvas.width, box[3] - canvas.height))
