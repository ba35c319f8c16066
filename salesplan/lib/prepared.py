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

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial, update_wrapper
from typing import Any

from django.db import connections
from django.db.models import Model, QuerySet, Value
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)
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
    """Asks as Django's iterators do, which find out anew with every query how its columns are read."""

    def __init__(self, queryset: QuerySet):
        compiler: Any = queryset.query.get_compiler(queryset.db)
        self._using = compiler.using
        self._sql, self._parameters = compiler.as_sql()
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        self._width = compiler.col_count if compiler.has_extra_select else None
        self._converters = list(compiler.get_converters(columns).items())
        self._make = MAKERS[queryset._iterable_class](queryset, compiler)

    def rows(self, arguments: list[Any]) -> list[Any]:
        connection = connections[self._using]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, tuple(_fill_in(self._parameters, arguments, connection)))
            found = cursor.fetchall()
        if self._width is not None:
            found = [row[: self._width] for row in found]
        return list(map(self._make, self._converted(found, connection) if self._converters else found))

    def _converted(self, found: list[Any], connection: Any) -> Iterator[list[Any]]:
        for row in map(list, found):
            for place, (converters, expression) in self._converters:
                value = row[place]
                for converter in converters:
                    value = converter(value, expression, connection)
                row[place] = value
            yield row


# What a row is made into, by the iterator Django would make it with.


def _rows_as_models(queryset: QuerySet, compiler: Any) -> Callable[[Any], Any]:
    """As ModelIterable does it, for querysets that do not come from a row already there."""
    chosen, annotations = compiler.klass_info, compiler.annotation_col_map or {}
    first, last = chosen["select_fields"][0], chosen["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:last]]
    mode = queryset._fetch_mode  # type: ignore[attr-defined]
    from_db = partial(chosen["model"].from_db, compiler.using, names, fetch_mode=mode)
    populators = get_related_populators(chosen, compiler.select, compiler.using, mode)

    def make(row: Any) -> Any:
        made = from_db(row[first:last])
        for populator in populators:
            populator.populate(row, made)
        for name, place in annotations.items():
            setattr(made, name, row[place])
        return made

    return make


def _rows_as_dicts(queryset: QuerySet, compiler: Any) -> Callable[[Any], Any]:
    query: Any = queryset.query
    names = list(query.selected or [*query.values_select, *query.annotation_select])
    return lambda row: dict(zip(names, row, strict=True))


def _rows_as_tuples(queryset: QuerySet, compiler: Any) -> Callable[[Any], Any]:
    return tuple


def _rows_as_values(queryset: QuerySet, compiler: Any) -> Callable[[Any], Any]:
    return lambda row: row[0]


MAKERS: dict[type, Callable[[QuerySet, Any], Callable[[Any], Any]]] = {
    ModelIterable: _rows_as_models,
    ValuesIterable: _rows_as_dicts,
    ValuesListIterable: _rows_as_tuples,
    FlatValuesListIterable: _rows_as_values,
}


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
