"""What is taken from a reservation: it becomes a deposit that came in, and pays what it was kept for.

Not here: deciding how much (``deposits``), the call (``sending``). Call under the booking's lock.
"""

from datetime import datetime
from uuid import uuid5

from django.utils import timezone

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.queries.payments import children_of
from booking_core.finance.services import deposits
from booking_core.finance.services.ledger import Movement
from booking_core.finance.services.payments import Seen, advance, locked_payment
from booking_core.reservations.queries import booking_by_id
from booking_core.workflows.payments.actors import STRIPE


def finish_captures(hold: PaymentView, *, now: datetime) -> None:
    """A part of the reservation was taken: book it. The reservation itself is marked as paid already."""
    for capture in children_of(hold.id, kinds=["capture"]):
        if capture.state != "started" or capture.booking_id is None:
            continue
        done = Seen("paid", moved=capture.amount)
        advance(locked_payment(capture.uuid), done, actor=STRIPE, now=now)
        booking = booking_by_id(capture.booking_id)
        came = Movement(
            amount=capture.amount,
            way="online",
            valued_on=timezone.localdate(now),
            key=capture.uuid,
            text=hold.method_label,
        )
        deposits.take_captured_deposit(booking.uuid, came, actor=STRIPE, now=now)
        kept = Movement(
            amount=capture.amount,
            way="none",
            valued_on=timezone.localdate(now),
            key=uuid5(capture.uuid, "kept"),
            text=capture.reason,
        )
        deposits.keep_or_offset(booking.uuid, kept, actor=STRIPE, now=now)
