"""Days as people write them, where Django's own formats fall short."""

import datetime as dt

from django.utils.formats import date_format, get_format


def short_month(day: dt.date, *, with_year: bool = False) -> str:
    """Jan, Jan 2027; as the language writes it within a sentence, in Polish sty and sty 2027."""
    name = "SHORT_DATE_FORMAT" if with_year else "MONTH_DAY_FORMAT"
    return date_format(day, get_format(name).removeprefix("j "))
