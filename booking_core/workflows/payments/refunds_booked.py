"""A refund arrived, or came back after all: the entries of the ledger that go with it. Keys are fixed: once each.

Not here: sending it (``sending``). Call under the booking's lock, after the row was advanced.
"""

from datetime import datetime

from django.utils import timezone

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.queries.invoices import invoice_by_id
from booking_core.finance.services import clearing, deposits, ledger
from booking_core.finance.services.ledger import Movement
from booking_core.messaging import composing_payments
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.queries import booking_by_id
from booking_core.reservations.services.bookings import log_event
from booking_core.workflows.payments.actors import STRIPE
from design_system.formats import euro


def book_refund(refund: PaymentView, *, now: datetime) -> None:
    """The money is back where it came from."""
    movement = Movement(
        amount=refund.amount,
        way="online",
        valued_on=timezone.localdate(now),
        key=refund.uuid,
        text=refund.reason,
    )
    if refund.trouble and refund.booking_id is not None:
        clearing.clear_out(refund, valued_on=timezone.localdate(now), actor=STRIPE, now=now)
    elif refund.purpose == "deposit" and refund.booking_id is not None:
        deposits.return_deposit(booking_by_id(refund.booking_id).uuid, movement, actor=STRIPE, now=now)
    elif refund.invoice_id is not None:
        ledger.record_sent_refund(invoice_by_id(refund.invoice_id).row.uuid, movement, actor=STRIPE, now=now)
    if refund.booking_id is not None and not refund.trouble:
        booking = booking_by_id(refund.booking_id)
        log_event(booking.id, "refunded", actor=STRIPE, now=now, text=euro(refund.amount, "de"))
        queue_mail(composing_payments.refund_sent(booking, refund))


def unbook_refund(refund: PaymentView, *, now: datetime) -> None:
    """The bank sent it back: the credit stands again, and a person decides."""
    clearing.take_back(refund.uuid, reason=refund.reason, actor=STRIPE, now=now)
