"""The form behind the link: one person's check-in of one week in one company, and nothing beside it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from kpis.checkin.due import owed_in
from kpis.checkin.line import Place
from kpis.checkin.page import CheckinPage
from kpis.checkin.rows import Row, rows_of
from kpis.kpi.models import Kpi
from kpis.kpi.schedule import checkin_of
from kpis.reminders.models import Reminder
from plans.plan.frame import Week
from salesplan.lib.htmx import HtmxHttpRequest
from salesplan.lib.zones import zone_named


@contextmanager
def as_in_the_mail(reminder: Reminder) -> Iterator[None]:
    """In the language and the time zone of the person it was sent to, whoever the browser belongs to."""
    user, workspace = reminder.membership.user, reminder.membership.workspace
    language = user.language or workspace.language or settings.LANGUAGE_CODE
    with timezone.override(zone_named(user.time_zone, workspace.time_zone)), translation.override(language):
        yield


@dataclass
class LinkedPage(CheckinPage):
    """`reminder` says whose it is and of which week; what she owes is asked anew for every request."""

    reminder: Reminder | None = None
    whole: bool = True

    @property
    def user(self) -> Any:
        return self._membership.user

    @property
    def workspace(self) -> Any:
        return self._membership.workspace

    @property
    def _membership(self) -> Any:
        assert self.reminder is not None  # noqa: S101 - page_of gives it
        return self.reminder.membership

    @property
    def url(self) -> str:
        assert self.reminder is not None  # noqa: S101 - as above
        return reverse("kpis:reminder", args=[self.reminder.pk])

    @property
    def this_url(self) -> str:
        return self.url

    @cached_property
    def owed(self) -> list[Kpi]:
        owed = owed_in(self.user, self.monday, self.week_start)
        return [kpi for kpi in owed if kpi.plan.workspace_id == self.workspace.pk]

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of(self.owed, today=self.as_of)

    @cached_property
    def count(self) -> Week:
        """Of one company, which nothing else counts."""
        return self._count_of_rows()

    @property
    def due_on(self) -> dt.date:
        return checkin_of(self.workspace, self.monday).day

    @property
    def left(self) -> int:
        return self.count.due - self.count.done

    @cached_property
    def _place(self) -> Place:
        assert self.reminder is not None  # noqa: S101 - as above
        enter = reverse("kpis:reminder_enter", args=[self.reminder.pk])
        return Place("", self.code, self.token, enter)


def page_of(request: HtmxHttpRequest, reminder: Reminder, today: dt.date) -> LinkedPage:
    week_start = reminder.membership.workspace.week_starts_on
    return LinkedPage(request, reminder.week, today, week_start=week_start, reminder=reminder)
