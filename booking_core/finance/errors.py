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


class NothingToRemind(BookingError):
    """None of the invoices is to be reminded of any more."""

    code = "nothing-to-remind"


class InvoiceClosed(BookingError):
    """The invoice is cancelled, so nothing can be done with it any more."""

    code = "invoice-closed"


class TaxContradiction(BookingError):
    """The ordinance charges tax, but the town may not show any."""

    code = "tax-contradiction"


class AmountRefused(BookingError):
    """More than is owed, paid or kept."""

    code = "amount-refused"


class PeriodClosed(BookingError):
    """The day lies in a month that is closed."""

    code = "period-closed"


class NotReleased(BookingError):
    """A second person has to agree first."""

    code = "not-released"


class AlreadyRecorded(BookingError):
    """The same payment was recorded before."""

    code = "already-recorded"


class StripeNotSetUp(BookingError):
    """The platform has no account with Stripe, or the town has none connected."""

    code = "stripe-not-set-up"


class ProviderUnreachable(BookingError):
    """The payment provider did not answer, so nobody knows whether it was done. The same key may be asked again."""

    code = "provider-unreachable"
    http_status = 503


class ProviderRefused(BookingError):
    """The payment provider said no. ``provider_code`` is its own word for why."""

    code = "provider-refused"

    def __init__(self, message: str, *, provider_code: str = "") -> None:
        super().__init__(message)
        self.provider_code = provider_code


class ForgedEvent(ValueError):
    """An event nobody at the provider signed, or one that is too old."""


class PaymentUnderway(BookingError):
    """A payment of the same thing is open already. ``context["payment"]`` names it."""

    code = "payment-underway"


class NothingToPay(BookingError):
    """Nothing is owed, or it cannot be paid this way."""

    code = "nothing-to-pay"
