"""A check-in as a page: whose KPIs, for which week, how many are in."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kpis.checkin.answered import RECENT_WEEKS, Answer, Missed, answers, missed, starts_of
from kpis.checkin.due import WEEK, count_in_plan, count_owed, due_in_plan, owed_in
from kpis.checkin.effect import Effect, effect_of
from kpis.checkin.line import Place, line_html
from kpis.checkin.progress import progress_html
from kpis.checkin.rows import Row, rows_of
from kpis.kpi.detail import may_enter
from kpis.kpi.periods import MONDAY, WEEKLY, first_day, last_day, period_label, period_of, week_code
from kpis.locks.locked import OPEN, locked_in
from plans.plan.frame import Week
from plans.plan.models import Plan
from salesplan.lib.htmx import HtmxHttpRequest

#: As many lines stand on a page; the rest comes right after it.
FIRST_LINES = 15


@dataclass(frozen=True)
class Group:
    plan: Plan
    lines: list[SafeString]
    #: Its first lines stand above already.
    continued: bool


@dataclass
class CheckinPage:
    """`plan` limits it to one plan, and shows everybody's KPIs; without, it is all that the user owes."""

    request: HtmxHttpRequest
    monday: dt.date
    today: dt.date
    plan: Plan | None = None
    #: The day on which weeks begin for whom the page is for.
    week_start: int = MONDAY
    #: All lines at once, however many.
    whole: bool = False
    #: It stands in the browser, and its scripts send the token against forged requests (static/js/htmx-setup.js).
    is_there: bool = False

    @property
    def user(self) -> Any:
        return self.request.user

    @property
    def label(self) -> str:
        """week 34"""
        return period_label(self.monday, WEEKLY)

    @property
    def heading(self) -> str:
        week = {"week": self.label}
        return _("KPIs, %(week)s") % week if self.plan else _("My KPIs, %(week)s") % week

    @property
    def days(self) -> str:
        """17–23 Aug, 31 Aug – 6 Sep"""
        first, end = first_day(self.monday, WEEKLY, self.week_start), date_format(self.ends_on, "MONTH_DAY_FORMAT")
        if first.month == self.ends_on.month:
            return f"{first.day}–{end}"
        return f"{date_format(first, 'MONTH_DAY_FORMAT')} – {end}"

    @property
    def ends_on(self) -> dt.date:
        return last_day(self.monday, WEEKLY, self.week_start)

    @property
    def due_on(self) -> dt.date:
        return self.ends_on

    @property
    def code(self) -> str:
        return week_code(self.monday)

    @property
    def this_monday(self) -> dt.date:
        return period_of(self.today, WEEKLY, self.week_start)

    @property
    def is_now(self) -> bool:
        return self.monday == self.this_monday

    @property
    def url(self) -> str:
        return reverse("kpis:checkin", args=[self.plan.pk]) if self.plan else reverse("kpis:week")

    @property
    def this_url(self) -> str:
        return self.url if self.is_now else f"{self.url}?week={self.code}"

    @property
    def previous_url(self) -> str:
        return f"{self.url}?week={week_code(self.monday - WEEK)}"

    @property
    def next_url(self) -> str:
        """Empty when the next week has not begun."""
        return "" if self.is_now else f"{self.url}?week={week_code(self.monday + WEEK)}"

    @property
    def as_of(self) -> dt.date:
        """A past week is shown as it looked at its end."""
        return min(self.today, self.ends_on)

    @cached_property
    def rows(self) -> list[Row]:
        if self.plan is None:
            return self._with_locks(rows_of(owed_in(self.user, self.monday, self.week_start), today=self.as_of))
        kpis = due_in_plan(self.plan, self.monday)
        for kpi in kpis:
            kpi.plan = self.plan
        rows = rows_of(kpis, today=self.as_of)
        for row in rows:
            row.may_enter = may_enter(self.plan, row.kpi, self.user)
        return self._with_locks(rows)

    def _with_locks(self, rows: list[Row]) -> list[Row]:
        locked = locked_in({row.kpi.plan_id for row in rows}, self.today)
        for row in rows:
            row.locked = locked.get(row.kpi.plan_id, OPEN).why(row.kpi, row.period)
        return rows

    @property
    def groups(self) -> list[Group]:
        """The lines the page itself shows: the first few when there are many."""
        return self._groups(0, None if self.whole else FIRST_LINES)

    @property
    def rest(self) -> list[Group]:
        """Those that come after the page."""
        return self._groups(FIRST_LINES, None)

    @property
    def rest_count(self) -> int:
        return 0 if self.whole else max(len(self.rows) - FIRST_LINES, 0)

    def _groups(self, first: int, last: int | None) -> list[Group]:
        """By plan, open ones first in each."""
        ordered = sorted(self.rows, key=lambda row: (row.kpi.plan.name, row.kpi.plan_id))
        groups: list[Group] = []
        for plan, rows in groupby(ordered[first:last], key=lambda row: row.kpi.plan):
            continued = not groups and first > 0 and ordered[first - 1].kpi.plan == plan
            groups.append(Group(plan, [self.line(row) for row in rows], continued))
        return groups

    @property
    def plan_count(self) -> int:
        return len({row.kpi.plan_id for row in self.rows})

    def line(self, row: Row) -> SafeString:
        return line_html(row, self._place)

    @property
    def token(self) -> str:
        """To make one costs as much as to store a value."""
        return "" if self.is_there else get_token(self.request)

    @cached_property
    def _place(self) -> Place:
        return Place("plan" if self.plan else "", self.code, self.token)

    @cached_property
    def count(self) -> Week:
        """From the rows on a page; asked of the database when only one row is drawn."""
        if "rows" in self.__dict__:
            return self._count_of_rows()
        if self.plan:
            return count_in_plan(self.plan, self.monday)
        return count_owed(self.user, self.monday, self.week_start)

    def _count_of_rows(self) -> Week:
        done = sum(row.reading is not None or row.is_skipped for row in self.rows)
        return Week(done=done, due=len(self.rows))

    @property
    def wrong(self) -> int:
        return sum(row.is_wrong for row in self.rows) if "rows" in self.__dict__ else 0

    @property
    def progress(self) -> SafeString:
        return progress_html(self)

    @cached_property
    def effect(self) -> Effect:
        return effect_of(self.rows, monday=self.monday, recent=self._recent)

    @cached_property
    def _recent(self) -> list[Answer]:
        return answers(starts_of(self.rows), self.monday - (RECENT_WEEKS - 1) * WEEK, self.monday)

    @property
    def missed(self) -> list[Missed]:
        """Said on the page of this week alone: a past one is there to be filled in."""
        return missed(self.rows, self._recent, self.monday) if self.is_now else []

    @property
    def finish_url(self) -> str:
        if self.plan:
            return self.plan.get_absolute_url()
        return self.rows[0].kpi.plan.get_absolute_url() if self.plan_count == 1 else reverse("plans:plan_list")
