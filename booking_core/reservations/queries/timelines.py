"""What takes the time of many resources, as a plan draws it: the use, the time around it, whose it is.

Not here: what is free (``free_time``), lists of bookings (``bookings``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import connection

from booking_core.engines.span_sets import subtract
from booking_core.kernel.spans import Span
from booking_core.reservations.ranges import TimeRange, to_range, to_span

# One row per resource and reason. A hall's booking shows on its thirds too: rows go by what a resource claims.
_SQL = """
SELECT claim.resource_id, range_agg(occupancy.span), item.span, item.resource_id, used.name, item.quantity,
       booking.uuid, booking.number, booking.title, booking.state, booking.title_is_public,
       CASE WHEN booking.organisation_name = '' THEN booking.contact_name ELSE booking.organisation_name END,
       CASE WHEN item.slot <> '' THEN 0
            ELSE (SELECT count(*) FROM reservations_bookingitem other WHERE other.booking_id = booking.id) END,
       closure.reason, hold.id IS NOT NULL
FROM catalog_resourceunit claim
JOIN reservations_occupancy occupancy ON occupancy.unit_id = claim.unit_id AND occupancy.span && %(window)s
LEFT JOIN reservations_hold hold ON hold.id = occupancy.hold_id
LEFT JOIN reservations_bookingitem item ON item.id = occupancy.item_id
LEFT JOIN catalog_resource used ON used.id = item.resource_id
LEFT JOIN reservations_booking booking ON booking.id = item.booking_id
LEFT JOIN catalog_closure closure ON closure.id = occupancy.closure_id
WHERE claim.resource_id = ANY(%(resource_ids)s) AND (hold.id IS NULL OR hold.expires_at > %(now)s)
GROUP BY claim.resource_id, item.id, used.id, booking.id, closure.id, hold.id
"""


@dataclass(frozen=True, slots=True)
class BookedBy:
    """The booking behind a stretch. ``is_own``: it is for this resource, not for something that contains it.

    ``items`` is 0 for a date of a series, which moves by a page of its own.
    """

    uuid: UUID
    number: str
    title: str
    state: str
    title_is_public: bool
    who: str
    items: int
    resource_name: str
    quantity: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A stretch in which a resource is taken. ``around`` is set-up and cleaning time before and after ``span``.

    ``kind``: booking, closure, hold. ``reason`` is a closure's.
    """

    resource_id: int
    kind: str
    span: Span
    around: tuple[Span, ...] = ()
    booking: BookedBy | None = None
    reason: str = ""


def timeline(resource_ids: Iterable[int], span: Span, *, now: datetime) -> tuple[TimelineEntry, ...]:
    """All that takes these resources within ``span``, in order of time. One statement, whatever their number.

    Names are for staff; others may see a title only where ``title_is_public``.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL, {"resource_ids": sorted(set(resource_ids)), "window": to_range(span), "now": now}
        )
        entries = [entry for row in cursor.fetchall() for entry in _entries(row)]
    return tuple(sorted(entries, key=lambda one: (one.span, one.resource_id, one.kind)))


def _entries(row: tuple[object, ...]) -> list[TimelineEntry]:
    (resource_id, taken, use, used_id, used_name, quantity,
     uuid, number, title, state, is_public, who, items, reason, is_hold) = row  # fmt: skip
    here = cast("int", resource_id)
    spans = [to_span(one) for one in cast("Iterable[TimeRange]", taken)]
    if use is None:
        kind = "hold" if is_hold else "closure"
        return [TimelineEntry(here, kind, one, reason=cast("str | None", reason) or "") for one in spans]
    span = to_span(cast("TimeRange", use))
    booked = BookedBy(
        cast("UUID", uuid), str(number), str(title), str(state), bool(is_public), str(who), cast("int", items),
        str(used_name), cast("int", quantity), is_own=used_id == here,
    )  # fmt: skip
    return [TimelineEntry(here, "booking", span, subtract(spans, [span]), booked)]
