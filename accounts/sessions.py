"""Sessions in the database; finding one is part of every request, so its query is composed once."""

import datetime as dt

from django.apps import apps
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import QuerySet
from django.utils import timezone

from salesplan.lib.prepared import prepared


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> AbstractBaseSession | None:
        session = _live_session.first(self.session_key, timezone.now())
        if session is None:
            self._session_key = None
        return session


@prepared
def _live_session(key: str, now: dt.datetime) -> QuerySet:
    return apps.get_model("sessions", "Session")._default_manager.filter(session_key=key, expire_date__gt=now)
