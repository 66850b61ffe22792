"""What the table of towns tells of many schemas at once: their size, last booking and version.

Not here: the health of one town (``health``); registry facts of towns (``queries``).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from psycopg import sql

from operator_console.contracts import SchemaFigures
from tenants.names import TEMPLATE_SCHEMA

# A statement locks every table and index it names; PostgreSQL keeps room for some thousand such locks.
_AT_ONCE = 100
_Row = tuple[str, datetime | None, int, str]
_SIZES = """
    SELECT n.nspname, sum(pg_total_relation_size(c.oid))::bigint,
           bool_or(c.relname = 'reservations_booking') AND bool_or(c.relname = 'django_migrations')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname = ANY(%s)
     GROUP BY n.nspname
"""
_FIGURES = """
    SELECT {name}, (SELECT max(requested_at) FROM {schema}.reservations_booking),
           count(*), md5(string_agg(app || '.' || name, ',' ORDER BY app, name)) FROM {schema}.django_migrations
"""


def schema_figures(names: Iterable[str]) -> dict[str, SchemaFigures]:
    """Size, last booking and version of the schemas that exist: one statement, and one more for each hundred.

    A schema is current if the same migrations are in it as in the template, which a release brings up first.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, [[*names, TEMPLATE_SCHEMA]])
        sizes: list[tuple[str, int, bool]] = cursor.fetchall()
    read = {row[0]: row for row in _read([name for name, _size, is_whole in sizes if is_whole])}
    newest = read[TEMPLATE_SCHEMA][3] if TEMPLATE_SCHEMA in read else ""
    return {
        name: SchemaFigures(
            size_bytes=size,
            last_booking_at=read[name][1] if name in read else None,
            migrations=read[name][2] if name in read else 0,
            is_current=name in read and newest in {"", read[name][3]},
        )
        for name, size, _is_whole in sizes
    }


def _read(names: Sequence[str]) -> list[_Row]:
    found: list[_Row] = []
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        parts = [sql.SQL(_FIGURES).format(name=sql.Literal(one), schema=sql.Identifier(one)) for one in some]
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(" UNION ALL ").join(parts))
            found += cursor.fetchall()
    return found
