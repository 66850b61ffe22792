"""Why a wish or a step of a booking is refused. Every sentence says what would work.

Not here: time that is taken (``reservations.errors``), input the ordinance does not know (``ordinances``).
"""

from booking_core.kernel.errors import BookingError, InvalidInput, NotAllowed


class NotInAudience(NotAllowed):
    """This resource is for other people: residents, registered organisations, staff."""

    code = "not-in-audience"


class GuestsNotAllowed(NotAllowed):
    """The town takes bookings from accounts only."""

    code = "guests-not-allowed"


class InThePast(InvalidInput):
    """The time has already begun."""

    code = "in-the-past"


class OffGrid(InvalidInput):
    """The start is not on the resource's grid."""

    code = "off-grid"


class WrongDuration(InvalidInput):
    """Too short or too long."""

    code = "wrong-duration"


class OutsideOpeningHours(InvalidInput):
    """The place is closed for all or part of the time."""

    code = "outside-opening-hours"


class SpansOverlap(InvalidInput):
    """Two stretches of the same wish overlap."""

    code = "spans-overlap"


class TooManyPersons(InvalidInput):
    """More people than the rooms hold."""

    code = "too-many-persons"


class TooManyPieces(InvalidInput):
    """More pieces than there are."""

    code = "too-many-pieces"


class HouseRulesNotAccepted(InvalidInput):
    """There are house rules and they were not accepted."""

    code = "house-rules-not-accepted"


class RefusedByOrdinance(BookingError):
    """The town's ordinance does not allow this. ``context["reasons"]`` holds rule, text and paragraph of each."""

    code = "refused-by-ordinance"
    http_status = 422


class AlreadyOver(BookingError):
    """The use is over or has begun; it can no longer be changed."""

    code = "already-over"


class KeyReused(InvalidInput):
    """The idempotency key was used before with another body."""

    code = "idempotency-key-reused"


class EmailNotProven(NotAllowed):
    """A guest must have proven the address the confirmation goes to."""

    code = "email-not-proven"


class PriceNotAgreed(BookingError):
    """The change has consequences (price, deposit, state) other than those that were shown and agreed to."""

    code = "price-not-agreed"


class SeriesConflicts(BookingError):
    """Dates of a series cannot take place as wished. ``context["dates"]`` says which, why, and what would work."""

    code = "series-conflicts"


class NothingToWaitFor(BookingError):
    """The time is free: it can be booked at once."""

    code = "nothing-to-wait-for"


class SeriesNotRunning(BookingError):
    """The series is over, or cancelled."""

    code = "series-not-running"
