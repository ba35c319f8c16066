"""Who has KPIs to enter is reminded by one mail before the check-in, once."""

import datetime as dt
import logging
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts.models import Membership, Workspace
from accounts.roles import REPORTERS
from kpis.checkin.due import missing_of
from kpis.kpi.models import Kpi
from kpis.kpi.periods import WEEKLY, period_label
from kpis.kpi.schedule import Checkin, next_checkin
from kpis.readings.models import Reading
from kpis.reminders.link import link_of
from kpis.reminders.models import Reminder
from plans.notices.unsubscribing import Mail, RegularMail, unsubscribe_url
from plans.plan.models import Plan
from salesplan.lib.money import format_quantity
from salesplan.lib.zones import zone_named

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Call:
    """Somebody whose time to be reminded has come."""

    member: Membership
    checkin: Checkin
    zone: dt.tzinfo


def remind_everybody(now: dt.datetime) -> None:
    """In every company; a mail that cannot be sent is tried again the next time, and keeps nobody else's."""
    for workspace in Workspace.objects.filter(plans__status=Plan.Status.ACTIVE).distinct().order_by("pk"):
        calls = calls_in(workspace, now)
        missing = _missing(workspace, calls)
        for call in calls:
            if kpis := missing.get((call.checkin.week, call.member.user_id)):
                try:
                    remind(call, kpis, now)
                except OSError:
                    log.exception("The reminder to user %s could not be sent", call.member.user_id)


def calls_in(workspace: Workspace, now: dt.datetime) -> list[Call]:
    """From the working day before the check-in until it is over, whoever has not been reminded yet."""
    members = Membership.objects.filter(workspace=workspace, role__in=sorted(REPORTERS), user__is_active=True)
    wanted = members.exclude(user__notice_settings__checkin_mail=False).select_related("user").order_by("pk")
    calls = []
    for member in wanted:
        member.workspace = workspace
        zone = zone_named(member.user.time_zone, workspace.time_zone)
        checkin = next_checkin(workspace, now, zone)
        if checkin.reminds_at(zone) <= now:
            calls.append(Call(member, checkin, zone))
    weeks = {call.checkin.week for call in calls}
    reminded = Reminder.objects.filter(membership__workspace=workspace, week__in=weeks)
    done = set(reminded.values_list("membership", "week"))
    return [call for call in calls if (call.member.pk, call.checkin.week) not in done]


def _missing(workspace: Workspace, calls: list[Call]) -> dict[tuple[dt.date, int | None], list[Kpi]]:
    """By week and owner, what is not in, with the last value there is."""
    found: dict[tuple[dt.date, int | None], list[Kpi]] = defaultdict(list)
    for week in sorted({call.checkin.week for call in calls}):
        owners = [call.member.user_id for call in calls if call.checkin.week == week]
        for kpi in _owed(workspace, owners, week):
            found[week, kpi.owner_id].append(kpi)
    return found


def _owed(workspace: Workspace, owners: list[int], week: dt.date) -> QuerySet[Kpi]:
    kpis = missing_of(Kpi.objects.owed().filter(plan__workspace=workspace, owner__in=owners), week)
    before = Reading.objects.filter(kpi=OuterRef("pk"), period__lt=OuterRef("due_period")).order_by("-period")
    kpis = kpis.annotate(last=Subquery(before.values("value")[:1]), last_period=Subquery(before.values("period")[:1]))
    return kpis.select_related("plan").order_by("plan__name", "plan", "position", "pk")


def remind(call: Call, kpis: list[Kpi], now: dt.datetime) -> bool:
    """Whether it was this process that sent the mail."""
    reminder, mine = Reminder.objects.get_or_create(
        membership=call.member, week=call.checkin.week, defaults={"sent_at": now}
    )
    if not mine:
        return False
    user, workspace = call.member.user, call.member.workspace
    try:
        with (
            timezone.override(call.zone),
            translation.override(user.language or workspace.language or settings.LANGUAGE_CODE),
        ):
            letter(call, kpis, reminder).send()
    except OSError:
        reminder.delete()
        raise
    return True


def letter(call: Call, kpis: list[Kpi], reminder: Reminder) -> RegularMail:
    user, week = call.member.user, period_label(call.checkin.week, WEEKLY)
    unsubscribe = unsubscribe_url(user, Mail.CHECKIN)
    context = {
        "user": user,
        "workspace": call.member.workspace,
        "count": len(kpis),
        "week": week,
        "due": timezone.localtime(call.checkin.due(call.zone)),
        "plans": [(plan, [_line(kpi) for kpi in group]) for plan, group in groupby(kpis, key=lambda kpi: kpi.plan)],
        "link": link_of(reminder),
        "settings_url": settings.SITE_URL + reverse("plans:notice_settings"),
        "unsubscribe_url": unsubscribe,
        "language": translation.get_language(),
    }
    subject = ngettext("%(count)d KPI to enter for %(week)s", "%(count)d KPIs to enter for %(week)s", len(kpis))
    return RegularMail(
        subject % {"count": len(kpis), "week": week},
        render_to_string("kpis/reminders/reminder.txt", context),
        render_to_string("kpis/reminders/reminder.html", context),
        to=user,
        unsubscribe=unsubscribe,
    )


def _line(kpi: Any) -> dict[str, str]:
    """Its name, the period where it is not the week itself, and what was last."""
    return {
        "name": kpi.name,
        "period": "" if kpi.rhythm == WEEKLY else period_label(kpi.due_period, kpi.rhythm),
        "last": "" if kpi.last is None else format_quantity(kpi.last, kpi.unit),
        "last_period": "" if kpi.last is None else period_label(kpi.last_period, kpi.rhythm),
    }
