"""How tokens are made and recognised."""

import datetime as dt
import hashlib
import secrets
import string

from django.conf import settings
from django.db.models import Case, F, Value, When

from accounts.api.models import ApiToken
from accounts.workspaces.models import Membership

#: Scanners that look for secrets in public code find it by this: salesplan_[0-9A-Za-z]{40}.
PREFIX = "salesplan_"
LENGTH = 40
_HINT = len(PREFIX) + 4
_ALPHABET = string.ascii_letters + string.digits


def make_token(
    membership: Membership, *, name: str, scope: str, expires_on: dt.date | None = None
) -> tuple[ApiToken, str]:
    """The row, and the token itself, which is shown once and kept nowhere."""
    text = PREFIX + "".join(secrets.choice(_ALPHABET) for _letter in range(LENGTH))
    token = ApiToken.objects.create(
        membership=membership, name=name, scope=scope, expires_on=expires_on, hint=text[:_HINT], digest=digest_of(text)
    )
    return token, text


def digest_of(text: str) -> str:
    """One round is enough: nobody guesses forty letters, so there is nothing to slow down."""
    return hashlib.sha256(text.encode()).hexdigest()


def recognise(text: str, *, now: dt.datetime, today: dt.date) -> ApiToken | None:
    """The token, with its person and company; the request is counted, also one that the limit will refuse.

    Counted in its row, by one statement, the limit holds for all servers together.
    """
    if not text.startswith(PREFIX):
        return None
    minute = int(now.timestamp()) // 60
    mine = ApiToken.objects.filter(digest=digest_of(text))
    mine.update(
        requests=Case(When(minute=minute, then=F("requests") + 1), default=Value(1)), minute=minute, last_used_at=now
    )
    return mine.alive(today).select_related("membership__user", "membership__workspace").first()


def requests_left(token: ApiToken) -> int:
    """How many more it may send in this minute; below zero, this one is too many."""
    return settings.API_REQUESTS_PER_MINUTE - token.requests
