"""Weeks as the calendar counts them (ISO 8601), from Monday, in addresses and in words."""

import datetime as dt
import re

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from salesplan.lib.workdays import DAY, is_working_day

WEEK = dt.timedelta(weeks=1)
_TEXT = re.compile(r"(\d{4})-W(\d{2})")


def monday_of(day: dt.date) -> dt.date:
    return day - DAY * day.weekday()


def read_week(text: str) -> dt.date | None:
    """2026-W48 as its Monday; None for anything else. The years at the ends of the calendar are left out."""
    found = _TEXT.fullmatch(text)
    if not found or not 1900 < int(found[1]) < 2200:
        return None
    try:
        return dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None


def week_text(monday: dt.date) -> str:
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def week_name(monday: dt.date) -> str:
    return _("W%(number)d") % {"number": monday.isocalendar().week}


def week_days(monday: dt.date) -> str:
    """23–29 Nov, 30 Nov – 6 Dec"""
    sunday = monday + 6 * DAY
    last = date_format(sunday, "MONTH_DAY_FORMAT")
    if monday.month == sunday.month:
        return f"{monday.day}–{last}"
    return f"{date_format(monday, 'MONTH_DAY_FORMAT')} – {last}"


def working_days_of(monday: dt.date, start: dt.date, country: str) -> list[dt.date]:
    """Those of the week that have not gone by: from `start` on."""
    days = (monday + DAY * number for number in range(7))
    return [day for day in days if day >= start and is_working_day(day, country)]
