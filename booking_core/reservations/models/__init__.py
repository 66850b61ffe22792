"""What the room stores: bookings with their history, holds, and the one table that says what is taken."""

from booking_core.reservations.models.bookings import (
    Attendance,
    Booking,
    BookingEvent,
    BookingItem,
    BookingSource,
    BookingState,
)
from booking_core.reservations.models.occupancy import Hold, Occupancy
from booking_core.reservations.models.series import Series, WaitingEntry, WaitingState
from booking_core.reservations.models.settlements import Settlement

__all__ = [
    "Attendance",
    "Booking",
    "BookingEvent",
    "BookingItem",
    "BookingSource",
    "BookingState",
    "Hold",
    "Occupancy",
    "Series",
    "Settlement",
    "WaitingEntry",
    "WaitingState",
]
