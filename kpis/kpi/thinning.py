"""Which points of a long run are drawn: as many as a screen can tell apart, and none that would hide an extreme."""

from collections.abc import Collection, Sequence
from itertools import batched

#: A plot is at most some 900 pixels wide.
MOST_POINTS = 400


def thinned[Place](
    points: Sequence[tuple[Place, float]], *, most: int = MOST_POINTS, keep: Collection[Place] = ()
) -> list[Place]:
    """The places of `points` to draw, in their order: all when there are at most `most`.

    Else the first and the last, of each stretch of equally many points the lowest and the highest, and those in `keep`,
    whatever that makes.
    """
    if len(points) <= most:
        return [place for place, _height in points]
    stretch = -(-len(points) // max((most - 2) // 2, 1))
    drawn = {points[0][0], points[-1][0], *keep}
    for some in batched(points, stretch):
        drawn |= {min(some, key=_height)[0], max(some, key=_height)[0]}
    return [place for place, _height in points if place in drawn]


def _height(point: tuple[object, float]) -> float:
    return point[1]
