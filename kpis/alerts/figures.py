"""Plain values that JSON can hold, and what is read from them again."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format

from plans.plan.models import Plan
from salesplan.templatetags.figures import day as short_day

CENT = Decimal("0.01")


def plain(value: Decimal | dt.date | None) -> str | None:
    """A number without needless zeros, a day as 2026-08-17."""
    if value is None:
        return None
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value.isoformat()


def number(figures: Mapping[str, Any], key: str) -> Decimal:
    return Decimal(figures[key])


def date_of(figures: Mapping[str, Any], key: str) -> dt.date:
    return dt.date.fromisoformat(figures[key])


def day_words(day: dt.date, plan: Plan) -> str:
    """17 Aug; with its year where that is none of the plan's."""
    return short_day(day, plan) if plan else date_format(day, "SHORT_DATE_FORMAT")
