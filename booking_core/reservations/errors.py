"""What can go wrong with bookings, holds and closures."""

from collections.abc import Sequence
from typing import ClassVar

from booking_core.kernel.errors import BookingError, InvalidInput
from booking_core.reservations.contracts import BookingRow, Misfit


class Taken(BookingError):
    """Someone else has this time. ``context``: ``unit_ids`` that are taken, where known."""

    code = "taken"


class Busy(BookingError):
    """Too many people book the same thing at this moment; trying again helps."""

    code = "busy"
    http_status: ClassVar[int] = 503


class TownReadOnly(BookingError):
    """The town takes nothing new at the moment; what is there stays, and cancelling stays possible."""

    code = "town-read-only"
    http_status: ClassVar[int] = 403


class HoldExpired(BookingError):
    """The time that was kept is not kept any more."""

    code = "hold-expired"
    http_status: ClassVar[int] = 410


class Stale(BookingError):
    """Someone else changed the booking in the meantime."""

    code = "stale"


class WrongState(BookingError):
    """A booking in this state cannot do that: a declined one is not confirmed, a past one not cancelled twice."""

    code = "wrong-state"


class NoDateLeft(BookingError):
    """Of a series nothing would be left; then the booking itself is to be cancelled."""

    code = "no-date-left"


class AlreadyWaiting(BookingError):
    """This person is on the waiting list for this time already."""

    code = "already-waiting"


class NotYetUsed(BookingError):
    """The use has not begun, so there is nothing to settle."""

    code = "not-yet-used"


class AlreadySettled(WrongState):
    """The use is settled; it can be corrected by a further settlement, not moved or cancelled."""

    code = "already-settled"


class TooMany(InvalidInput):
    """More pieces than there are."""

    code = "too-many"


class ClosureHitsBookings(BookingError):
    """A closure would lie over bookings; a clerk must agree, and settle with them."""

    code = "closure-hits-bookings"

    def __init__(self, message: str, *, bookings: Sequence[BookingRow]) -> None:
        super().__init__(message, context={"numbers": [booking.number for booking in bookings]})
        self.bookings = tuple(bookings)


class LayoutClashes(BookingError):
    """What a hall consists of cannot become so while these bookings lie where they lie."""

    code = "layout-clashes"

    def __init__(self, message: str, *, misfits: Sequence[Misfit]) -> None:
        super().__init__(message, context={"numbers": [one.booking.number for one in misfits]})
        self.misfits = tuple(misfits)
