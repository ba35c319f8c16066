"""Deadlines as an iCalendar (RFC 5545): an event for each action, lasting the whole day."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from plans.actions.models import Action
from plans.actions.responsible import WHO, responsible

if TYPE_CHECKING:
    from icalendar import Event

#: How often a calendar should ask again.
REFRESH = dt.timedelta(hours=1)
FIELDS = (
    "pk",
    "uid",
    "version",
    "changed_at",
    "title",
    "status",
    "deadline",
    "objective__title",
    "plan__name",
    *WHO,
)
#: A calendar says breaks of lines in another way, and may hold no other of these.
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def calendar(name: str, rows: Iterable[dict[str, Any]], *, site: str) -> bytes:
    """`rows` have FIELDS, and the address of their action in `url`; `site` makes the events' names unique.

    The same rows give the same bytes: nothing in it depends on when it is asked for.
    """
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", "-//Salesplan//EN")
    found.add("version", "2.0")
    found.add("name", _plain(name))
    found.add("x-wr-calname", _plain(name))
    found.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    found.add("x-published-ttl", "PT1H")
    for row in rows:
        found.add_component(_event(row, site))
    return found.to_ical()


def _event(row: dict[str, Any], site: str) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{row['uid']}@{site}")
    event.add("dtstamp", row["changed_at"])
    event.add("last-modified", row["changed_at"])
    event.add("sequence", row["version"])
    event.add("dtstart", row["deadline"])
    event.add("dtend", row["deadline"] + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", _summary(row))
    event.add("description", _description(row))
    event.add("url", row["url"])
    return event


def _summary(row: dict[str, Any]) -> str:
    title = _plain(row["title"])
    return _("Done: %(title)s") % {"title": title} if row["status"] == Action.Status.DONE else title


def _description(row: dict[str, Any]) -> str:
    lines = [
        (_("Status"), Action.Status(row["status"]).label),
        (_("Objective"), row["objective__title"]),
        (_("Responsible"), " · ".join(filter(None, responsible(row)))),
        (_("Plan"), row["plan__name"]),
    ]
    return "\n".join([*(f"{label}: {_plain(str(text))}" for label, text in lines if text), row["url"]])


def _plain(text: str) -> str:
    return _CONTROL.sub(" ", text)
