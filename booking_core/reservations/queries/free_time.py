"""Reads of time: what is free, what is taken and why. One statement for any number of resources.

Not here: winning a time (``services.occupy``): what is free here may be gone a moment later.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.utils import timezone

from booking_core.catalog.contracts import OpeningRules
from booking_core.catalog.queries import opening_rules
from booking_core.engines.availability import (
    contains,
    full_spans,
    intersect,
    kept_clear,
    merge,
    open_spans,
    subtract,
)
from booking_core.kernel.spans import Span
from booking_core.reservations.ranges import TimeRange, to_range, to_span
from tenants.context import tenant_zone

_LONGEST_BUFFER = timedelta(days=1)

# One row per resource, unit and range of pieces. Rows of one range never overlap (the constraint), so range_agg
# only joins neighbours; the depth over several ranges is counted in ``engines.availability.full_spans``.
_TAKEN_SQL = """
SELECT claim.resource_id, claim.unit_id, claim.is_counted, unit.pieces,
       resource.buffer_before_minutes, resource.buffer_after_minutes,
       upper(occupancy.pieces) - lower(occupancy.pieces), range_agg(occupancy.span)
FROM catalog_resourceunit claim
JOIN catalog_resource resource ON resource.id = claim.resource_id
JOIN catalog_unit unit ON unit.id = claim.unit_id
LEFT JOIN reservations_occupancy occupancy ON occupancy.unit_id = claim.unit_id
    AND occupancy.span && %(window)s
    AND (occupancy.hold_id IS NULL OR occupancy.hold_id IN (
        SELECT id FROM reservations_hold WHERE expires_at > %(now)s AND uuid IS DISTINCT FROM %(except_hold)s))
    AND (occupancy.item_id IS NULL OR occupancy.item_id NOT IN (
        SELECT item.id FROM reservations_bookingitem item
        JOIN reservations_booking booking ON booking.id = item.booking_id
        WHERE booking.uuid = %(except_booking)s))
WHERE claim.resource_id = ANY(%(resource_ids)s)
GROUP BY claim.resource_id, claim.unit_id, claim.is_counted, unit.pieces,
         resource.buffer_before_minutes, resource.buffer_after_minutes, occupancy.pieces
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
    quantity: int = 1,
    apart: Apart = Apart(),
    rules: Mapping[int, OpeningRules] | None = None,
) -> dict[int, tuple[Span, ...]]:
    """When each resource can be used within ``span``: open, not taken, set-up and cleaning time kept clear.

    For counted resources ``quantity`` pieces must be left. Unknown ids are left out. Four statements: three for
    the opening rules unless the caller has read ``rules``, one for everything that is taken.
    """
    ids = sorted(set(resource_ids))
    rules = opening_rules(ids) if rules is None else rules
    blocked = _blocked(ids, span, now=now, quantity=quantity, apart=apart)
    return {
        resource_id: subtract(open_within(rules[resource_id], span), blocked[resource_id])
        for resource_id in ids
        if resource_id in rules
    }


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
    quantity: int = 1,
    apart: Apart = Apart(),
) -> bool:
    """Whether all resources can be used for the whole of ``span``."""
    wanted = set(resource_ids)
    free = free_times(wanted, span, now=now or timezone.now(), quantity=quantity, apart=apart)
    return set(free) == wanted and all(contains(spans, span) for spans in free.values())


def _blocked(
    resource_ids: Sequence[int], span: Span, *, now: datetime, quantity: int, apart: Apart
) -> dict[int, tuple[Span, ...]]:
    """The spans in which a use cannot be, by resource."""
    by_claim: dict[_Claim, list[tuple[Span, int]]] = defaultdict(list)
    sql, values = taken_statement(resource_ids, span, now=now, apart=apart)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for *columns, pieces, spans in cursor.fetchall():
            taken = by_claim[_Claim(*columns)]
            taken += [(to_span(stored), pieces) for stored in cast("Collection[TimeRange]", spans or ())]
    blocked: dict[int, list[Span]] = defaultdict(list)
    for claim, areas in by_claim.items():
        blocked[claim.resource_id] += claim.blocked_by(areas, quantity=quantity, within=span)
    return {resource_id: merge(blocked[resource_id]) for resource_id in resource_ids}


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
        "window": to_range(span.widened(_LONGEST_BUFFER, _LONGEST_BUFFER)),
        "now": now,
        "except_hold": apart.hold,
        "except_booking": apart.booking,
    }


@dataclass(frozen=True, slots=True)
class _Claim:
    resource_id: int
    unit_id: int
    is_counted: bool
    stock: int
    before_minutes: int
    after_minutes: int

    def blocked_by(
        self, areas: Iterable[tuple[Span, int]], *, quantity: int, within: Span
    ) -> tuple[Span, ...]:
        wanted = quantity if self.is_counted else self.stock
        if wanted > self.stock:
            return (within,)
        return kept_clear(
            full_spans(areas, stock=self.stock, wanted=wanted),
            before=timedelta(minutes=self.before_minutes),
            after=timedelta(minutes=self.after_minutes),
        )
