"""Rows of several tables in one statement: a booking, its items, its history and its time come into being together.

Not here: what the rows say. Every row that another names carries its key already; foreign keys are checked at COMMIT,
so the order does not matter.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model


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
    head, places, fields = _columns(type(rows[0]), has_key=rows[0].pk is not None)
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows for field in fields
    ]
    return head + ", ".join([places] * len(rows)), values


@lru_cache(maxsize=16)  # two for each table that is ever written this way
def _columns(model: type[Model], *, has_key: bool) -> "tuple[str, str, tuple[Field[Any, Any], ...]]":
    """How the statement begins, the places of one row, and the columns in their order."""
    fields = tuple(field for field in model._meta.local_concrete_fields if has_key or not field.primary_key)
    names = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(_place(field) for field in fields)
    head = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES '  # noqa: S608 — names of our own models
    return head, f"({places})", fields


def _place(field: "Field[Any, Any]") -> str:
    """Ranges need their type named; characters must not have it: a cast cuts off what is too long."""
    own = getattr(field, "get_placeholder", None)
    return "%s" if own is None else str(own(None, None, connection))
