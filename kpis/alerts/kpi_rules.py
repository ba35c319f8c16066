"""What the values of a KPI say: it is off its pace, old, or breaks with its own past."""

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kpis.alerts.facts import KpiFacts, PlanFacts
from kpis.alerts.figures import date_of, number, plain
from kpis.alerts.models import Alert
from kpis.alerts.rules import Finding, Rule, Way, register_rule
from kpis.alerts.usual import usual_of
from kpis.kpi.models import Kpi
from kpis.kpi.pace import OFF_TRACK, Pace, judge
from kpis.kpi.periods import next_period, period_label, previous_period
from kpis.kpi.progress import running_values
from kpis.kpi.track import Track
from kpis.kpi.words import coarse
from kpis.readings.models import Reading
from plans.actions.models import Action
from plans.objectives.models import Direction
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import format_number
from salesplan.templatetags.figures import day

#: So many periods in a row must be off track: one may be a slip.
IN_A_ROW = 2
DAY = dt.timedelta(days=1)


class KpiRule(Rule):
    def look(self, facts: PlanFacts) -> Iterator[Finding | None]:
        return (self.look_at(kpi, facts.today) for kpi in facts.kpis)

    @abstractmethod
    def look_at(self, facts: KpiFacts, today: dt.date) -> Finding | None: ...

    def finding(self, facts: KpiFacts, level: Decimal, since: dt.date, **figures: Any) -> Finding:
        kpi = facts.kpi
        about = {"name": kpi.name, "unit": kpi.unit, "rhythm": kpi.rhythm, "computed": kpi.is_computed}
        return Finding(f"kpi-{kpi.pk}", level, about | figures, since, facts.people)

    def about_url(self, alert: Alert) -> str:
        return reverse("kpis:kpi_detail", args=[alert.subject_id])


class OffPace(KpiRule):
    key = "off_pace"
    weight = 60
    icon = "trending-down"
    css = "c-over"
    title = gettext_lazy("Off its pace")
    explains = gettext_lazy("A KPI was off track for two periods in a row, each with a value.")

    def look_at(self, facts: KpiFacts, today: dt.date) -> Finding | None:
        run = list(_off_track(facts, today))
        if len(run) < IN_A_ROW:
            return None
        (last, pace), (first, earliest) = run[0], run[-1]
        track = facts.progress.track
        return self.finding(
            facts,
            _points_behind(pace),
            earliest.on,
            actual=plain(pace.actual),
            expected=None if track.has_band else plain(pace.expected),
            percent=round((pace.ratio or Decimal(0)) * 100),
            low=plain(track.band_low),
            high=plain(track.band_high),
            on=plain(pace.on),
            first=plain(first),
            last=plain(last),
            count=len(run),
            total=track.is_total,
            less=track.direction == Direction.LESS,
            risk=track.rules.at_risk_percent,
            needed=plain(_needed(track, next_period(last, track.rhythm))),
        )

    def says(self, alert: Alert) -> str:
        figures = alert.figures
        unit = figures["unit"]
        words = {
            "actual": format_quantity(number(figures, "actual"), unit),
            "day": day(date_of(figures, "on"), alert.plan),
            "first": period_label(date_of(figures, "first"), figures["rhythm"]),
            "last": period_label(date_of(figures, "last"), figures["rhythm"]),
            "count": figures["count"],
        }
        run = ngettext(
            "Off track %(count)d time in a row, from %(first)s to %(last)s.",
            "Off track %(count)d times in a row, from %(first)s to %(last)s.",
            figures["count"],
        )
        if figures["expected"] is None:
            told = _("%(actual)s on %(day)s, outside its band.")
            return f"{told % words} {run % words}"
        words["expected"] = format_quantity(coarse(number(figures, "expected")), unit)
        words["percent"] = format_number(number(figures, "percent"))
        told = _("%(actual)s against %(expected)s expected on %(day)s: %(percent)s%% of pace.")
        return f"{told % words} {run % words}"

    def clears(self, alert: Alert) -> str:
        figures = alert.figures
        following = next_period(date_of(figures, "last"), figures["rhythm"])
        words = {"period": period_label(following, figures["rhythm"]), "percent": figures["risk"]}
        if figures["needed"] is None:
            return _("The first value that is not off track, for example that of %(period)s.") % words
        words["needed"] = format_quantity(coarse(number(figures, "needed")), figures["unit"])
        if figures["less"]:
            return _("At most %(needed)s with %(period)s, which is no longer off track.") % words
        if figures["total"]:
            return _("A total of at least %(needed)s with %(period)s: %(percent)d%% of pace.") % words
        return _("At least %(needed)s in %(period)s: %(percent)d%% of pace.") % words

    def way(self, alert: Alert) -> Way:
        return Way(self.about_url(alert), _("See what moves it"))

    def deeds(self, alert: Alert) -> list[QuerySet]:
        moving = Action.kpis.through.objects.filter(kpi=int(alert.subject_id)).values("action")
        return [Action.history.filter(id__in=moving), Kpi.history.filter(id=alert.subject_id)]


def _off_track(facts: KpiFacts, today: dt.date) -> Iterator[tuple[dt.date, Pace]]:
    """The latest periods, as long as each has a value and was off track; a period without a value ends the row."""
    track, period = facts.progress.track, facts.progress.last_period
    running = running_values(track, facts.values)
    while period and running.get(period) is not None and track.last_day(period) >= track.starts_on:
        pace = judge(track, running[period], min(track.last_day(period), today))
        if pace.status != OFF_TRACK:
            return
        yield period, pace
        period = previous_period(period, track.rhythm)


def _points_behind(pace: Pace) -> Decimal:
    """Percent of the pace that are missing; outside a band, how far in percent of where it ends."""
    if pace.ratio is not None:
        return min(max(100 - 100 * pace.ratio, Decimal(1)), Decimal(10_000))
    edge = abs(pace.expected or Decimal(0)) or Decimal(1)
    return min(100 * abs(pace.gap or Decimal(0)) / edge, Decimal(10_000))


def _needed(track: Track, period: dt.date) -> Decimal | None:
    """The value with which it is no longer off track; None where there is no share of a pace to ask for."""
    expected = track.expected(min(track.last_day(period), track.deadline))
    ends = [end for end in (track.start, track.target, expected) if end is not None]
    if expected is None or min(ends) < 0 or not expected:
        return None
    share = track.rules.at_risk_from
    return expected / share if track.direction == Direction.LESS else expected * share


class Stale(KpiRule):
    key = "stale"
    weight = 40
    icon = "history"
    css = "c-risk"
    title = gettext_lazy("No fresh value")
    explains = gettext_lazy(
        "A KPI has had no value for more than 8 days (weekly), 32 days (monthly) or 95 days (quarterly) after the end "
        "of its last period. A period that was skipped with a reason counts as answered."
    )

    def look_at(self, facts: KpiFacts, today: dt.date) -> Finding | None:
        fresh, track = facts.progress.freshness, facts.progress.track
        if not fresh.stale or self._is_answered(facts, today):
            return None
        since = today - (fresh.days - fresh.limit - 1) * DAY
        last = facts.progress.last_period
        missing = next_period(last, track.rhythm) if last else track.period_of(track.starts_on)
        return self.finding(
            facts,
            Decimal(fresh.days),
            since,
            on=plain(today - fresh.days * DAY),
            last=plain(last),
            missing=plain(missing),
            limit=fresh.limit,
        )

    def _is_answered(self, facts: KpiFacts, today: dt.date) -> bool:
        if facts.skipped is None:
            return False
        track = facts.progress.track
        return (today - track.last_day(facts.skipped)).days <= facts.progress.freshness.limit

    def says(self, alert: Alert) -> str:
        figures = alert.figures
        limit = ngettext(
            "A value is stale after %(days)d day.", "A value is stale after %(days)d days.", figures["limit"]
        ) % {"days": figures["limit"]}
        if figures["last"] is None:
            words = _("No value yet, and its first period ended on %(day)s.")
            return f"{words % {'day': day(date_of(figures, 'on'), alert.plan)}} {limit}"
        words = _("No value since %(last)s, which ended on %(day)s.")
        last = period_label(date_of(figures, "last"), figures["rhythm"])
        return f"{words % {'last': last, 'day': day(date_of(figures, 'on'), alert.plan)}} {limit}"

    def clears(self, alert: Alert) -> str:
        if alert.figures["computed"]:
            return _("Values of the KPIs it is computed from.")
        missing = period_label(date_of(alert.figures, "missing"), alert.figures["rhythm"])
        return _("A value for the last period that is over, the earliest missing being %(missing)s.") % {
            "missing": missing
        }

    def way(self, alert: Alert) -> Way:
        if alert.figures["computed"]:
            return Way(self.about_url(alert), _("See what is missing"))
        url = reverse("kpis:checkin", args=[alert.plan_id]) + f"#{alert.subject}"
        return Way(url, _("Enter value"))

    def deeds(self, alert: Alert) -> list[QuerySet]:
        return [Reading.history.filter(kpi_id=alert.subject_id), Kpi.history.filter(id=alert.subject_id)]


class Break(KpiRule):
    key = "break"
    weight = 50
    icon = "activity"
    css = "c-risk"
    title = gettext_lazy("Breaks with its past")
    explains = gettext_lazy(
        "The latest value of a KPI is farther from the median of its last 8 values than 3.5 times their usual spread "
        "(the median absolute deviation), up or down. With fewer values nothing is said."
    )

    def look_at(self, facts: KpiFacts, today: dt.date) -> Finding | None:
        track = facts.progress.track
        # A total whose period is not over may still grow; of levels no more is read than is needed without it.
        known = [
            (period, value)
            for period, value in facts.values.items()
            if value is not None and not (track.is_total and track.last_day(period) > today)
        ]
        if not known:
            return None
        period, value = known[-1]
        step = Decimal(1) if facts.kpi.measure == Kpi.Measure.COUNT else Decimal(0)
        usual = usual_of([other for _period, other in known[:-1]], step=step)
        if usual is None or usual.low <= value <= usual.high:
            return None
        return self.finding(
            facts,
            min(usual.distance(value), Decimal(10_000)),
            min(track.last_day(period), today),
            value=plain(value),
            period=plain(period),
            middle=plain(usual.middle),
            low=plain(usual.low),
            high=plain(usual.high),
            count=usual.count,
        )

    def says(self, alert: Alert) -> str:
        figures = alert.figures
        unit = figures["unit"]
        words = {name: format_quantity(coarse(number(figures, name)), unit) for name in ("middle", "low", "high")}
        words |= {
            "value": format_quantity(number(figures, "value"), unit),
            "period": period_label(date_of(figures, "period"), figures["rhythm"]),
            "count": figures["count"],
        }
        return (
            _(
                "%(value)s in %(period)s. Usual is %(low)s to %(high)s: the median of its %(count)d values before is "
                "%(middle)s."
            )
            % words
        )

    def clears(self, alert: Alert) -> str:
        figures = alert.figures
        words = {name: format_quantity(coarse(number(figures, name)), figures["unit"]) for name in ("low", "high")}
        return _("A next value from %(low)s to %(high)s, or this one put right.") % words

    def way(self, alert: Alert) -> Way:
        if alert.figures["computed"]:
            return Way(self.about_url(alert), _("See where it comes from"))
        return Way(self.about_url(alert) + "#reading-add", _("Check the value"))

    def deeds(self, alert: Alert) -> list[QuerySet]:
        """A value that is put right; the next one that comes is no deed."""
        corrected = Reading.history.filter(kpi_id=alert.subject_id).exclude(history_type="+")
        moving = Action.kpis.through.objects.filter(kpi=int(alert.subject_id)).values("action")
        return [corrected, Action.history.filter(id__in=moving)]


register_rule(OffPace())
register_rule(Stale())
register_rule(Break())
