"""Where there is room for a few of many: those farthest behind."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from kpis.kpi.pace import AT_RISK, NO_DATA, OFF_TRACK, ON_TRACK
from kpis.kpi.progress import KpiProgress

ORDER = (OFF_TRACK, AT_RISK, ON_TRACK, NO_DATA)


def urgency(progress: KpiProgress | None) -> tuple[int, Decimal]:
    """The smaller, the sooner somebody should look."""
    if progress is None:
        return len(ORDER), Decimal(0)
    return ORDER.index(progress.status), progress.pace.ratio or Decimal(1)


def most_urgent[T](items: Sequence[T], progress: Callable[[T], KpiProgress | None], *, most: int) -> list[T]:
    """In the order of the page."""
    places = sorted(range(len(items)), key=lambda place: urgency(progress(items[place])))[:most]
    return [items[place] for place in sorted(places)]
