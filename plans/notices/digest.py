"""One mail each morning with what a person has not read; none when there is nothing."""

import datetime as dt
import logging
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts.models import User, Workspace
from plans.notices.models import Notice, NoticeSettings
from plans.notices.unsubscribing import Mail, RegularMail, unsubscribe_url
from plans.notices.words import says, title
from salesplan.lib.zones import zone_named

#: When it is sent where the person is; and how far back it reaches after days without a worker.
MORNING = dt.time(7)
REACH = dt.timedelta(days=7)
#: More than these are counted.
MOST = 50

log = logging.getLogger(__name__)


def send_digests(now: dt.datetime) -> None:
    """A letter that cannot be sent is tried again the next time, and keeps nobody else's."""
    waiting = Notice.objects.filter(mailed_at=None, read_at=None, made_at__gt=now - REACH).values("membership__user")
    for user in User.objects.filter(pk__in=waiting, is_active=True).order_by("pk"):
        try:
            send_digest(user, now)
        except OSError:
            log.exception("The daily mail to user %s could not be sent", user.pk)


def send_digest(user: User, now: dt.datetime) -> bool:
    """Whether there was a mail to send, and it was this process that sent it."""
    workspace = _company(user)
    zone = zone_named(user.time_zone, workspace.time_zone)
    morning = _morning(zone, now)
    mine, _new = NoticeSettings.objects.get_or_create(user=user)
    before = mine.digested_on
    with transaction.atomic():
        notices = list(_unread(user, mine, morning)) if now >= morning and mine.digest else []
        if not notices or not mine.takes_digest_of(morning.date()):
            return False
        mailed = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
        mailed.update(mailed_at=now)
    try:
        with (
            timezone.override(zone),
            translation.override(user.language or workspace.language or settings.LANGUAGE_CODE),
        ):
            letter(user, notices).send()
    except OSError:
        with transaction.atomic():
            mailed.update(mailed_at=None)
            NoticeSettings.objects.filter(pk=mine.pk).update(digested_on=before)
        raise
    return True


def _company(user: User) -> Workspace:
    """The one she works for now says when her morning is and what her language, where she does not; she has one."""
    mine = Workspace.objects.visible_to(user).order_by("name", "pk")
    return mine.filter(pk=user.current_workspace_id or 0).first() or mine[0]


def _morning(zone: dt.tzinfo, now: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(now.astimezone(zone).date(), MORNING, zone)


def _unread(user: User, mine: NoticeSettings, morning: dt.datetime) -> QuerySet[Notice]:
    """What has come until the morning: what comes later is for the next one, however late this one is sent."""
    rows = Notice.objects.visible_to(user).unread().filter(mailed_at=None)
    rows = rows.filter(made_at__lt=morning, made_at__gt=morning - REACH).exclude(kind__in=mine.not_in_digest)
    plan = Coalesce("action__plan__name", "plan__name"), Coalesce("action__plan", "plan")
    return rows.select_related("action__plan", "plan", "by", "comment").order_by(*plan, "-made_at")


def letter(user: User, notices: list[Notice]) -> RegularMail:
    lines = [
        {"plan": notice.of_plan, "title": title(notice), "says": says(notice), "url": _absolute(notice)}
        for notice in notices[:MOST]
    ]
    unsubscribe = unsubscribe_url(user, Mail.DIGEST)
    context = {
        "user": user,
        "count": len(notices),
        "more": len(notices) - len(lines),
        "plans": [(plan, list(group)) for plan, group in groupby(lines, key=lambda line: line["plan"])],
        "inbox_url": settings.SITE_URL + reverse("plans:inbox"),
        "settings_url": settings.SITE_URL + reverse("plans:notice_settings"),
        "unsubscribe_url": unsubscribe,
        "language": translation.get_language(),
    }
    subject = ngettext("%(count)d piece of news in Salesplan", "%(count)d pieces of news in Salesplan", len(notices))
    return RegularMail(
        subject % {"count": len(notices)},
        render_to_string("plans/notices/digest.txt", context),
        render_to_string("plans/notices/digest.html", context),
        to=user,
        unsubscribe=unsubscribe,
    )


def _absolute(notice: Notice) -> str:
    return settings.SITE_URL + notice.get_absolute_url()
