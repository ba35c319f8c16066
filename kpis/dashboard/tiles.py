"""One KPI as a tile: its value, where it stands against its pace, and how old that is."""

from dataclasses import dataclass

from kpis.dashboard.amounts import figures_and_unit, short
from kpis.kpi.progress import KpiProgress
from kpis.kpi.words import band_words

NEVER = 100_000


@dataclass(frozen=True)
class Tile:
    progress: KpiProgress
    number: str
    unit: str
    pace: str
    target: str

    @property
    def has_run(self) -> bool:
        """Whether there is something to take out: the run of a KPI without values is no chart."""
        return any(value is not None for value in self.progress.entered)

    @property
    def warn_after(self) -> int:
        """After so many days without a value there is a warning; never once its last period is in."""
        fresh = self.progress.freshness
        return fresh.limit if fresh.stale else NEVER


def tile_of(progress: KpiProgress) -> Tile:
    track = progress.track
    number, unit = figures_and_unit(short(progress.value, track.unit, exact=True))
    expected = progress.pace.expected
    return Tile(
        progress=progress,
        number=number,
        unit=unit,
        pace="" if expected is None or track.has_band else short(expected, track.unit),
        target=_target(progress),
    )


def _target(progress: KpiProgress) -> str:
    track = progress.track
    if not track.is_set:
        return ""
    return band_words(track) if track.has_band else short(track.target, track.unit, exact=True)
