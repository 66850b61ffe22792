"""Close what a crash, a lost answer or a lost message left open: within minutes, in any order, as often as it runs.

    started, nobody saw its page   → its page is made known and closed
    open, its time over            → closed; where somebody had paid, that counts
    refund, capture, release       → the call is made (again)
    booking not paid in time       → its page is closed first, then its time is given back

Not here: the steps themselves (``looking``, ``sending``, ``outcomes``).
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.errors import ProviderRefused, ProviderUnreachable, StripeNotSetUp
from booking_core.finance.queries.payments import live_payment, unsettled_payments
from booking_core.finance.services.payments import Seen, advance, locked_payment
from booking_core.identity.services import audit
from booking_core.kernel.errors import BookingError
from booking_core.messaging import composing_payments
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.bookings import locked_booking
from booking_core.reservations.services.transactions import with_retries
from booking_core.reservations.services.unpaid import lapse, unpaid_bookings
from booking_core.workflows.payments.actors import STRIPE
from booking_core.workflows.payments.looking import close_payment, look_after
from booking_core.workflows.payments.nudging import SERVE_WAITING, nudge
from booking_core.workflows.payments.sending import look_after_refund, send_quietly

_QUIET = timedelta(minutes=2)  # so long somebody is given to finish what he is just doing
_GIVE_UP = timedelta(hours=1)  # Stripe closes its pages by itself; then nobody can pay there any more
_SLOW = frozenset({"processing", "held"})
log = structlog.get_logger(__name__)


def settle_payments(*, now: datetime) -> int:
    """One round for the current town: calls to be made, pages to be closed, bookings to be given up. Rows looked at."""
    rows = [one for one in unsettled_payments(before=now) if one.state not in _SLOW]
    for payment in rows:
        _settle(payment, now=now)
    for uuid in unpaid_bookings(now=now):
        try:
            give_up(uuid, now=now)
        except BookingError as fault:  # somebody holds its row; the next round comes in a minute
            log.warning("unpaid_booking_not_given_up", booking=str(uuid), error=str(fault))
    return len(rows)


def look_after_slow_ones(*, now: datetime) -> int:
    """Ask after debits on their way and reservations: messages get lost. Now and then is enough; rows looked at."""
    rows = [one for one in unsettled_payments(before=now - _QUIET) if one.state in _SLOW]
    for payment in rows:
        _quietly(payment, now=now)
    return len(rows)


def _settle(payment: PaymentView, *, now: datetime) -> None:
    if payment.kind in {"refund", "capture", "release"} and payment.state == "started":
        send_quietly(payment, now=now)
    elif payment.started_at <= now - _QUIET:
        _quietly(payment, now=now)


def _quietly(payment: PaymentView, *, now: datetime) -> None:
    try:
        if payment.kind == "refund":
            look_after_refund(payment.uuid, now=now)
        elif payment.state == "started" or _is_over(payment, now=now):
            close_payment(payment.uuid, now=now)
        else:
            look_after(payment.uuid, now=now)
    except ProviderRefused as no:
        _end_what_never_was(payment, reason=str(no), now=now)
    except BookingError as fault:  # one that does not work must not keep the others from being settled
        log.warning("payment_not_settled", payment=str(payment.uuid), error=str(fault))


def _is_over(payment: PaymentView, *, now: datetime) -> bool:
    return payment.state == "open" and payment.expires_at is not None and payment.expires_at <= now


@with_retries
def _end_what_never_was(payment: PaymentView, *, reason: str, now: datetime) -> None:
    """Its page could not be made, so nobody can have paid there."""
    found = locked_payment(payment.uuid)
    if found.state == "started":
        advance(found, Seen("failed", reason=reason), actor=STRIPE, now=now)
    else:
        log.error("payment_refused", payment=str(payment.uuid), error=reason)


def give_up(booking_uuid: UUID, *, now: datetime) -> bool:
    """Give up one booking that was not paid in time, its page to pay first; False where it was paid after all."""
    booking = booking_by_uuid(booking_uuid, with_events=False)
    live = live_payment(booking.id, "fee")
    if live is not None:
        try:
            close_payment(live.uuid, now=now)
        except (ProviderUnreachable, ProviderRefused, StripeNotSetUp) as fault:
            if booking.pay_by is not None and now < booking.pay_by + _GIVE_UP:
                log.warning("unpaid_booking_kept", booking=booking.number, error=str(fault))
                return False
    return _lapse(booking_uuid, now=now)


@with_retries
def _lapse(booking_uuid: UUID, *, now: datetime) -> bool:
    locked_booking(booking_uuid)
    lapsed = lapse(booking_uuid, actor=STRIPE, now=now)
    if lapsed is None:
        return False
    audit("booking.lapsed", actor=STRIPE, subject_type="booking", subject_id=booking_uuid)
    queue_mail(composing_payments.booking_lapsed(lapsed))
    nudge(SERVE_WAITING)
    return True
