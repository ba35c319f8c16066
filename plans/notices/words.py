"""What a notice says, in the reader's language; the same on the page and in the mail."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.actions.models import Action
from plans.notices.models import Kind, Notice

EXCERPT = 160


@dataclass(frozen=True)
class Speaker:
    """How notices of a kind are said that only a higher app can put in words."""

    title: Callable[[Notice], str]
    says: Callable[[Notice], str]


_speakers: dict[str, Speaker] = {}


def register_speaker(kind: str, speaker: Speaker) -> None:
    _speakers[kind] = speaker


def title(notice: Notice) -> str:
    """What it is about."""
    if notice.kind == Kind.REVIEW:
        return _review(notice.details)
    if speaker := _speakers.get(notice.kind):
        return speaker.title(notice)
    if notice.action is None:
        return str(notice.plan) if notice.kind == Kind.NUDGE else str(notice.details["who"])
    if not notice.others:
        return notice.action.title
    words = ngettext("%(action)s and %(count)d more action", "%(action)s and %(count)d more actions", notice.others)
    return words % {"action": notice.action.title, "count": notice.others}


def says(notice: Notice) -> str:
    """What has happened to it, in a sentence."""
    if speaker := _speakers.get(notice.kind):
        return speaker.says(notice)
    who = str(notice.by or _("Somebody"))
    if notice.comment:
        text = Truncator(" ".join(notice.comment.text.split())).chars(EXCERPT)
        words = _("%(who)s named you: “%(text)s”") if notice.kind == Kind.MENTION else _("%(who)s: “%(text)s”")
        return words % {"who": who, "text": text}
    details = notice.details
    if notice.kind == Kind.NUDGE:
        return _nudge(who, notice)
    if notice.kind == Kind.CHECKIN:
        return _late_checkin(details)
    if notice.kind == Kind.REVIEW:
        return _minutes(who, details)
    if notice.kind == Kind.STATUS:
        return _("%(who)s changed the status from %(before)s to %(after)s") % {
            "who": who,
            "before": Action.Status(details["before"]).label.lower(),
            "after": Action.Status(details["after"]).label.lower(),
        }
    if notice.kind == Kind.DEADLINE:
        return _deadline(who, details["before"], details["after"])
    if notice.kind == Kind.RESPONSIBLE:
        return _responsible(who, details)
    day = _day(details["deadline"])
    if notice.kind == Kind.REMINDER:
        return _("The deadline is near: %(day)s") % {"day": day}
    if notice.kind == Kind.LATE:
        return _("The deadline has passed: %(day)s") % {"day": day}
    if details["who"]:
        words = _("Late by two working days or more: %(day)s was the deadline, and %(who)s is responsible")
        return words % {"day": day, "who": details["who"]}
    return _("Late by two working days or more: %(day)s was the deadline, and nobody is responsible") % {"day": day}


def _nudge(who: str, notice: Notice) -> str:
    day = {"who": who, "day": _day(notice.details["due"])}
    if notice.action:
        return _("%(who)s asks how it goes: the deadline was %(day)s") % day
    words = ngettext(
        "%(who)s asks for %(count)d value of week %(week)s, which was due on %(day)s",
        "%(who)s asks for %(count)d values of week %(week)s, which were due on %(day)s",
        notice.details["count"],
    )
    week = int(notice.details["week"].partition("-W")[2])
    return words % {**day, "count": notice.details["count"], "week": week}


def _late_checkin(details: dict) -> str:
    words = ngettext(
        "%(count)d KPI of week %(week)s is not entered; it was due on %(day)s",
        "%(count)d KPIs of week %(week)s are not entered; they were due on %(day)s",
        details["count"],
    )
    week = int(details["week"].partition("-W")[2])
    return words % {"count": details["count"], "week": week, "day": _day(details["due"])}


def _review(details: dict) -> str:
    kinds = {"weekly": _("Weekly review"), "monthly": _("Monthly review"), "quarterly": _("Quarterly review")}
    return f"{kinds[details['kind']]}, {_day(details['on'])}"


def _minutes(who: str, details: dict) -> str:
    words = ngettext(
        "%(who)s closed it with %(count)d decision, %(yours)d of them yours",
        "%(who)s closed it with %(count)d decisions, %(yours)d of them yours",
        details["count"],
    )
    return words % {"who": who, "count": details["count"], "yours": details["yours"]}


def _deadline(who: str, before: str | None, after: str | None) -> str:
    if after is None:
        return _("%(who)s removed the deadline, %(before)s") % {"who": who, "before": _day(before)}
    if before is None:
        return _("%(who)s set the deadline to %(after)s") % {"who": who, "after": _day(after)}
    words = _("%(who)s moved the deadline from %(before)s to %(after)s")
    return words % {"who": who, "before": _day(before), "after": _day(after)}


def _responsible(who: str, details: dict) -> str:
    if details["you"]:
        return _("%(who)s made you responsible") % {"who": who}
    if details["who"]:
        return _("%(who)s made %(other)s responsible") % {"who": who, "other": details["who"]}
    return _("%(who)s left it without anybody responsible") % {"who": who}


def _day(text: str | None) -> str:
    return date_format(dt.date.fromisoformat(text), "SHORT_DATE_FORMAT") if text else "–"
