"""An invented payment for the previews of mails in the back office. Nothing of it is stored or sent.

Not here: the mails themselves (``composing_payments``).
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from booking_core.finance.contracts_payments import PaymentView
from booking_core.kernel.money import Money
from booking_core.messaging import composing_holds, composing_payments
from booking_core.messaging.contracts import MailDraft
from booking_core.reservations.contracts import BookingView


def payment_drafts(asked: BookingView, agreed: BookingView, gone: BookingView) -> tuple[MailDraft, ...]:
    """One mail of every kind about paying online."""
    waiting = replace(asked, pay_by=asked.requested_at + timedelta(minutes=40))
    payment = _payment(agreed)
    return (
        composing_payments.payment_wanted(waiting),
        composing_payments.payment_received(agreed, payment),
        composing_payments.payment_failed(waiting, payment),
        composing_payments.payment_returned(gone, payment, "late"),
        composing_payments.refund_sent(gone, payment),
        composing_payments.booking_lapsed(gone),
        composing_holds.hold_lapsed(agreed, payment, missing=Money(18000)),
        composing_holds.hold_lapsed_notice(agreed, payment, missing=Money(18000)),
    )


def _payment(booking: BookingView) -> PaymentView:
    return PaymentView(
        id=0,
        uuid=UUID(int=0),
        kind="payment",
        purpose="fee",
        state="paid",
        trouble="",
        account="",
        amount=Money(9000),
        moved=Money(9000),
        party_id=0,
        booking_id=0,
        invoice_id=None,
        parent_id=None,
        remote_ref="",
        intent_ref="",
        request={},
        pay_url="",
        method_label="Visa ••4242",
        reason="",
        started_at=booking.requested_at,
        expires_at=None,
        held_until=None,
        settled_at=None,
    )
