"""What the room stores: bookings with their history, holds, and the one table that says what is taken."""

from booking_core.reservations.models.bookings import (
    Booking,
    BookingEvent,
    BookingItem,
    BookingSource,
    BookingState,
)
from booking_core.reservations.models.occupancy import Hold, Occupancy

__all__ = ["Booking", "BookingEvent", "BookingItem", "BookingSource", "BookingState", "Hold", "Occupancy"]
