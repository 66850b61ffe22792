"""Make the calls whose rows are committed: refunds, captures, releases. Asked twice, done once – the row is the key.

Not here: deciding on them (``returning``, ``deposits``), payments people make (``starting``).
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.errors import ProviderRefused
from booking_core.finance.providers import ONLINE
from booking_core.finance.providers.contracts import RefundState
from booking_core.finance.queries.payments import payment_by_id, payment_by_uuid
from booking_core.finance.services.payments import (
    Seen,
    advance,
    is_known_event,
    locked_payment,
    may_follow,
    note,
)
from booking_core.kernel.errors import BookingError
from booking_core.reservations.services.bookings import locked_booking_by_id
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.payments.actors import STRIPE
from booking_core.workflows.payments.looking import Heard, look_after
from booking_core.workflows.payments.refunds_booked import book_refund, unbook_refund

KEYS_LIVE = timedelta(hours=23)  # Stripe keeps them for 24 hours at least
log = structlog.get_logger(__name__)


def send(payment: PaymentView, *, now: datetime) -> None:
    """Make the call of one row. Raises ProviderUnreachable; what is refused is noted, not raised.

    A row older than its key is left alone: nobody knows any more whether it was done, so a person looks.
    """
    if payment.state != "started" or payment.started_at < now - KEYS_LIVE:
        return
    if payment.kind == "refund":
        _send_refund(payment, now=now)
    elif payment.kind == "capture":
        _send_capture(payment, now=now)
    elif payment.kind == "release":
        _send_release(payment, now=now)


def _send_refund(payment: PaymentView, *, now: datetime) -> None:
    try:
        state = ONLINE.refund(payment.intent_ref, payment.amount, account=payment.account, key=payment.uuid)
    except ProviderRefused as no:
        state = RefundState("failed", "", str(no))
    apply_refund(payment.uuid, state, now=now)


def look_after_refund(uuid: UUID, *, now: datetime, heard: Heard | None = None) -> PaymentView:
    """Fetch where money on its way back stands. Raises ProviderUnreachable, ProviderRefused."""
    payment = payment_by_uuid(uuid)
    name = payment.remote_ref or (heard.about if heard is not None and heard.about.startswith("re_") else "")
    if not name:
        return payment
    return apply_refund(uuid, ONLINE.look_at_refund(name, account=payment.account), now=now, heard=heard)


@with_retries
def apply_refund(uuid: UUID, state: RefundState, *, now: datetime, heard: Heard | None = None) -> PaymentView:
    """Write what was fetched, and book it once. Locks: booking → payment → invoice."""
    before = payment_by_uuid(uuid)
    if before.booking_id is not None:
        locked_booking_by_id(before.booking_id)
    payment = locked_payment(uuid)
    if heard is not None:
        if is_known_event(heard.event_id):
            return payment
        note(payment.id, heard.kind, actor=STRIPE, now=now, event_id=heard.event_id)
    if not may_follow(payment.state, state.state, kind="refund"):
        return payment
    moved = payment.amount if state.state == "paid" else None
    seen = Seen(state.state, moved=moved, remote_ref=state.remote_ref, reason=state.reason)
    after = advance(payment, seen, actor=STRIPE, now=now)
    if state.state == "paid":
        book_refund(after, now=now)
    elif state.state == "failed" and payment.state == "paid":
        unbook_refund(after, now=now)
    return after


def _send_capture(payment: PaymentView, *, now: datetime) -> None:
    hold = payment_by_id(payment.parent_id or 0)
    try:
        ONLINE.capture(payment.intent_ref, payment.amount, account=payment.account, key=payment.uuid)
    except ProviderRefused as no:
        if look_after(hold.uuid, now=now).state == "paid":
            return  # it was done the first time
        _note_end(payment.uuid, Seen("failed", reason=str(no)), now=now)
        return
    look_after(hold.uuid, now=now)


def _send_release(payment: PaymentView, *, now: datetime) -> None:
    try:
        ONLINE.release(payment.intent_ref, account=payment.account, key=payment.uuid)
    except ProviderRefused as no:
        _note_end(payment.uuid, Seen("failed", reason=str(no)), now=now)
        return
    _note_end(payment.uuid, Seen("paid"), now=now)
    look_after(payment_by_id(payment.parent_id or 0).uuid, now=now)


@with_retries
def _note_end(uuid: UUID, seen: Seen, *, now: datetime) -> None:
    advance(locked_payment(uuid), seen, actor=STRIPE, now=now)


def send_quietly(payment: PaymentView, *, now: datetime) -> bool:
    """Make the call of one row; False where the provider did not answer, so that it is tried again later."""
    try:
        send(payment, now=now)
    except BookingError as fault:  # no answer; or it cannot be booked just now
        log.warning("payment_call_unanswered", payment=str(payment.uuid), kind=payment.kind, error=str(fault))
        return False
    return True
