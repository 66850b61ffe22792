"""How a town wants to be paid, and what is due for a booking: sums with the ways to pay them.

Not here: paying (``starting``).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from booking_core.finance.contracts import BookingMoney, InvoiceRow
from booking_core.finance.providers import offers_for
from booking_core.finance.providers.contracts import Due, Offer, TownWays
from booking_core.finance.providers.stripe.client import is_stripe_set_up
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.profile import finance_profile
from booking_core.finance.queries.treasury import money_of_booking
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from tenants.stripe_accounts import connected_account

FIRST_MINUTES = (
    40  # a booking that is paid first is kept for so long, and longer while its page to pay is open
)
LONGEST_DEBIT = timedelta(days=14)
_LEAST_CENTS = 50


@dataclass(frozen=True, slots=True)
class OpenDue:
    """A sum that is owed now, what it is for, and the ways to pay it, the quickest first."""

    due: Due
    offers: tuple[Offer, ...]
    invoice: InvoiceRow | None = None

    @property
    def online(self) -> Offer | None:
        """The way that is one click away."""
        return next((offer for offer in self.offers if offer.is_online), None)


def town_ways() -> TownWays:
    """What the treasurer switched on, and whether the account works. Two statements at most."""
    profile = finance_profile()
    if profile is None:
        return TownWays(accepts_transfer=False)
    return TownWays(
        accepts_transfer=profile.accepts_transfer,
        accepts_on_site=profile.accepts_on_site,
        fees_online=profile.fees_online,
        deposit_online=profile.deposit_online,
        is_online_ready=bool(profile.fees_online or profile.deposit_online) and is_online_ready(),
    )


def is_online_ready() -> bool:
    """Whether the town's account may take money now."""
    if not is_stripe_set_up():
        return False
    account = connected_account()
    return account is not None and account.charges_enabled


def dues_of_booking(
    booking: BookingView, *, now: datetime, money: BookingMoney | None = None
) -> tuple[OpenDue, ...]:
    """What is owed for a booking now: the fee (or the price that makes it firm), then the deposit."""
    town = town_ways()
    known = money or money_of_booking(booking.id)
    found = [OpenDue(due, (), invoice) for due, invoice in _fees(booking, known)]
    missing = known.deposit.missing if known.deposit is not None else Money(0)
    if missing.cents > 0 and booking.state == "confirmed":
        found.append(OpenDue(Due("deposit", missing, use_ends_at=booking.end), ()))
    return tuple(OpenDue(one.due, offers_for(one.due, town, now=now), one.invoice) for one in found)


def _fees(booking: BookingView, money: BookingMoney) -> list[tuple[Due, InvoiceRow | None]]:
    if booking.waits_for_payment:
        return [(Due("fee", booking.total, must_be_fast=True), None)]
    invoice = money.current
    if invoice is None or invoice.balance.cents <= 0:
        return []
    has_account = bool(invoice_by_uuid(invoice.uuid).paper.payee.iban)
    return [(Due("fee", invoice.balance, has_account=has_account), invoice)]


def pay_by_for(total: Money, *, source: str, start: datetime, now: datetime) -> datetime | None:
    """Until when a booking that would confirm itself waits for its payment; None where it need not.

    Where the use begins before anybody could pay, the booking is simply confirmed and billed.
    """
    until = now + timedelta(minutes=FIRST_MINUTES)
    if source != "site" or total.cents < _LEAST_CENTS or start <= until:
        return None
    profile = finance_profile()
    if profile is None or not (profile.pays_first and profile.fees_online) or not is_online_ready():
        return None
    return until
