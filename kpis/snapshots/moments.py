"""A moment of a plan as an address names it: now, a day (its end), a day with a time, or a snapshot.

Days and times without a zone are the company's, so an address says the same to every reader.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kpis.snapshots.models import Snapshot
from kpis.snapshots.queries import state_in, state_of
from kpis.snapshots.state import PlanState
from plans.plan.models import Plan

NOW = "now"
#: Before the number of a snapshot.
SNAPSHOT = "s"
WEEK = dt.timedelta(days=7)


class NoMoment(ValueError):
    """What was asked for is none; the message says why to the reader."""


@dataclass(frozen=True)
class Moment:
    #: As the address has it.
    key: str
    #: Of now there is none: it is read from the tables.
    at: dt.datetime | None = None
    snapshot: Snapshot | None = None

    @property
    def words(self) -> str:
        if self.snapshot:
            taken_at = timezone.localtime(self.snapshot.taken_at)
            return f"{self.snapshot.name}, {date_format(taken_at, 'SHORT_DATETIME_FORMAT')}"
        if self.at is None:
            return _("now")
        if len(self.key) == len("2026-03-02"):
            return date_format(dt.date.fromisoformat(self.key), "DATE_FORMAT")
        return date_format(timezone.localtime(self.at), "SHORT_DATETIME_FORMAT")

    @property
    def on_clock(self) -> dt.datetime:
        """For putting two of them in order."""
        return self.snapshot.taken_at if self.snapshot else self.at or timezone.now()

    @property
    def day(self) -> str:
        """For the field in which one chooses a day."""
        return "" if self.snapshot or self.at is None else self.key[:10]

    def state(self, plan: Plan) -> PlanState:
        state = state_in(self.snapshot) if self.snapshot else state_of(plan, self.at)
        if state is None:
            raise NoMoment(_("The plan was not made yet on %(when)s. Choose a later day.") % {"when": self.words})
        return state


def moment_of(key: str, plan: Plan, snapshots: Sequence[Snapshot]) -> Moment:
    if key == NOW:
        return Moment(NOW)
    if names_snapshot(key):
        found = next((one for one in snapshots if key == f"{SNAPSHOT}{one.pk}"), None)
        if found is None:
            raise NoMoment(_("There is no such snapshot of this plan. It may have been deleted."))
        return Moment(key, snapshot=found)
    return Moment(key, at=_time_in(key, plan))


def names_snapshot(key: str) -> bool:
    return key.startswith(SNAPSHOT) and key.removeprefix(SNAPSHOT).isdecimal()


def _time_in(key: str, plan: Plan) -> dt.datetime:
    try:
        if len(key) == len("2026-03-02"):
            day = dt.date.fromisoformat(key)
            _refuse_ahead(_midnight(day, plan))
            # The end of today is now.
            return min(_midnight(day + dt.timedelta(days=1), plan), timezone.now())
        # A plus in an address that somebody typed is a space.
        moment = dt.datetime.fromisoformat(key.replace(" ", "+"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=plan.workspace.zone)
        _refuse_ahead(moment)
        return moment
    except NoMoment:
        raise
    except (ValueError, OverflowError) as error:
        raise NoMoment(_("Write a day as 2026-03-31, or choose one.")) from error


def _midnight(day: dt.date, plan: Plan) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, plan.workspace.zone)


def _refuse_ahead(moment: dt.datetime) -> None:
    if moment > timezone.now():
        raise NoMoment(_("This day is still to come. Choose one until today."))


@dataclass(frozen=True)
class Preset:
    label: str
    key: str


def presets_of(plan: Plan, snapshots: Sequence[Snapshot], made_on: dt.date) -> list[Preset]:
    """What one compares now with most often; those there is no such moment for are left out."""
    review = next((one for one in snapshots if one.kind == Snapshot.Kind.REVIEW), None)
    found, week_ago = [], plan.workspace.today - WEEK
    if made_on <= week_ago:
        found.append(Preset(_("Since last week"), week_ago.isoformat()))
    if review:
        found.append(Preset(_("Since the last review"), f"{SNAPSHOT}{review.pk}"))
    if plan.approved_at:
        found.append(Preset(_("Since approval"), _as_key(plan.approved_at)))
    if plan.news_since:
        found.append(Preset(_("Since my last visit"), _as_key(plan.news_since)))
    return found


def _as_key(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
