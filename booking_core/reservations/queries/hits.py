"""Bookings a closure would lie over, before it is made.

Not here: closing (``services.closures``), what could be done for them (``workflows.close_places``).
"""

from collections.abc import Collection, Sequence

from django.db.models import Q

from booking_core.catalog.models import Unit
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.presenting import booking_view
from booking_core.reservations.queries.bookings import WITH_ITEMS
from booking_core.reservations.ranges import to_range


def closed_units(location_ids: Collection[int], resource_ids: Collection[int]) -> frozenset[int]:
    """The units of these locations, and those these resources claim. One statement."""
    wanted = Q(location_id__in=location_ids) | Q(claims__resource_id__in=resource_ids)
    return frozenset(Unit.objects.filter(wanted).values_list("pk", flat=True))


def bookings_hit(
    unit_ids: Collection[int], spans: Sequence[Span]
) -> tuple[tuple[BookingView, frozenset[str]], ...]:
    """Bookings that take one of these units within one of these spans, set-up and cleaning included; by time.

    With each the dates of a series that are hit (``ItemView.slot``); empty for other bookings. Constant statements.
    """
    touched = Q(pk__in=[])
    for span in spans:
        touched |= Q(span__overlap=to_range(span))
    rows = Occupancy.objects.filter(touched, unit_id__in=unit_ids, item__isnull=False)
    slots: dict[int, set[str]] = {}
    for booking_id, slot in rows.values_list("item__booking_id", "item__slot").distinct():
        slots.setdefault(booking_id, set()).add(slot)
    found = (
        Booking.objects.filter(pk__in=slots).select_related("party", "series").prefetch_related(*WITH_ITEMS)
    )
    views = [booking_view(booking, with_events=False) for booking in found]
    return tuple(
        (one, frozenset(slots[one.id] - {""}))
        for one in sorted(views, key=lambda one: (one.start, one.number))
    )
