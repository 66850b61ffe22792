"""Bookings whose use is over, that cost something, and that no invoice asks for yet.

Not here: writing the invoices (``workflows.billing_runs``).
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from booking_core.finance.models import InvoiceLine
from booking_core.reservations.models import Booking, BookingItem, BookingState
from booking_core.reservations.queries.settlements import waits_for_settlement


def unbilled_bookings(*, now: datetime, limit: int = 500) -> tuple[UUID, ...]:
    """Bookings that are over, cost something, wait for no settlement and never stood on an invoice, oldest first.

    One statement. Whose invoice was cancelled by hand is not among them: a person decides on the next one.
    """
    items = BookingItem.objects.filter(booking=OuterRef("pk"), span__endswith__gt=now)
    billed = InvoiceLine.objects.filter(booking=OuterRef("pk"))
    found = Booking.objects.filter(state=BookingState.CONFIRMED).filter(
        ~Exists(items), ~Exists(billed), Q(total_cents__gt=0) | Q(cancellation_cents__gt=0)
    )
    return tuple(found.exclude(waits_for_settlement()).order_by("pk").values_list("uuid", flat=True)[:limit])
