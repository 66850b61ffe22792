"""Reads of reservations: bookings, free time, plans, holds.

Not here: writes (``services``).
"""

from booking_core.reservations.queries.bookings import (
    booking_by_id,
    booking_by_number,
    booking_by_uuid,
    booking_counts,
    booking_rows,
    bookings_of,
    inbox,
    location_ids_of_booking,
    parties_at,
    party_history,
)
from booking_core.reservations.queries.free_time import Apart, free_times, is_free
from booking_core.reservations.queries.holds import expired_request, hold_by_uuid
from booking_core.reservations.queries.plans import closures, conflicts_of, day_plan, taken

__all__ = [
    "Apart",
    "booking_by_id",
    "booking_by_number",
    "booking_by_uuid",
    "booking_counts",
    "booking_rows",
    "bookings_of",
    "closures",
    "conflicts_of",
    "day_plan",
    "expired_request",
    "free_times",
    "hold_by_uuid",
    "inbox",
    "is_free",
    "location_ids_of_booking",
    "parties_at",
    "party_history",
    "taken",
]
