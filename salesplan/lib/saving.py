"""Rows whose INSERT and UPDATE are composed once a process, as the queries of salesplan/lib/prepared.py are.

`save` stays what it is: fields prepare their values, signals are sent. Only the text of the statement is kept, by
the fields that are written.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections, models
from django.db.models.sql import InsertQuery, UpdateQuery

#: By table, database, kind of statement and the columns that are written.
_statements: dict[tuple, str] = {}


class PreparedSaves(models.Model):
    class Meta:
        abstract = True

    def _do_insert(
        self, manager: Any, using: str, fields: Sequence[Any], returning_fields: Sequence[Any], raw: bool
    ) -> Any:
        values = [getattr(self, field.attname) for field in fields]
        if not _is_plain(fields, values) or [field for field in returning_fields if not field.primary_key]:
            return super()._do_insert(manager, using, fields, returning_fields, raw)  # type: ignore[misc]
        key = (self._meta.db_table, using, "insert", *(field.attname for field in fields))
        if key not in _statements:
            _statements[key] = _insert(self, using, fields, returning_fields)
            # Moments that are set by saving have been set again.
            values = [getattr(self, field.attname) for field in fields]
        connection = connections[using]
        with connection.cursor() as cursor:
            cursor.execute(_statements[key], _prepared(fields, values, connection))
            return connection.ops.fetch_returned_rows(cursor, ()) if returning_fields else []

    def _do_update(
        self,
        base_qs: Any,
        using: Any,
        pk_val: Any,
        values: Any,
        update_fields: Any,
        forced_update: Any,
        returning_fields: Any,
    ) -> Any:
        fields, written = [field for field, _model, _value in values], [value for _field, _model, value in values]
        if not values or returning_fields or not _is_plain(fields, written):
            return super()._do_update(base_qs, using, pk_val, values, update_fields, forced_update, returning_fields)
        connection = connections[using]
        key = (self._meta.db_table, using, "update", *(field.attname for field in fields))
        if key not in _statements:
            _statements[key] = _update(base_qs.filter(pk=pk_val), using, values)
        pk = self._meta.pk.get_db_prep_save(pk_val, connection)
        with connection.cursor() as cursor:
            cursor.execute(_statements[key], (*_prepared(fields, written, connection), pk))
            return [()] * cursor.rowcount


def _is_plain(fields: Sequence[Any], values: Sequence[Any]) -> bool:
    """One placeholder for each value: no expressions, and no fields that write anything but their value."""
    return not any(hasattr(value, "resolve_expression") for value in values) and not any(
        field.has_db_default() or hasattr(field, "get_placeholder_sql") for field in fields
    )


def _prepared(fields: Sequence[Any], values: Sequence[Any], connection: Any) -> tuple[Any, ...]:
    return tuple(
        field.get_db_prep_save(value, connection=connection) for field, value in zip(fields, values, strict=True)
    )


def _insert(row: models.Model, using: str, fields: Sequence[Any], returning_fields: Sequence[Any]) -> str:
    query = InsertQuery(type(row))
    query.insert_values(fields, [row])
    compiler: Any = query.get_compiler(using)
    compiler.returning_fields = returning_fields
    ((sql, _values),) = compiler.as_sql()
    return sql


def _update(rows: Any, using: str, values: Sequence[Any]) -> str:
    query = rows.query.chain(UpdateQuery)
    query.add_update_fields(values)
    sql, _values = query.get_compiler(using).as_sql()
    return sql
