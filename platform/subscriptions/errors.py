"""Why the fee's room refuses something."""

from booking_core.kernel.errors import BookingError


class FeeNotReady(BookingError):
    """Operators have not said yet who writes the invoices, or what is to be paid."""

    code = "fee-not-ready"


class FeeClosed(BookingError):
    """The invoice is paid or cancelled, so nothing can be done with it any more."""

    code = "fee-closed"


class PlanUnfit(BookingError):
    """The plan is not for a town of this kind and size, or not offered any more."""

    code = "plan-unfit"


class WrongMoment(BookingError):
    """Not in this state: ordering twice, lengthening a trial that was ordered from, taking back what has ended."""

    code = "fee-wrong-moment"
