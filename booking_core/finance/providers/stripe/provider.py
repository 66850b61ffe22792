"""Stripe as a provider: cards, SEPA debit and what else the town's own account offers.

Not here: single requests (``checkout``, ``moving``).

A card reserves money for seven days only: a deposit is offered as a reservation where the room is handed back, and
looked at, before that; earlier it is taken and paid back.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.finance.providers.contracts import (
    CheckoutOrder,
    Due,
    Offer,
    OnlineState,
    RefundState,
    TownWays,
)
from booking_core.finance.providers.stripe import checkout, moving
from booking_core.kernel.money import Money

LEAST_CENTS = 50  # https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
MOST_CENTS = 99_999_999
HOLD_DAYS = 7  # https://docs.stripe.com/payments/place-a-hold-on-a-payment-method
LOOKING_DAYS = 2


class StripeProvider:
    """Direct charges on the town's own account."""

    code = "stripe"

    def offer(self, due: Due, town: TownWays, *, now: datetime) -> Offer | None:
        """Where the treasurer switched it on for this purpose and the account may take money."""
        wanted = town.fees_online if due.purpose == "fee" else bool(town.deposit_online)
        if not (wanted and town.is_online_ready and LEAST_CENTS <= due.amount.cents <= MOST_CENTS):
            return None
        if due.purpose == "deposit":
            return self._offer_for_deposit(due, town, now=now)
        words = _("Mit Karte.") if due.must_be_fast else _("Mit Karte oder Lastschrift.")
        return Offer(self.code, _("Online bezahlen"), words, is_online=True)

    def _offer_for_deposit(self, due: Due, town: TownWays, *, now: datetime) -> Offer:
        if (
            town.deposit_online == "hold"
            and due.use_ends_at is not None
            and fits_into_hold(due.use_ends_at, now=now)
        ):
            words = _("Der Betrag wird auf Ihrer Karte nur reserviert und nach der Rückgabe freigegeben.")
            return Offer(self.code, _("Auf der Karte reservieren"), words, is_online=True, is_hold=True)
        words = _("Der Betrag wird eingezogen und nach der Rückgabe auf demselben Weg zurückgezahlt.")
        return Offer(self.code, _("Online hinterlegen"), words, is_online=True)

    def request_for(self, order: CheckoutOrder) -> dict[str, object]:
        return dict(checkout.request_for(order))

    def open(self, request: Mapping[str, object], *, account: str, key: UUID) -> OnlineState:
        return checkout.open_session(request, account=account, key=key)

    def look(self, remote_ref: str, *, account: str) -> OnlineState:
        return checkout.look_at_session(remote_ref, account=account)

    def close(self, remote_ref: str, *, account: str) -> OnlineState:
        return checkout.close_session(remote_ref, account=account)

    def capture(self, intent_ref: str, amount: Money, *, account: str, key: UUID) -> None:
        moving.capture(intent_ref, amount, account=account, key=key)

    def release(self, intent_ref: str, *, account: str, key: UUID) -> None:
        moving.release(intent_ref, account=account, key=key)

    def refund(self, intent_ref: str, amount: Money, *, account: str, key: UUID) -> RefundState:
        return moving.refund(intent_ref, amount, account=account, key=key)

    def look_at_refund(self, remote_ref: str, *, account: str) -> RefundState:
        return moving.look_at_refund(remote_ref, account=account)


def fits_into_hold(use_ends_at: datetime, *, now: datetime) -> bool:
    """Whether the room is handed back, with two days to look at it, before a reservation of today lapses."""
    return use_ends_at + timedelta(days=LOOKING_DAYS) <= now + timedelta(days=HOLD_DAYS)
