"""Plans of the search: on ample rows no statement reads the whole of what is taken, and none is planned blindly."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from booking_core.kernel.spans import Span
from booking_core.reservations.queries.free_time import taken_statement
from booking_core.reservations.queries.taken_units import taken_units, taken_units_statement
from booking_core.reservations.services.occupy import Claim, touching_statement
from tenants.models import Tenant
from tests.factories.catalogue import make_location, make_room

ZERO = datetime(2027, 1, 1, tzinfo=UTC)
ROOMS, DAYS, A_DAY = 120, 120, 4
NOON = Span(ZERO + timedelta(days=60, hours=14), ZERO + timedelta(days=60, hours=16))
MONTH = Span(ZERO + timedelta(days=60), ZERO + timedelta(days=90))

# Many rooms, many bookings, a few long closures, as they look after a year; written past the services.
_FILL = """
WITH closure AS (
    INSERT INTO catalog_closure (uuid, location_id, span, reason, created_by_label, created_at)
    SELECT gen_random_uuid(), %(location)s, tstzrange(%(zero)s, %(zero)s + interval '1 hour'), 'Test', '', now()
    RETURNING id)
INSERT INTO reservations_occupancy (unit_id, pieces, span, closure_id)
SELECT unit.id, '[0,1)', tstzrange(start, start + length), closure.id
FROM closure, catalog_unit unit, generate_series(0, %(days)s - 1) day, generate_series(0, %(a_day)s - 1) part,
LATERAL (SELECT %(zero)s + day * interval '1 day' + (8 + part * 3) * interval '1 hour' AS start,
         CASE WHEN day %% 40 = 0 AND part = 3 THEN interval '36 hours' ELSE interval '2 hours' END AS length) slot
WHERE NOT (day %% 40 = 1 AND part < 4)
"""

# All that the statements join: one table left out is estimated from what an earlier test left in it.
_ANALYZE = (
    "ANALYZE catalog_unit, catalog_resource, catalog_resourceunit, catalog_closure, reservations_hold,"
    " reservations_occupancy"
)


@pytest.fixture
def ample(town: Tenant) -> Iterator[list[int]]:
    """The rooms of a busy house; the tables are analysed, and stay as they are: nobody else may analyse them now."""
    place = make_location()
    make_room(place)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalog_unit (location_id, name, pieces) SELECT %s, 'U' || n, 1 FROM generate_series(2, %s) n",
            [place.id, ROOMS],
        )
        cursor.execute(_FILL, {"location": place.id, "zero": ZERO, "days": DAYS, "a_day": A_DAY})
        cursor.execute(_ANALYZE)
        cursor.execute("SELECT id FROM catalog_unit")
        yield [row[0] for row in cursor.fetchall()]


def nodes(sql: str, values: Any) -> list[dict[str, Any]]:
    """Every step of the plan the database makes for these values."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    waiting, seen = [plan], []
    while waiting:
        node = waiting.pop()
        seen.append(node)
        waiting += node.get("Plans", [])
    return seen


def scans(steps: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """How what is taken is read: the kind of step and its index."""
    return {
        (step["Node Type"], step.get("Index Name", ""))
        for step in steps
        if step.get("Relation Name") == "reservations_occupancy" or "occupancy" in step.get("Index Name", "")
    }


EVENINGS = [
    Span(NOON.start + timedelta(days=day, hours=3), NOON.start + timedelta(days=day, hours=8))
    for day in range(0, 21, 2)
]


@pytest.mark.parametrize("windows", [[NOON], EVENINGS], ids=["one time", "a choice"])
@pytest.mark.parametrize("of", [None, 20], ids=["all units", "some units"])
def test_no_search_reads_everything_that_is_taken(
    ample: list[int], windows: list[Span], of: int | None
) -> None:
    units = None if of is None else ample[:of]
    read = scans(nodes(*taken_units_statement(windows, now=ZERO, unit_ids=units)))
    assert read
    assert not [step for step in read if step[0] == "Seq Scan"], read


def test_one_time_is_read_through_the_bounds(ample: list[int]) -> None:
    """Without the bound on the length the b-tree would start at the beginning of time."""
    steps = nodes(*taken_units_statement([NOON], now=ZERO))
    assert "occupancy_short_bounds" in {index for _, index in scans(steps)}
    assert (
        sum(step["Plan Rows"] for step in steps if step.get("Index Name") == "occupancy_short_bounds") < 2_000
    )


def test_what_the_indexes_find_is_what_is_taken(ample: list[int]) -> None:
    """Short and long stretches together, against the plain question."""
    for windows in ([NOON], EVENINGS, [Span(ZERO + timedelta(days=39), ZERO + timedelta(days=42))]):
        found = taken_units(windows, now=ZERO)
        with connection.cursor() as cursor:
            expected: dict[int, set[tuple[int, int]]] = {}
            for window in windows:
                cursor.execute(
                    "SELECT unit_id, extract(epoch FROM lower(span))::bigint, extract(epoch FROM upper(span))::bigint"
                    " FROM reservations_occupancy WHERE span && tstzrange(%s, %s)",
                    [window.start, window.end],
                )
                for unit_id, start, end in cursor.fetchall():
                    expected.setdefault(unit_id, set()).add((start, end))
        assert {unit: set(zip(one.starts, one.ends, strict=True)) for unit, one in found.items()} == expected
        assert all(
            len(one.starts) == len(set(zip(one.starts, one.ends, strict=True))) for one in found.values()
        )


def test_days_and_months_of_resources_are_read_by_index(ample: list[int]) -> None:
    """The free times of one resource for a month, and of all for a day."""
    one = make_room()
    all_of_them = make_room()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO catalog_resourceunit (resource_id, unit_id, is_counted)"
            " SELECT %s, id, false FROM catalog_unit ON CONFLICT DO NOTHING",
            [all_of_them.id],
        )
        cursor.execute(_ANALYZE)
    for room, span in ((one, MONTH), (all_of_them, NOON)):
        read = scans(nodes(*taken_statement([room.id], span, now=ZERO)))
        assert read
        assert not [step for step in read if step[0] == "Seq Scan"], read


def test_taking_time_looks_at_its_own_unit_only(ample: list[int]) -> None:
    """Seen red with the number of the unit as the driver writes it: only the time was looked for in the index."""
    steps = nodes(*touching_statement([Claim(unit_id, NOON) for unit_id in ample[:2]]))
    read = [step for step in steps if step.get("Index Name") == "occupancy_never_twice"]
    assert read
    assert all("unit_id =" in step["Index Cond"] for step in read), read


def test_the_trap_of_generic_plans(ample: list[int]) -> None:
    """Planned without its values the search loses the bound on the length; so nothing may ever be prepared."""
    options: dict[str, Any] = settings.DATABASES["default"].get("OPTIONS", {})
    assert not options.get("server_side_binding")
    for _again in range(8):  # psycopg prepares from the fifth time on, PostgreSQL goes generic from the sixth
        taken_units([NOON], now=ZERO)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%reservations_occupancy%%'"
        )
        assert cursor.fetchone()[0] == 0

    sql, _values = taken_units_statement([NOON], now=ZERO)
    blind = sql.replace("%(start)s", "$1").replace("%(end)s", "$2").replace("%(now)s", "$3")
    with connection.cursor() as cursor:
        cursor.execute(f"PREPARE blind (timestamptz, timestamptz, timestamptz) AS {blind}")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        values = ", ".join(f"'{one.isoformat()}'" for one in (NOON.start, NOON.end, ZERO))
        guessed = nodes(f"EXECUTE blind ({values})", None)
        cursor.execute("DEALLOCATE blind")
    known = nodes(*taken_units_statement([NOON], now=ZERO))

    def expected_rows(steps: list[dict[str, Any]]) -> int:
        return sum(
            step["Plan Rows"] for step in steps if step.get("Relation Name") == "reservations_occupancy"
        )

    assert expected_rows(known) < expected_rows(guessed) or scans(guessed) != scans(known), (
        "the trap is gone?"
    )
