"""Whether a survey can be answered, in an icon and words."""

import datetime as dt
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kpis.feedback.models import Survey


@dataclass(frozen=True)
class Look:
    icon: str
    word: str
    is_open: bool = False


def state_look(survey: Survey, today: dt.date) -> Look:
    state = survey.state(today)
    if state == "open":
        until = survey.closes_on
        word = _("Open until %(day)s") % {"day": _short(until)} if until else pgettext("survey", "Open")
        return Look(icon="circle-check", word=word, is_open=True)
    if state == "paused":
        return Look(icon="player-pause", word=_("Paused"))
    if state == "early":
        return Look(icon="clock", word=_("Opens on %(day)s") % {"day": _short(survey.opens_on)})
    if state == "over":
        return Look(icon="lock", word=_("Closed since %(day)s") % {"day": _short(survey.closes_on)})
    return Look(icon="lock", word=_("Closed with its plan"))


def _short(day: dt.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
