"""Who keeps the plan waiting for values, for pages that know where its KPIs stand."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kpis.kpi.models import Kpi
from kpis.kpi.periods import WEEKLY, count_periods, first_day, period_label, period_of, previous_period
from kpis.kpi.progress import KpiProgress, progress_of
from kpis.kpi.schedule import WEEK, Checkin, late_checkin
from plans.plan.attention import Attention
from plans.plan.models import Plan

#: Before a KPI that is off track: without the values nobody knows how it stands. After what is blocked or overdue.
WEIGHT = 65
#: The more are missing the more pressing, up to so many.
MOST = 9
#: More people than this are one line.
SINGLE_LINES = 3


def late_attention(plan: Plan, today: dt.date) -> list[Attention]:
    kpis = Kpi.objects.in_plan(plan).select_related("owner").annotate(is_skipped=is_skipped(plan, today))
    return late_from(progress_of(kpis, today, plan=plan), plan, today)


def is_skipped(plan: Plan, today: dt.date) -> Exists:
    """Whether the period is skipped of which one would be late with a KPI: part of the query that reads it."""
    week, skipped = late_checkin(plan.workspace, today).week, Q()
    for rhythm in Kpi.Rhythm.values:
        skipped |= Q(rhythm=rhythm, skips__period=_asked(rhythm, week, plan.workspace.week_starts_on))
    return Exists(Kpi.objects.filter(skipped, pk=OuterRef("pk")))


def late_from(kpis: list[KpiProgress], plan: Plan, today: dt.date) -> list[Attention]:
    """One line for each person, or one for many; the page on which the values are missing names them.

    The KPIs come with `is_skipped`.
    """
    if plan.status != Plan.Status.ACTIVE:
        return []
    checkin = late_checkin(plan.workspace, today)
    found = missing_by_owner(kpis, checkin)
    owners = {owner: str(late[0].kpi.owner) for owner, late in found.items()}
    missing = Counter({owner: len(late) for owner, late in found.items()})
    url = reverse("kpis:checkin", args=[plan.pk], query={"week": checkin.code})
    if len(missing) > SINGLE_LINES:
        title = ngettext("%(count)d person late", "%(count)d people late", len(missing)) % {"count": len(missing)}
        words = _words(missing.total(), checkin)
        return [Attention("stale", title, words, url, _("See who"), WEIGHT + MOST)]
    return [
        Attention("stale", owners[owner], _words(count, checkin), url, _("See which"), WEIGHT + min(count, MOST))
        for owner, count in missing.items()
    ]


def missing_by_owner(kpis: Iterable[KpiProgress], checkin: Checkin) -> dict[int | None, list[KpiProgress]]:
    missing: dict[int | None, list[KpiProgress]] = defaultdict(list)
    for progress in missing_from(kpis, checkin):
        missing[progress.kpi.owner_id].append(progress)
    return missing


def missing_from(kpis: Iterable[KpiProgress], checkin: Checkin) -> list[KpiProgress]:
    """Those somebody owes since that check-in. They come with `is_skipped`."""
    return [one for one in kpis if one.kpi.owner and one.kpi.owner.is_active and _is_missing(one, checkin.week)]


def late_period(progress: KpiProgress, checkin: Checkin) -> dt.date:
    """The one of which that check-in asked for the value."""
    return _asked(progress.kpi.rhythm, checkin.week, progress.track.week_start)


def _is_missing(progress: KpiProgress, week: dt.date) -> bool:
    """As kpis.checkin.due asks the database."""
    rhythm, track = progress.kpi.rhythm, progress.track
    period = _asked(rhythm, week, track.week_start)
    if progress.kpi.is_skipped:  # type: ignore[attr-defined]
        return False
    if not track.starts_on <= track.last_day(period) or track.deadline < period:
        return False
    if progress.last_period is None or progress.last_period < period:
        return True
    # `entered` begins with the first value there is; nobody is late with what lies beyond its eight periods.
    place = count_periods(period, progress.last_period, rhythm)
    return place > len(progress.entered) or progress.entered[-place] is None


def _asked(rhythm: str, week: dt.date, week_start: int) -> dt.date:
    return previous_period(period_of(first_day(week + WEEK, WEEKLY, week_start), rhythm, week_start), rhythm)


def _words(count: int, checkin: Checkin) -> str:
    words = ngettext(
        "%(count)d KPI of %(week)s not entered, due %(day)s",
        "%(count)d KPIs of %(week)s not entered, due %(day)s",
        count,
    )
    day = date_format(checkin.day, "MONTH_DAY_FORMAT")
    return words % {"count": count, "week": period_label(checkin.week, WEEKLY), "day": day}
