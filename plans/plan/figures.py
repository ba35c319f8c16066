"""What the list of plans shows of each: every room says how it is counted, and one query answers for all plans."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

#: Names and database expressions over a plan's row, for the plans as they stand on a day.
type Source = Callable[[dt.date], dict[str, Any]]

_sources: list[Source] = []


def register_figures(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def figures_on(today: dt.date) -> dict[str, Any]:
    """For `Plan.objects.annotate(**figures_on(today))`."""
    return {name: expression for source in _sources for name, expression in source(today).items()}


def count_of(rows: QuerySet) -> Coalesce:
    """How many of `rows`, items of plans, belong to the plan of the outer query."""
    counted = rows.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), Value(0))


def sum_of(rows: QuerySet, field: str) -> Subquery:
    """What `field` of `rows` adds up to in the plan of the outer query; None when there are none."""
    added = rows.filter(plan=OuterRef("pk")).order_by().values("plan").annotate(total=Sum(field))
    return Subquery(added.values("total"))
