"""Rows of several tables in one statement: a booking, its items, its history and its time come into being together.

Not here: what the rows say. Every row that another names carries its key already; foreign keys are checked at COMMIT,
so the order does not matter.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.sql import InsertQuery


def insert_together(*tables: Sequence[Model]) -> None:
    """Insert the rows of each table; rows of one table are of one model, with or all without their key."""
    parts = [_insert(rows) for rows in tables if rows]
    if not parts:
        return
    *first, (last, values) = parts
    named = ", ".join(f"part_{number} AS ({sql})" for number, (sql, _values) in enumerate(first))
    before = [value for _sql, given in first for value in given]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {named} {last}" if named else last, [*before, *values])


def _insert(rows: Sequence[Model]) -> tuple[str, list[Any]]:
    model = type(rows[0])
    has_key = rows[0].pk is not None
    fields = [field for field in model._meta.local_concrete_fields if has_key or not field.primary_key]
    query = InsertQuery(model)
    query.insert_values(fields, list(rows))
    ((sql, values),) = query.get_compiler("default").as_sql()
    return sql, list(values)
