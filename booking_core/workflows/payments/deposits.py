"""What becomes of a deposit that was paid or reserved online: given back, let go, or a part of it kept.

Not here: deposits by transfer and in cash (``finance.services.deposits``). Rows now, calls after the commit.

    reserved 200 €, keep 0     → release                    paid 200 €, keep 0     → refund 200 €
    reserved 200 €, keep 30 €  → capture 30 €, rest is free   paid 200 €, keep 30 €  → kept 30 €, refund 170 €
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.errors import AmountRefused
from booking_core.finance.queries.deposits import deposit_of
from booking_core.finance.queries.payments import (
    children_of,
    deposit_refunds_underway,
    deposit_transfers_underway,
    holds_of,
    payments_made,
)
from booking_core.finance.services import deposits
from booking_core.finance.services.ledger import Movement
from booking_core.finance.services.payments import NewPayment, begin, left_to_refund
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import ZERO, Money
from booking_core.reservations.services.bookings import locked_booking
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.payments.nudging import nudge
from booking_core.workflows.payments.returning import begin_refund


@with_retries
def end_deposit(
    booking_uuid: UUID, *, keep: Money = ZERO, reason: str = "", actor: Actor, now: datetime
) -> None:
    """Keep a part of the deposit with its reason, and send back or let go what is left of what came online.

    Raises NotFound, InvalidInput (a part kept without a reason), AmountRefused (more than is there).
    """
    booking = locked_booking(booking_uuid)
    deposit, holds = deposit_of(booking.pk), holds_of(booking.pk)
    if keep and not reason.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, warum die Kaution einbehalten wird."), field="reason")
    if not 0 <= keep.cents <= deposit.held.cents + sum(_taken(one) for one in holds):
        raise AmountRefused(_("So viel Kaution ist nicht hinterlegt."), field="keep")
    from_held = min(keep.cents, deposit.held.cents)
    if from_held:
        movement = Movement(Money(from_held), "none", timezone.localdate(now), uuid4(), reason)
        deposits.keep_or_offset(booking_uuid, movement, actor=actor, now=now)
    left = keep.cents - from_held
    for hold in holds:
        left -= _end_hold(hold, min(left, _taken(hold)), reason=reason, actor=actor, now=now)
    give_back_rest(booking_uuid, actor=actor, now=now)
    audit("deposit.ended", actor=actor, subject_type="booking", subject_id=booking_uuid, reason=reason.strip(),
          data={"kept_cents": keep.cents})  # fmt: skip


def give_back_rest(booking_uuid: UUID, *, still_to_keep: int = 0, actor: Actor, now: datetime) -> None:
    """Begin to send back what is left of a deposit that was paid online, but for ``still_to_keep`` cents."""
    booking = locked_booking(booking_uuid)
    deposit = deposit_of(booking.pk)
    going_back = deposit_refunds_underway(booking.pk) + deposit_transfers_underway(booking.pk)
    rest = deposit.held.cents - going_back - still_to_keep
    for payment in payments_made(booking.pk, "deposit"):
        if payment.kind == "hold":
            continue  # what was captured is kept
        cents = min(rest, left_to_refund(payment.id, payment.moved or payment.amount))
        if cents > 0:
            begin_refund(payment, cents, invoice_id=None, actor=actor, now=now)
            rest -= cents
    nudge()


def settle_deposit_online(
    booking_uuid: UUID, *, kept: Money, reason: str, actor: Actor, now: datetime
) -> None:
    """After a settlement: take what it keeps from the reservation, let go the rest, send back what was paid."""
    booking = locked_booking(booking_uuid)
    deposit = deposit_of(booking.pk)
    left = max(kept.cents - deposit.kept.cents, 0)
    give_back_rest(booking_uuid, still_to_keep=min(left, deposit.held.cents), actor=actor, now=now)
    left -= min(left, deposit.held.cents)
    for hold in holds_of(booking.pk):
        left -= _end_hold(hold, min(left, _taken(hold)), reason=reason, actor=actor, now=now)
    nudge()


def release_holds(booking_uuid: UUID, *, actor: Actor, now: datetime) -> None:
    """The booking is off: nothing stays reserved, and what was paid as deposit goes back."""
    booking = locked_booking(booking_uuid)
    for hold in holds_of(booking.pk):
        _end_hold(hold, 0, reason="", actor=actor, now=now)
    give_back_rest(booking_uuid, actor=actor, now=now)


def _taken(hold: PaymentView) -> int:
    return (hold.moved or hold.amount).cents


def _end_hold(hold: PaymentView, cents: int, *, reason: str, actor: Actor, now: datetime) -> int:
    """Begin to capture ``cents`` of a reservation, or to let it go; how much is captured."""
    if children_of(hold.id, kinds=["capture", "release"]):
        return 0  # it is ending already
    begin(
        NewPayment(
            kind="capture" if cents else "release",
            purpose="deposit",
            amount=Money(cents, hold.amount.currency) if cents else hold.amount,
            account=hold.account,
            party_id=hold.party_id,
            booking_id=hold.booking_id,
            parent_id=hold.id,
            intent_ref=hold.intent_ref,
            reason=reason.strip(),
        ),
        actor=actor,
        now=now,
    )
    nudge()
    return cents
