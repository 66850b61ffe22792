"""Why the finance room refuses something."""

from booking_core.kernel.errors import BookingError


class NotSetUp(BookingError):
    """The town has not said yet how it wants to be paid."""

    code = "finance-not-set-up"


class NothingToBill(BookingError):
    """There is nothing an invoice could ask for."""

    code = "nothing-to-bill"


class AlreadyBilled(BookingError):
    """An invoice of this booking stands already."""

    code = "already-billed"


class InvoiceClosed(BookingError):
    """The invoice is cancelled, so nothing can be done with it any more."""

    code = "invoice-closed"


class TaxContradiction(BookingError):
    """The ordinance charges tax, but the town may not show any."""

    code = "tax-contradiction"


class AmountRefused(BookingError):
    """More than is owed, paid or kept."""

    code = "amount-refused"


class AlreadyRecorded(BookingError):
    """The same payment was recorded before."""

    code = "already-recorded"
