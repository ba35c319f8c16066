"""Queries whose SQL is composed once a process and asked many times.

Composing a query with a few joins takes Django several times as long as the database takes to answer it. What is
asked on every page takes what varies as arguments, and is composed once for all of them:

    @prepared
    def readings_of(kpi: int, since: dt.date) -> QuerySet[Reading]:
        return Reading.objects.filter(kpi=kpi, period__gte=since)

    readings_of(4, monday)  # a list of readings

    @prepared_update
    def tick(plan: int, now: dt.datetime) -> tuple[QuerySet[Plan], dict[str, Any]]:
        return Plan.objects.filter(pk=plan), {"changed_at": now}
"""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import update_wrapper
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet, Value
from django.db.models.sql import UpdateQuery

#: Lists of so many different lengths are kept for one query.
MOST_SHAPES = 200


class Argument(Value):
    """Stands in a composed query for an argument: its number among all, and one value it once had, for its type."""

    def __init__(self, number: int, value: Any):
        super().__init__(value)
        self.number = number

    @property
    def pk(self) -> "Argument":
        """Where a row was given, this stands for its id."""
        return self

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class prepared[Row: Model]:  # noqa: N801 - a decorator
    """`compose` makes a queryset; the decorated function takes the same arguments and gives its rows.

    Arguments are saved rows, ids, texts, UUIDs, dates, moments, or lists of these. `compose` is not given the values
    but expressions in their place: it can put them into conditions and do nothing else with them. A list of ids of
    related rows is asked for as `action__pk__in`.
    """

    def __init__(self, compose: Callable[..., QuerySet[Row]]):
        self._compose = compose
        self._kept: dict[tuple, _ComposedQuery] = {}
        update_wrapper(self, compose)

    def __call__(self, *given: Any) -> list[Any]:
        arguments = [getattr(value, "pk", value) for value in given]
        if any(map(_answers_itself, _flat(arguments))) or [] in arguments:
            return list(self._compose(*given))
        shape = tuple(len(value) if isinstance(value, list) else type(value) for value in arguments)
        if shape not in self._kept:
            if len(self._kept) >= MOST_SHAPES:
                self._kept.clear()
            self._kept[shape] = _ComposedQuery(self._compose(*_standing_for(arguments)))
        return self._kept[shape].rows(_flat(arguments))

    def first(self, *given: Any) -> Row | None:
        return next(iter(self(*given)), None)


class prepared_update:  # noqa: N801 - a decorator
    """`compose` gives the rows to change and what to set in them; answers how many rows there were.

    Arguments are ids, texts, dates or moments, each of the same type in every call.
    """

    def __init__(self, compose: Callable[..., tuple[QuerySet, dict[str, Any]]]):
        self._compose = compose
        self._composed: tuple[str, str, tuple] | None = None
        update_wrapper(self, compose)

    def __call__(self, *given: Any) -> int:
        self._composed = self._composed or self._compose_with(given)
        using, sql, parameters = self._composed
        with connections[using].cursor() as cursor:
            cursor.execute(sql, tuple(_fill_in(parameters, given, connections[using])))
            return cursor.rowcount

    def _compose_with(self, given: tuple) -> tuple[str, str, tuple]:
        """Which database, and the statement with its parameters."""
        rows, values = self._compose(*_standing_for(given))
        query: Any = rows.query.chain(UpdateQuery)
        query.add_update_values(values)
        return rows.db, *query.get_compiler(rows.db).as_sql()


class _ComposedQuery:
    def __init__(self, queryset: QuerySet):
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(queryset.db)
        self._sql, self._parameters = self._compiler.as_sql()

    def rows(self, arguments: list[Any]) -> list[Any]:
        compiler = copy(self._compiler)
        compiler.connection = connections[compiler.using]
        answer = self._sql, tuple(_fill_in(self._parameters, arguments, compiler.connection))
        compiler.as_sql = lambda *_args, **_kwargs: answer
        queryset: Any = self._queryset.all()
        queryset.query.get_compiler = lambda *_args, **_kwargs: compiler
        return list(queryset)


def _fill_in(parameters: Iterable[Any], arguments: Sequence[Any], connection: Any) -> Iterable[Any]:
    for value in parameters:
        if isinstance(value, Argument):
            yield value.output_field.get_db_prep_value(arguments[value.number], connection)
        else:
            yield value


def _answers_itself(value: Any) -> bool:
    """What Django composes another query for, or answers without asking: None, and numbers no column holds."""
    return value is None or (isinstance(value, int) and value.bit_length() > 63)


def _flat(arguments: Iterable[Any]) -> list[Any]:
    return [each for value in arguments for each in (value if isinstance(value, list) else [value])]


def _standing_for(arguments: Iterable[Any]) -> list[Any]:
    standing: list[Any] = []
    number = 0
    for value in arguments:
        values = [Argument(number + place, each) for place, each in enumerate(_flat([value]))]
        standing.append(values if isinstance(value, list) else values[0])
        number += len(values)
    return standing
