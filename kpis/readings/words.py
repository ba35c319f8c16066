"""What is asked about a value one doubts."""

from decimal import Decimal

from django.utils.translation import gettext as _

from kpis.kpi.models import Kpi
from kpis.kpi.words import coarse
from kpis.readings.usual import TEN, Doubt
from salesplan.lib.money import format_quantity
from salesplan.lib.numbers import format_number


def last_words(kpi: Kpi, last: Decimal, *, follows: bool) -> str:
    """last week 190; `follows` says that the last value is that of the period just before."""
    words = {"value": format_quantity(last, "%" if kpi.unit == "%" else "")}
    if not follows:
        return _("last value %(value)s") % words
    return {
        Kpi.Rhythm.WEEKLY: _("last week %(value)s"),
        Kpi.Rhythm.MONTHLY: _("last month %(value)s"),
        Kpi.Rhythm.QUARTERLY: _("last quarter %(value)s"),
    }[Kpi.Rhythm(kpi.rhythm)] % words


def doubt_words(doubt: Doubt, unit: str) -> str:
    """31% is ten times the last value of 3.1%."""
    words = {"value": format_quantity(doubt.value, unit), "last": format_quantity(doubt.last, unit)}
    if doubt.factor is None:
        low, high = coarse(doubt.low or Decimal(0)), coarse(doubt.high or Decimal(0))
        words |= {"low": format_number(low), "high": format_quantity(high, unit)}
        return _("%(value)s is far from the usual %(low)s to %(high)s.") % words
    if doubt.factor == TEN:
        return _("%(value)s is ten times the last value of %(last)s.") % words
    if doubt.factor > TEN:
        return _("%(value)s is %(factor)s times the last value of %(last)s.") % (
            words | {"factor": format_number(round(doubt.factor))}
        )
    return _("%(value)s is a tenth of the last value of %(last)s, or less.") % words
