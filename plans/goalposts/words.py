"""A moved goalpost in a sentence: “Target: cut by 20%, from 50 leads to 40 leads, 4 days before its deadline”."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.goalposts.models import MovedGoalpost
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import NO_VALUE, format_number


def move_words(moved: MovedGoalpost) -> str:
    old, new = moved.values
    words = {
        "field": capfirst(str(moved.model_field.verbose_name)),
        "how": _how(moved, old, new),
        "old": value_words(moved, old),
        "new": value_words(moved, new),
    }
    if not words["how"]:
        return _("%(field)s: from %(old)s to %(new)s") % words
    return _("%(field)s: %(how)s, from %(old)s to %(new)s") % words


def value_words(moved: MovedGoalpost, value: Any) -> str:
    if value in (None, ""):
        return NO_VALUE
    if isinstance(value, Decimal):
        return format_quantity(value, moved.unit)
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(dict(moved.model_field.flatchoices).get(value, value))


def timing_words(moved: MovedGoalpost) -> str:
    days = moved.days_left
    if days > 0:
        return ngettext("%(days)d day before its deadline", "%(days)d days before its deadline", days) % {"days": days}
    if days == 0:
        return _("on the day of its deadline")
    return ngettext("%(days)d day after its deadline", "%(days)d days after its deadline", -days) % {"days": -days}


def _how(moved: MovedGoalpost, old: Any, new: Any) -> str:
    if isinstance(old, dt.date) and isinstance(new, dt.date):
        days = (new - old).days
        if days > 0:
            return ngettext("%(days)d day later", "%(days)d days later", days) % {"days": days}
        return ngettext("%(days)d day earlier", "%(days)d days earlier", -days) % {"days": -days}
    percent = moved.percent
    if percent is None:
        return ""
    amount = {"percent": format_number(round(abs(percent), 1))}
    return (_("cut by %(percent)s%%") if percent < 0 else _("raised by %(percent)s%%")) % amount
