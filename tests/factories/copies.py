"""Many bookings quickly: copies of one, past every rule and lock, for pages and tasks that look at many.

Not here: bookings that were really made (``factories.bookings``, ``factories.examples``).
"""

from uuid import uuid4

from booking_core.reservations.models import Booking, BookingItem


def copy_booking(booking_id: int, count: int, **changes: object) -> None:
    """Store ``count`` copies of a booking with its items. They take no time and keep no history."""
    original = Booking.objects.get(pk=booking_id)
    kept = {
        field.attname: getattr(original, field.attname)
        for field in Booking._meta.concrete_fields
        if field.attname not in {"id", "uuid", "number"}
    }
    copies = Booking.objects.bulk_create(
        Booking(**{**kept, "uuid": uuid4(), "number": f"K-{uuid4().hex[:12]}", **changes})
        for _number in range(count)
    )
    items = list(original.items.all())
    BookingItem.objects.bulk_create(
        BookingItem(booking=copy, resource_id=item.resource_id, span=item.span, quantity=item.quantity)
        for copy in copies
        for item in items
    )
