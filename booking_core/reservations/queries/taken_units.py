"""What is taken of all units in some windows of time: the one statement behind every search.

Not here: which resources are free then (``workflows.search``), the free times of one resource (``free_time``).

Traps, each with its test: the exclusion constraint's GiST index would be probed once per unit; the b-tree on the bounds
is read once, but only because the length is bounded (``occupancy_short_bounds``). A plan made without knowing the
values would read the whole table, so values are bound in the client and nothing is prepared.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from booking_core.engines.fitting import TakenUnit
from booking_core.kernel.spans import Span

_ROW = """
SELECT occupancy.id, occupancy.unit_id, upper(occupancy.pieces) - lower(occupancy.pieces) AS pieces, occupancy.span
FROM reservations_occupancy occupancy {windows}
WHERE {within} {of_units}
  AND (occupancy.hold_id IS NULL OR occupancy.hold_id IN (
      SELECT id FROM reservations_hold WHERE expires_at > %(now)s))
"""
_SHORT = """
upper(occupancy.span) - lower(occupancy.span) <= interval '24 hours'
  AND lower(occupancy.span) < {end} AND upper(occupancy.span) > {start}
  AND lower(occupancy.span) > {start} - interval '24 hours'
"""
_LONG = """
upper(occupancy.span) - lower(occupancy.span) > interval '24 hours' AND occupancy.span && tstzrange({start}, {end})
"""
_ALL = """
SELECT unit_id, array_agg(floor(extract(epoch FROM lower(span)))::bigint),
       array_agg(ceil(extract(epoch FROM upper(span)))::bigint), array_agg(pieces)
FROM ({short} {union} {long}) taken
GROUP BY unit_id
"""
_WINDOWS = "JOIN unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) AS slot (first, last) ON true"


def taken_units(
    windows: Sequence[Span], *, now: datetime, unit_ids: Collection[int] | None = None
) -> dict[int, TakenUnit]:
    """What overlaps one of ``windows`` (in order, apart from each other), by unit; live holds count.

    ``unit_ids`` None means all. Times are whole seconds since 1970. One statement however many units and windows.
    """
    if not windows or (unit_ids is not None and not unit_ids):
        return {}
    sql, values = taken_units_statement(windows, now=now, unit_ids=unit_ids)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {
            unit_id: TakenUnit(starts, ends, pieces) for unit_id, starts, ends, pieces in cursor.fetchall()
        }


def taken_units_statement(
    windows: Sequence[Span], *, now: datetime, unit_ids: Collection[int] | None = None
) -> tuple[str, dict[str, Any]]:
    """The statement of ``taken_units`` with its values, for the test of its plan."""
    values: dict[str, Any] = {"now": now}
    of_units = ""
    if unit_ids is not None:
        of_units, values["units"] = (
            "AND occupancy.unit_id = ANY(%(units)s::bigint[])",
            "{"
            + ",".join(map(str, sorted(unit_ids)))
            + "}",  # hundreds of numbers, each dumped, take a millisecond
        )
    if len(windows) == 1:
        join, start, end, union = "", "%(start)s::timestamptz", "%(end)s::timestamptz", "UNION ALL"
        values |= {"start": windows[0].start, "end": windows[0].end}
    else:
        # A stretch over several windows comes once per window; UNION makes it one again.
        join, start, end, union = _WINDOWS, "slot.first", "slot.last", "UNION"
        values |= {"starts": [one.start for one in windows], "ends": [one.end for one in windows]}
    short, long = (
        _ROW.format(windows=join, within=within.format(start=start, end=end), of_units=of_units)
        for within in (_SHORT, _LONG)
    )
    return _ALL.format(short=short, union=union, long=long), values
