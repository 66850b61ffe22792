"""Write millions of bookings at once, as a restore does: without indexes, which come back the very same.

Not here: which bookings (``fill``).
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

_TABLES = ("reservations_booking", "reservations_bookingitem", "reservations_occupancy")
_PLAINEST = {
    "boolean": "false",
    "jsonb": "'{}'::jsonb",
    "timestamp with time zone": "now()",
    "character varying": "''",
    "text": "''",
    "uuid": "gen_random_uuid()",
}


@transaction.atomic
def insert_all(plan: Iterable[tuple[object, ...]], *, party_id: int) -> None:
    """Insert (number, resource, unit, span, state) as bookings with their item and time, all or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        restore = _without_indexes(cursor)
        cursor.execute(
            "CREATE TEMP TABLE plan (id bigint, resource_id bigint, unit_id bigint, span tstzrange, state text)"
            " ON COMMIT DROP"
        )
        with cursor.cursor.copy("COPY plan FROM STDIN") as copy:
            for row in plan:
                copy.write_row(row)
        key = {"id": "plan.id"}
        _insert(cursor, _TABLES[0], {**key, "party_id": str(party_id), "number": "'B-' || plan.id",
                                     "state": "plan.state", "language": "'de'", "currency": "'EUR'",
                                     "cancelled_at": "CASE plan.state WHEN 'cancelled' THEN now() END"})  # fmt: skip
        _insert(cursor, _TABLES[1], {**key, "booking_id": "plan.id", "resource_id": "plan.resource_id",
                                     "span": "plan.span", "quantity": "1"})  # fmt: skip
        _insert(cursor, _TABLES[2], {**key, "unit_id": "plan.unit_id", "pieces": "'[0,1)'::int4range",
                                     "span": "plan.span", "item_id": "plan.id"},
                "WHERE state <> 'cancelled'")  # fmt: skip
        for table in _TABLES:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
        for statement in restore:
            cursor.execute(statement)
    transaction.on_commit(_tidy)


def _tidy() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _without_indexes(cursor: Any) -> list[str]:
    """Drop constraints and indexes of the big tables; the statements that make them again."""
    restore: list[str] = []
    names = ", ".join(f"'{table}'::regclass" for table in _TABLES)
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        f" WHERE contype IN ('f', 'x', 'u') AND (conrelid IN ({names}) OR confrelid IN ({names}))"
        " ORDER BY contype = 'f' DESC"
    )
    for table, name, definition in cursor.fetchall():
        restore.insert(0, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        f" WHERE indrelid IN ({names}) AND NOT indisprimary"
    )
    for name, definition in cursor.fetchall():
        restore.append(definition)
        cursor.execute(f"DROP INDEX {name}")
    return restore


def _insert(cursor: Any, table: str, values: dict[str, str], where: str = "") -> None:
    """Insert one row per line of the plan; columns nobody names get the plainest value of their type."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
        [table],
    )
    named = {name: _PLAINEST.get(kind, "0") for name, kind in cursor.fetchall()} | values
    columns, selected = ", ".join(named), ", ".join(named.values())
    cursor.execute(
        f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {selected} FROM plan {where}"
    )
