"""Numbers, money and dates: {{ line.amount|money:plan.currency }}, {{ action.deadline|day:plan }}."""

import datetime as dt
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from salesplan.lib import money as lib
from salesplan.lib.numbers import NO_VALUE, format_number, with_plus

register = template.Library()


@register.filter
def money(amount, currency):
    """50,000 €"""
    return NO_VALUE if amount in {None, ""} else lib.format_money(amount, currency)


@register.filter
def money_short(amount, currency):
    """185 k€"""
    return NO_VALUE if amount in {None, ""} else lib.format_money_short(amount, currency)


@register.filter
def quantity(value, unit=""):
    """3.1%, 46 leads, 61 €"""
    return NO_VALUE if value in {None, ""} else lib.format_quantity(value, unit)


@register.filter
def number(value, decimals=None):
    """14,820"""
    return NO_VALUE if value in {None, ""} else format_number(value, decimals)


@register.filter
def signed(value, unit=""):
    """+4 pt, -1.9%, +4,000 €, with a true minus sign"""
    return NO_VALUE if value in {None, ""} else with_plus(lib.format_quantity(value, unit), value)


@register.filter
def day(value, plan=None):
    """30 Sep; with its year unless that is one of `plan`'s (without a plan: this year)."""
    if not value:
        return NO_VALUE
    first, last = (plan.starts_on.year, plan.ends_on.year) if plan else 2 * (timezone.localdate().year,)
    known = first <= value.year <= last
    return _day(value, "MONTH_DAY_FORMAT" if known else "SHORT_DATE_FORMAT", get_language())


@lru_cache(maxsize=4096)
def _day(value: dt.date, format_name: str, language: str) -> str:
    """Write a date once: a page shows the same few dozen again and again. `language` is part of the key."""
    return date_format(value, format_name)
