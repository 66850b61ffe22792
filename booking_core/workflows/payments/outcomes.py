"""What it means for a booking that a payment came, failed or ran out. Under the booking's lock, once.

    paid in time                → confirmed, billed, booked
    paid after the time lapsed  → won back and confirmed; where it is taken: everything goes back
    paid for what is over       → everything goes back
    another sum or currency     → everything goes back

Not here: finding out (``looking``), sending back (``returning``, ``refunding``).
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.utils import timezone

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.queries.deposits import deposit_of
from booking_core.finance.queries.invoices import invoice_by_id, invoice_by_uuid
from booking_core.finance.queries.payments import children_of
from booking_core.finance.services import deposits, ledger
from booking_core.finance.services.ledger import Movement
from booking_core.identity.services import audit
from booking_core.kernel.errors import BookingError
from booking_core.messaging import composing, composing_holds, composing_money, composing_payments
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_id
from booking_core.reservations.services.bookings import log_event, transition
from booking_core.reservations.services.unpaid import give_until, revive
from booking_core.workflows.billing import current_invoice, ensure_bill, invoice_moment
from booking_core.workflows.payments.actors import STRIPE
from booking_core.workflows.payments.captures import finish_captures
from booking_core.workflows.payments.returning import give_back, return_credits
from booking_core.workflows.payments.ways import LONGEST_DEBIT
from design_system.formats import euro

AFTER_FAILED_DEBIT = timedelta(hours=24)
log = structlog.get_logger(__name__)


def follow(payment: PaymentView, *, was: str, now: datetime) -> None:
    """Do what follows from the state a payment has just reached."""
    if payment.state == "paid":
        _paid(payment, now=now)
    elif payment.state == "held":
        _held(payment, now=now)
    elif payment.state == "processing" and payment.booking_id is not None:
        booking = booking_by_id(payment.booking_id)
        if booking.waits_for_payment:  # a debit takes days; the time is kept until the bank has answered
            give_until(booking.uuid, now + LONGEST_DEBIT + timedelta(days=1))
    elif payment.kind == "hold" and was == "held":
        _hold_is_gone(payment, now=now)
    elif payment.state == "failed" and was == "processing":
        _debit_came_back(payment, now=now)


def _paid(payment: PaymentView, *, now: datetime) -> None:
    if payment.kind == "hold":
        finish_captures(payment, now=now)
    elif payment.trouble:
        give_back(payment, payment.trouble, now=now)
    elif payment.purpose == "deposit":
        _deposit_paid(payment, now=now)
    elif payment.booking_id is None:
        _book(payment, invoice_by_id(payment.invoice_id or 0).row.uuid, now=now)
    else:
        _fee_paid(payment, now=now)


def _held(payment: PaymentView, *, now: datetime) -> None:
    if payment.booking_id is None:
        return
    booking = booking_by_id(payment.booking_id)
    if payment.trouble or booking.state != "confirmed":
        give_back(payment, payment.trouble or "closed", now=now)
        return
    log_event(booking.id, "secured", actor=STRIPE, now=now, text=_sum_words(payment))


def _hold_is_gone(payment: PaymentView, *, now: datetime) -> None:
    """A reservation ended without us: cards let go after about seven days. Say so where it is still needed."""
    if payment.booking_id is None or children_of(payment.id, kinds=["capture", "release"]):
        return
    booking, missing = booking_by_id(payment.booking_id), deposit_of(payment.booking_id).missing
    if booking.state != "confirmed" or not missing:
        return
    log_event(booking.id, "hold_lapsed", actor=STRIPE, now=now, text=_sum_words(payment))
    queue_mail(composing_holds.hold_lapsed(booking, payment, missing=missing))
    queue_mail(composing_holds.hold_lapsed_notice(booking, payment, missing=missing))


def _fee_paid(payment: PaymentView, *, now: datetime) -> None:
    """Let it count, or send it back: what cannot be confirmed, billed and booked as a whole is not kept."""
    booking = booking_by_id(payment.booking_id or 0)
    try:
        with transaction.atomic():
            trouble = _counted(payment, booking, now=now)
    except BookingError as fault:  # the invoice cannot be written, the room is no more …
        log.warning("payment_does_not_count", payment=str(payment.uuid), error=str(fault))
        trouble = "closed"
    if trouble:
        give_back(payment, trouble, now=now)
        return
    return_credits(booking.id, actor=STRIPE, now=now)


def _counted(payment: PaymentView, booking: BookingView, *, now: datetime) -> str:
    """Confirm, bill and book; why it cannot be (empty: it is done)."""
    firm, trouble = _made_firm(booking, now=now)
    if trouble:
        return trouble
    shown = ensure_bill(firm, actor=STRIPE, now=now) if firm.state == "confirmed" else current_invoice(firm)
    uuid = shown.uuid if shown is not None else _invoice_of(payment)
    if uuid is None:
        return "closed"
    _book(payment, uuid, now=now)
    log_event(firm.id, "paid", actor=STRIPE, now=now, text=_sum_words(payment))
    if firm.state == "confirmed" and booking.state != "confirmed":
        queue_mail(composing.booking_confirmed(firm, invoice_moment=invoice_moment()))
        queue_mail(composing_money.invoice_issued(invoice_by_uuid(uuid), recipient=firm.contact.email))
    else:
        queue_mail(composing_payments.payment_received(firm, payment))
    return ""


def _made_firm(booking: BookingView, *, now: datetime) -> tuple[BookingView, str]:
    """The booking as the payment leaves it, and why it cannot be firm (empty: it can, or need not)."""
    if booking.waits_for_payment:
        confirmed = transition(
            booking.uuid, "confirmed", actor=STRIPE, expected_version=booking.version, now=now
        )
        audit("booking.confirmed", actor=STRIPE, subject_type="booking", subject_id=booking.uuid)
        return confirmed, ""
    if not booking.is_lapsed:
        return booking, ""
    if booking.start <= now:
        return booking, "late"
    try:
        with transaction.atomic():
            return revive(booking.uuid, actor=STRIPE, now=now), ""
    except BookingError:  # taken, or the room is no more: the money goes back
        return booking, "late"


def _invoice_of(payment: PaymentView) -> UUID | None:
    return invoice_by_id(payment.invoice_id).row.uuid if payment.invoice_id is not None else None


def _book(payment: PaymentView, invoice: UUID, *, now: datetime) -> None:
    ledger.record_payment(invoice, _movement(payment, now=now), actor=STRIPE, now=now)


def _deposit_paid(payment: PaymentView, *, now: datetime) -> None:
    booking = booking_by_id(payment.booking_id or 0)
    moved = payment.moved or payment.amount
    if booking.state != "confirmed" or moved > deposit_of(booking.id).missing:
        give_back(payment, "closed", now=now)
        return
    deposits.take_deposit(booking.uuid, _movement(payment, now=now), actor=STRIPE, now=now)
    log_event(booking.id, "secured", actor=STRIPE, now=now, text=_sum_words(payment))
    queue_mail(composing_payments.payment_received(booking, payment))


def _debit_came_back(payment: PaymentView, *, now: datetime) -> None:
    if payment.booking_id is None:
        return
    booking = booking_by_id(payment.booking_id)
    if booking.waits_for_payment:
        give_until(booking.uuid, min(now + AFTER_FAILED_DEBIT, booking.start))
    log_event(booking.id, "payment_failed", actor=STRIPE, now=now, text=_sum_words(payment))
    queue_mail(composing_payments.payment_failed(booking_by_id(booking.id), payment))


def _movement(payment: PaymentView, *, now: datetime) -> Movement:
    return Movement(
        amount=payment.moved or payment.amount,
        way="online",
        valued_on=timezone.localdate(now),
        key=payment.uuid,
        text=payment.method_label,
    )


def _sum_words(payment: PaymentView) -> str:
    words = (euro(payment.moved or payment.amount, "de"), payment.method_label)
    return " · ".join(word for word in words if word)
