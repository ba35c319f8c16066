"""A year of believable figures: trend, season and noise, always the same for the same seed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import pi

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SEED = 2026


@dataclass(frozen=True)
class Series:
    """From `first` a year ago to `now`; `season` is the height of the yearly wave (best in spring) and
    `noise` the usual deviation, both as shares. `silent` leaves out the last periods; `notes` are by
    periods ago: confidence and words.
    """

    first: float
    now: float
    season: float = 0.0
    noise: float = 0.02
    decimals: int = 1
    silent: int = 0
    notes: dict[int, tuple[str, str | Promise]] = field(default_factory=dict)


SERIES: dict[str, Series] = {
    "sales": Series(33_500, 41_800, 0.08, 0.06, 0, notes={1: ("high", _("Two renewals came a week early"))}),
    "traffic": Series(0.5, 18.4, 0, 0.05, notes={3: ("medium", _("Campaign relaunched with new pages"))}),
    "rate": Series(2.6, 3.1, 0.01, 0.03, 2, notes={2: ("medium", _("Form shortened to four fields"))}),
    "leads": Series(39, 53, 0.05, 0.09, 0),
    "conversion": Series(11, 14.1, 0, 0.05),
    "roi": Series(92, 148, 0.03, 0.04, 0),
    "cost": Series(84, 61, 0, 0.03, 0, notes={1: ("medium", _("Trade fair leads pull the average up"))}),
    "demos": Series(24, 31, 0.04, 0.1, 0),
    "retention": Series(82.2, 83.4, 0, 0.004, notes={0: ("low", _("Three accounts left after the price change"))}),
    "repeat": Series(0.4, 6.6, 0, 0.08, silent=4),
    "response": Series(11.2, 6.3, 0, 0.05),
    "nps": Series(31, 38, 0, 0.02, 0),
    "share": Series(8.0, 9.3, 0, 0.008),
    "organic": Series(12_300, 15_400, 0.04, 0.03, 0),
    "reach": Series(98_000, 128_000, 0.05, 0.08, 0),
    "partner_sales": Series(0, 6_400, 0, 0.1, 0),
    "partners": Series(0.4, 1.0, 0, 0.2, 0),
    "win": Series(24, 27.6, 0, 0.02),
}


def values_of(key: str, periods: Sequence[dt.date]) -> list[Decimal]:
    """One value for each period, oldest first."""
    import numpy as np  # not needed to serve pages
    import pandas as pd

    series = SERIES[key]
    draw = np.random.default_rng([SEED, sorted(SERIES).index(key)])
    days = pd.DatetimeIndex(pd.to_datetime(list(periods)))
    trend = pd.Series(np.linspace(series.first, series.now, len(periods)), index=days)
    wave = 1 + series.season * np.sin(2 * pi * (days.dayofyear.to_numpy() - 15) / 365)
    noisy = trend * wave * (1 + draw.normal(0, series.noise, len(periods)))
    # The last value is the one the story tells: the year leads there.
    noisy.iloc[-1] = series.now
    return [Decimal(str(round(value, series.decimals))) for value in noisy.clip(lower=0)]
