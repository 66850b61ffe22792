"""Money that came in for nothing and goes back as a whole, and refunds the bank sent back.

The account "clearing" is zero where everything went back. Not here: fees and deposits (``ledger``, ``deposits``).
"""

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.models import Account, EntryKind, LedgerEntry, Way
from booking_core.finance.services.posting import post_entry
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit


def clear_in(payment: PaymentView, *, valued_on: date, actor: Actor, now: datetime) -> None:
    """Note that the money came. Twice is once: the payment's uuid is the key."""
    _post(payment, EntryKind.PAYMENT, -1, valued_on=valued_on, actor=actor, now=now)


def clear_out(refund: PaymentView, *, valued_on: date, actor: Actor, now: datetime) -> None:
    """Note that it went back; only where its coming was noted."""
    came = LedgerEntry.objects.filter(account=Account.CLEARING, kind=EntryKind.PAYMENT)
    if refund.booking_id is not None and came.filter(booking_id=refund.booking_id).exists():
        _post(refund, EntryKind.REFUND, 1, valued_on=valued_on, actor=actor, now=now)


@transaction.atomic
def _post(
    payment: PaymentView, kind: EntryKind, sign: int, *, valued_on: date, actor: Actor, now: datetime
) -> None:
    moved = payment.moved or payment.amount
    if LedgerEntry.objects.filter(key=payment.uuid).exists():
        return
    post_entry(
        account=Account.CLEARING,
        kind=kind,
        amount_cents=sign * moved.cents,
        booking_id=payment.booking_id,
        party_id=payment.party_id,
        way=Way.ONLINE,
        valued_on=valued_on,
        text=payment.method_label,
        key=payment.uuid,
        actor=actor,
        now=now,
    )
    audit(f"ledger.{kind.value}", actor=actor, subject_type="payment", subject_id=payment.uuid,
          data={"cents": moved.cents})  # fmt: skip


@transaction.atomic
def take_back(refund_uuid: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """A refund that was booked did not arrive: its entry is reversed, once."""
    entry = LedgerEntry.objects.filter(key=refund_uuid).first()
    if entry is None or LedgerEntry.objects.filter(reverses=entry).exists():
        return
    post_entry(
        account=entry.account,
        kind=EntryKind.REVERSAL,
        amount_cents=-entry.amount_cents,
        invoice_id=entry.invoice_id,
        booking_id=entry.booking_id,
        party_id=entry.party_id,
        way=entry.way,
        valued_on=timezone.localdate(now),
        text=reason[:500],
        key=uuid5(refund_uuid, "reversal"),
        reverses=entry,
        actor=actor,
        now=now,
    )
    audit("ledger.reversed", actor=actor, subject_type="payment", subject_id=refund_uuid, reason=reason)
