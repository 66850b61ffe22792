"""Money that has to go back: what came in for nothing, credits that were paid online. Rows now, calls after the commit.

Not here: the calls and their booking (``sending``), deposits (``deposits``). Call under the booking's lock.
"""

from datetime import datetime
from uuid import uuid5

from django.utils import timezone

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.queries.invoices import invoice_id_of, invoices_of_bookings
from booking_core.finance.queries.payments import going_back, payments_made
from booking_core.finance.services.clearing import clear_in
from booking_core.finance.services.payments import (
    NewPayment,
    Seen,
    advance,
    begin,
    follow_the_credit,
    left_to_refund,
)
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.money import Money
from booking_core.messaging import composing_payments
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.queries import booking_by_id
from booking_core.reservations.services.bookings import log_event
from booking_core.workflows.payments.actors import STRIPE
from booking_core.workflows.payments.nudging import nudge

_RETURN = "return"


def give_back(payment: PaymentView, trouble: str, *, now: datetime) -> None:
    """Send back all of a payment that could not pay what it was meant for: one refund, whoever asks how often.

    What is only reserved is let go. Raises nothing; the call is made after the commit.
    """
    marked = advance(payment, Seen(payment.state, trouble=trouble), actor=STRIPE, now=now)
    is_reserved = payment.state == "held"
    moved = payment.moved or payment.amount
    begin(
        NewPayment(
            kind="release" if is_reserved else "refund",
            purpose=payment.purpose,
            amount=moved,
            account=payment.account,
            party_id=payment.party_id,
            booking_id=payment.booking_id,
            invoice_id=None if payment.booking_id is not None else payment.invoice_id,
            parent_id=payment.id,
            intent_ref=payment.intent_ref,
            trouble=trouble,
            key=uuid5(payment.uuid, _RETURN),
        ),
        actor=STRIPE,
        now=now,
    )
    if payment.booking_id is not None:
        if not is_reserved and _is_plain(payment):
            clear_in(payment, valued_on=timezone.localdate(now), actor=STRIPE, now=now)
        booking = booking_by_id(payment.booking_id)
        log_event(booking.id, "payment_returned", actor=STRIPE, now=now)
        queue_mail(composing_payments.payment_returned(booking, marked, trouble))
    audit("payment.given_back", actor=STRIPE, subject_type="payment", subject_id=payment.uuid, reason=trouble)
    nudge()


def _is_plain(payment: PaymentView) -> bool:
    """Money in another currency is no entry of this ledger; it stands in the payment's history."""
    return "≠" not in payment.reason or payment.reason.count(payment.amount.currency) > 1


def paid_online(booking_id: int) -> Money:
    """What was paid online for a booking's fee and has not gone back: what cancelling may send back by itself."""
    made = payments_made(booking_id, "fee")
    return Money(sum(left_to_refund(one.id, one.moved or one.amount) for one in made))


def return_credits(booking_id: int, *, actor: Actor, now: datetime) -> int:
    """Begin to send back what a booking's invoices owe and what was paid online; the number of refunds begun.

    Whatever is on its way already is left out, so it may be called after every change. What was paid by transfer or on
    site stays for the treasurer.
    """
    begun = 0
    for invoice in invoices_of_bookings([booking_id]).get(booking_id, ()):
        if invoice.kind != "invoice" or invoice.balance.cents >= 0:
            continue
        invoice_id = invoice_id_of(invoice.uuid)
        follow_the_credit(booking_id, invoice_id)
        credit = -invoice.balance.cents - going_back([invoice_id]).get(invoice_id, 0)
        begun += _return(booking_id, invoice_id, credit, actor=actor, now=now)
    if begun:
        nudge()
    return begun


def _return(booking_id: int, invoice_id: int, credit: int, *, actor: Actor, now: datetime) -> int:
    begun = 0
    for payment in payments_made(booking_id, "fee"):
        cents = min(credit, left_to_refund(payment.id, payment.moved or payment.amount))
        if cents <= 0:
            continue
        begin_refund(payment, cents, invoice_id=invoice_id, actor=actor, now=now)
        credit -= cents
        begun += 1
    return begun


def begin_refund(
    payment: PaymentView, cents: int, *, invoice_id: int | None, actor: Actor, now: datetime, reason: str = ""
) -> PaymentView:
    """Store the row of one refund. The caller holds the booking's lock and has looked what is left."""
    made = begin(
        NewPayment(
            kind="refund",
            purpose=payment.purpose,
            amount=Money(cents, payment.amount.currency),
            account=payment.account,
            party_id=payment.party_id,
            booking_id=payment.booking_id,
            invoice_id=invoice_id,
            parent_id=payment.id,
            intent_ref=payment.intent_ref,
            reason=reason,
        ),
        actor=actor,
        now=now,
    )
    audit("payment.refund_started", actor=actor, subject_type="payment", subject_id=payment.uuid,
          data={"refund": str(made.uuid), "cents": cents})  # fmt: skip
    return made
