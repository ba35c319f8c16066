"""How a pace is said: the gap, the rule with its numbers, and the mark that stands beside them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kpis.kpi.formulas import formula_of
from kpis.kpi.models import Kpi
from kpis.kpi.pace import AT_RISK, NO_DATA, OFF_TRACK, ON_TRACK, Pace
from kpis.kpi.rules import Rules
from kpis.kpi.track import Track
from plans.objectives.models import Direction
from salesplan.lib.money import CURRENCIES, format_quantity
from salesplan.lib.numbers import format_number


@dataclass(frozen=True)
class Look:
    """`css` is a class of .stt, `delta` one of .delta (static/css/parts.css)."""

    css: str
    delta: str
    icon: str
    word: str | Promise


LOOKS = {
    ON_TRACK: Look("done", "up", icon="circle-check", word=gettext_lazy("On track")),
    AT_RISK: Look("risk", "wn", icon="alert-triangle", word=gettext_lazy("At risk")),
    OFF_TRACK: Look("over", "dn", icon="trending-down", word=gettext_lazy("Off track")),
    NO_DATA: Look("todo", "eq", icon="circle-dashed", word=gettext_lazy("No data")),
}


def coarse(value: Decimal, *, like: Decimal | None = None) -> Decimal:
    """As precise as one reads an expected value: 17.0 of 17.0343, 1,220,833 of 1,220,833.33.

    `like` is the value beside it, whose precision it then has.
    """
    size = abs(value if like is None else like)
    places = 0 if size >= 100 else 1 if size >= 10 else 2
    return round(value, places)


def short_quantity(value: Decimal, unit: str) -> str:
    """With a short unit (€, %, h) only: a word (leads) stands beside it already."""
    return format_quantity(value, unit if unit in CURRENCIES or len(unit) <= 3 else "")


def gap_words(pace: Pace) -> str:
    """1.4 pt ahead, 2 behind, 3 € too high, on pace; empty when there is nothing to compare."""
    if pace.gap is None:
        return ""
    if pace.track.has_band:
        return _("inside the band") if not pace.gap else _band_words(pace)
    if pace.on_pace:
        return _("on pace")
    amount = {"amount": _gap_amount(pace)}
    if pace.track.direction == Direction.LESS:
        return _("%(amount)s below") % amount if pace.ahead else _("%(amount)s too high") % amount
    return _("%(amount)s ahead") % amount if pace.ahead else _("%(amount)s behind") % amount


def gap_icon(pace: Pace) -> str:
    """The arrow says where the value is, the colour whether that is good."""
    icon = "arrow-right"
    if pace.gap and not pace.on_pace:
        icon = "arrow-down-right"
        if pace.gap > 0:
            icon = "arrow-up-right"
    return icon


def delta_css(pace: Pace) -> str:
    if pace.on_pace or pace.gap is None or (pace.track.has_band and not pace.gap):
        return "eq"
    # Behind the pace but the target itself is met: no alarm, and no praise.
    return "eq" if pace.is_good and not pace.ahead else LOOKS[pace.status].delta


def pace_words(pace: Pace) -> str:
    """pace 17, band 40 to 60; empty without a track."""
    if pace.track.has_band:
        return band_words(pace.track) if pace.track.is_set else ""
    if pace.expected is None:
        return ""
    return _("pace %(expected)s") % {"expected": short_quantity(coarse(pace.expected), pace.track.unit)}


def band_words(track: Track) -> str:
    low, high = track.band_low, track.band_high
    if low is None or high is None:
        edge = {"edge": format_number(low if high is None else high)}  # type: ignore[arg-type]
        return _("at least %(edge)s") % edge if high is None else _("at most %(edge)s") % edge
    return _("band %(low)s to %(high)s") % {"low": format_number(low), "high": format_number(high)}


def aim_words(track: Track) -> str:
    """target 3.5% by 31 Dec; what the KPI is held against."""
    if track.has_band:
        return band_words(track) if track.is_set else ""
    if track.target is None:
        return ""
    words = {
        "target": format_quantity(track.target, track.unit),
        "day": date_format(track.deadline, "MONTH_DAY_FORMAT"),
    }
    if track.direction == Direction.LESS:
        return _("at most %(target)s by %(day)s") % words
    return _("target %(target)s by %(day)s") % words


def lack_words(kpi: Kpi, last_period: dt.date | None, reason: str = "") -> str:
    """Why the last numbers of a KPI give no value, by its `reason` where it is known; or why there are none yet."""
    never = _("No data is never off track.")
    if reason:
        return f"{reason} {never}"
    if last_period and (formula := formula_of(kpi)):
        return f"{formula.without} {never}"
    if last_period:
        return _("The numbers of the last period give no value: its page says why.") + f" {never}"
    return _("No value yet: it is computed once the KPIs it names have theirs.") + f" {never}"


def due_words(track: Track, period: dt.date) -> str:
    """What a period asks for: a total's share, or the level at its end; empty where that is the target anyway."""
    expected = track.expected(min(track.last_day(period), track.deadline))
    if expected is None or (expected == track.target and not track.is_total):
        return ""
    if track.is_total:
        expected -= track.expected(track.first_day(period) - dt.timedelta(days=1)) or Decimal(0)
    return _("asks for %(amount)s") % {"amount": short_quantity(coarse(expected), track.unit)}


def rule_words(pace: Pace) -> str:
    """The status with the numbers it comes from and the rule that made it."""
    if not pace.track.is_set:
        return _("No target is set, so there is nothing to compare with.")
    if pace.actual is None:
        return _("No value yet. No data is never off track.")
    if pace.track.has_band:
        return _("On track inside the band, at risk up to a tenth of its width outside, off track beyond.")
    if pace.reached:
        return _("The target is reached.")
    numbers = {
        "actual": format_quantity(pace.actual, pace.track.unit),
        "expected": format_quantity(coarse(pace.expected or Decimal(0)), pace.track.unit),
        "percent": format_number(round((pace.ratio or Decimal(0)) * 100)),
    }
    compared = _("%(actual)s against %(expected)s expected: %(percent)s%% of pace.") % numbers
    return f"{compared} {threshold_words(pace.track.rules)}"


def threshold_words(rules: Rules) -> str:
    """From which share of its pace a KPI is what, and who says so."""
    percents = {"good": rules.on_track_percent, "risk": rules.at_risk_percent}
    words = [
        _("For this KPI: on track from %(good)d%%, at risk from %(risk)d%%.") % percents
        if rules.own
        else _("On track from %(good)d%%, at risk from %(risk)d%%.") % percents
    ]
    if 99 < rules.on_track_percent <= 100:
        words.append(_("Within 1% counts as on pace."))
    return " ".join(words)


def _band_words(pace: Pace) -> str:
    amount = {"amount": _gap_amount(pace)}
    return _("%(amount)s above the band") % amount if pace.gap > 0 else _("%(amount)s below the band") % amount  # type: ignore[operator]


def _gap_amount(pace: Pace) -> str:
    """A gap between percentages is counted in points."""
    gap = coarse(abs(pace.gap or Decimal(0)), like=pace.expected)
    unit = pace.track.unit
    return _("%(number)s pt") % {"number": format_number(gap)} if unit == "%" else short_quantity(gap, unit)
