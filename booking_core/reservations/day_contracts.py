"""What leaves the reservations room for a clerk's day: counts by state, the lines of a day's plan.

Not here: bookings themselves (``contracts``).
"""

from dataclasses import dataclass
from uuid import UUID

from booking_core.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class BookingCounts:
    """How many bookings are in which state; ``questions`` are requests that wait for an answer."""

    requested: int = 0
    confirmed: int = 0
    declined: int = 0
    cancelled: int = 0
    questions: int = 0


@dataclass(frozen=True, slots=True)
class DayEntry:
    """One line of a day's plan: a booking or a closure at one resource. ``kind``: booking, closure.

    A closure of a whole location has no resource.
    """

    kind: str
    span: Span
    location_id: int
    location_name: str
    title: str
    resource_id: int | None = None
    resource_name: str = ""
    booking_uuid: UUID | None = None
    booking_number: str = ""
    state: str = ""
    state_label: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    organisation_name: str = ""
    persons: int | None = None
    quantity: int = 1
    slot: str = ""
    attendance: str = ""
