"""Reads of time: what is free, what is taken and why. One statement for any number of resources.

Not here: winning a time (``services.occupy``): what is free here may be gone a moment later.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from booking_core.catalog.contracts import OpeningRules
from booking_core.catalog.queries import opening_rules
from booking_core.engines.availability import contains, intersect, open_spans
from booking_core.engines.fitting import Block, TakenUnit, blocks_of, left_of
from booking_core.kernel.spans import Span
from tenants.context import tenant_zone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = 60 * 1_000_000

# One row per claim. Times are whole microseconds since 1970: thousands of ranges take longer to read than to find.
_TAKEN_SQL = """
SELECT claim.resource_id, claim.is_counted, unit.pieces,
       resource.buffer_before_minutes, resource.buffer_after_minutes,
       array_agg((extract(epoch FROM lower(occupancy.span)) * 1000000)::bigint),
       array_agg((extract(epoch FROM upper(occupancy.span)) * 1000000)::bigint),
       array_agg(upper(occupancy.pieces) - lower(occupancy.pieces))
FROM catalog_resourceunit claim
JOIN catalog_resource resource ON resource.id = claim.resource_id
JOIN catalog_unit unit ON unit.id = claim.unit_id
LEFT JOIN reservations_occupancy occupancy ON occupancy.unit_id = claim.unit_id
    AND occupancy.span && tstzrange(
        %(start)s::timestamptz - resource.buffer_before_minutes * interval '1 minute',
        %(end)s::timestamptz + resource.buffer_after_minutes * interval '1 minute')
    AND (occupancy.hold_id IS NULL OR occupancy.hold_id IN (
        SELECT id FROM reservations_hold WHERE expires_at > %(now)s AND uuid IS DISTINCT FROM %(except_hold)s))
    AND (occupancy.item_id IS NULL OR occupancy.item_id NOT IN (
        SELECT item.id FROM reservations_bookingitem item
        JOIN reservations_booking booking ON booking.id = item.booking_id
        WHERE booking.uuid = %(except_booking)s))
WHERE claim.resource_id = ANY(%(resource_ids)s)
GROUP BY claim.resource_id, claim.unit_id, claim.is_counted, unit.pieces,
         resource.buffer_before_minutes, resource.buffer_after_minutes
"""


@dataclass(frozen=True, slots=True)
class Apart:
    """Whose taken time does not count: one's own hold, or the booking that is to be moved."""

    hold: UUID | None = None
    booking: UUID | None = None


def free_times(
    resource_ids: Iterable[int],
    span: Span,
    *,
    now: datetime,
    quantity: int | Mapping[int, int] = 1,
    apart: Apart = Apart(),
    rules: Mapping[int, OpeningRules] | None = None,
) -> dict[int, tuple[Span, ...]]:
    """When each resource can be used within ``span``: open, not taken, set-up and cleaning time kept clear.

    For counted resources ``quantity`` pieces must be left: of each, or as many as it says by resource id. Unknown
    ids are left out. Four statements: three for the opening rules unless the caller has read ``rules``, one for
    everything that is taken.
    """
    ids = sorted(set(resource_ids))
    rules = opening_rules(ids) if rules is None else rules
    blocked = _blocked(ids, span, now=now, quantity=quantity, apart=apart)
    opened: dict[int, list[Block]] = {}  # most resources share the rules of their place
    free: dict[int, tuple[Span, ...]] = {}
    for resource_id in ids:
        if resource_id not in rules:
            continue
        of = rules[resource_id]
        if id(of) not in opened:
            opened[id(of)] = [(_moment(one.start), _moment(one.end)) for one in open_within(of, span)]
        left = left_of(opened[id(of)], blocked[resource_id])
        free[resource_id] = tuple(Span(_instant(start), _instant(end)) for start, end in left)
    return free


def open_within(rules: OpeningRules, span: Span) -> tuple[Span, ...]:
    """The opening hours of one thing within ``span``, by the town's wall clock."""
    zone = tenant_zone()
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    return intersect(open_spans(rules, first, last, zone), [span])


def is_free(
    resource_ids: Iterable[int],
    span: Span,
    *,
    now: datetime | None = None,
    quantity: int | Mapping[int, int] = 1,
    apart: Apart = Apart(),
) -> bool:
    """Whether all resources can be used for the whole of ``span``."""
    wanted = set(resource_ids)
    free = free_times(wanted, span, now=now or timezone.now(), quantity=quantity, apart=apart)
    return set(free) == wanted and all(contains(spans, span) for spans in free.values())


def _blocked(
    resource_ids: Sequence[int], span: Span, *, now: datetime, quantity: int | Mapping[int, int], apart: Apart
) -> dict[int, list[Block]]:
    """The stretches in which a use cannot be, by resource, in microseconds since 1970 and in no order."""
    blocked: dict[int, list[Block]] = defaultdict(list)
    sql, values = taken_statement(resource_ids, span, now=now, apart=apart)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for resource_id, is_counted, stock, before, after, starts, ends, pieces in cursor.fetchall():
            many = quantity if isinstance(quantity, int) else quantity.get(resource_id, 1)
            wanted = many if is_counted else stock
            if wanted > stock:
                blocked[resource_id].append((_moment(span.start), _moment(span.end)))
            elif starts[0] is not None:
                taken = blocks_of(TakenUnit(starts, ends, pieces), stock=stock, wanted=wanted)
                blocked[resource_id] += [
                    (start - after * _MINUTE, end + before * _MINUTE) for start, end in taken
                ]
    return blocked


def _moment(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)


def _instant(moment: int) -> datetime:
    return _EPOCH + timedelta(microseconds=moment)


def taken_statement(
    resource_ids: Sequence[int],
    span: Span,
    *,
    now: datetime,
    apart: Apart = Apart(),
) -> tuple[str, dict[str, Any]]:
    """The statement that reads what is taken, with its values; for ``free_times`` and the test of its plan."""
    return _TAKEN_SQL, {
        "resource_ids": list(resource_ids),
        "start": span.start,
        "end": span.end,
        "now": now,
        "except_hold": apart.hold,
        "except_booking": apart.booking,
    }
