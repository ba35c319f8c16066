"""What happened to an alert: raised, laid aside by whom and why, cleared."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kpis.alerts.models import Alert
from salesplan.templatetags.figures import day


@dataclass(frozen=True)
class Event:
    at: dt.datetime
    words: str
    note: str = ""


def past_of(alert: Alert) -> list[Event]:
    """The newest first. Judging leaves no record: that it came back by itself is seen from its count."""
    events = [Event(alert.raised_at, _("Raised"))]
    records = alert.history.select_related("history_user").order_by("history_date", "history_id")
    events += [Event(record.history_date, _deed(record), record.note) for record in records]
    if alert.cleared_at:
        events.append(Event(alert.cleared_at, str(Alert.Outcome(alert.outcome).label)))
    return events[::-1]


def _deed(record: Any) -> str:
    who = {"who": record.history_user or _("Somebody")}
    if record.state == Alert.State.SNOOZED:
        return _("%(who)s snoozed it until %(day)s") % (who | {"day": day(record.snoozed_until)})
    if record.state == Alert.State.FALSE:
        return _("%(who)s called it a false alarm") % who
    return _("%(who)s took that back") % who
