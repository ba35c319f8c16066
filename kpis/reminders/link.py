"""The link in the mail: opens one person's form of one week without signing in, once (docs/decisions/0024).

`?key=` of the address is the signature of the reminder's id; it is stored nowhere. Who follows it gets a cookie and is
led on to the address without it, so that the key stands neither in the browser's history nor in what logs see of the
page. Looking, as mail programs do, uses nothing up. The first browser that enters something keeps the link for itself.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from kpis.reminders.models import IN_USE, VALID, Reminder

SIGNER = Signer(salt="kpis.reminders.link")
COOKIE_SALT = "kpis.reminders.browser"
State = Reminder.State


@dataclass(frozen=True)
class Visit:
    """What a request may do with a reminder: only with OPEN there is one."""

    state: str
    reminder: Reminder | None = None
    #: What the cookie of this browser holds.
    secret: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


def link_of(reminder: Reminder) -> str:
    return settings.SITE_URL + reverse("kpis:reminder", args=[reminder.pk], query={"key": _key(reminder.pk)})


def visit_by_key(request: HttpRequest, pk: int, now: dt.datetime) -> Visit:
    """Of somebody who follows the link; a browser that was here before stays the same one."""
    if not constant_time_compare(request.GET.get("key", ""), _key(pk)):
        return Visit(State.UNKNOWN)
    return _visit(pk, _secret(request, pk) or secrets.token_urlsafe(32), now)


def visit_by_cookie(request: HttpRequest, pk: int, now: dt.datetime) -> Visit:
    secret = _secret(request, pk)
    return _visit(pk, secret, now) if secret else Visit(State.UNKNOWN)


def let_in(response: HttpResponse, visit: Visit, pk: int) -> HttpResponse:
    """The cookie is sent to the pages of this one reminder, and to none besides."""
    response.set_signed_cookie(
        _cookie(pk),
        visit.secret,
        salt=COOKIE_SALT,
        max_age=int(VALID.total_seconds()),
        path=reverse("kpis:reminder", args=[pk]),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def claim(visit: Visit, now: dt.datetime) -> bool:
    """Whether the link belongs to this browser: it does from the first time something is sent by it."""
    assert visit.reminder is not None  # noqa: S101 - asked of open visits only
    unused = Reminder.objects.filter(pk=visit.reminder.pk, used_at=None)
    if unused.update(used_at=now, browser=_digest(visit.secret)):
        return True
    mine = Reminder.objects.filter(pk=visit.reminder.pk, browser=_digest(visit.secret))
    return mine.filter(used_at__gt=now - IN_USE, finished_at=None).exists()


def finish(visit: Visit, now: dt.datetime) -> None:
    assert visit.reminder is not None  # noqa: S101 - as above
    Reminder.objects.filter(pk=visit.reminder.pk, finished_at=None).update(finished_at=now)


def _visit(pk: int, secret: str, now: dt.datetime) -> Visit:
    rows = Reminder.objects.select_related("membership__user", "membership__workspace")
    reminder = rows.filter(pk=pk, membership__user__is_active=True).first()
    if reminder is None:
        return Visit(State.UNKNOWN)
    state = reminder.state_for(_digest(secret), now)
    return Visit(state, reminder if state == State.OPEN else None, secret)


def _key(pk: int) -> str:
    return SIGNER.signature(str(pk))


def _cookie(pk: int) -> str:
    return f"checkin-{pk}"


def _secret(request: HttpRequest, pk: int) -> str:
    return request.get_signed_cookie(_cookie(pk), default="", salt=COOKIE_SALT, max_age=VALID) or ""


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
