"""Rows of payments: begun before the call, moved on by what the provider says, never back.

Not here: the calls (``providers``), what a payment means for a booking (``workflows.payments``). Whoever writes holds
the booking's row first, then the payment's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, Sum

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.models import Payment, PaymentEvent
from booking_core.finance.queries.payments import payment_view
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money

_RANKS: Mapping[str, int] = {
    "started": 0, "open": 1, "processing": 2, "held": 3,
    "paid": 4, "failed": 4, "expired": 4, "released": 4,
}  # fmt: skip
FINAL = frozenset(state for state, rank in _RANKS.items() if rank == max(_RANKS.values()))
LIVE = frozenset({"started", "open", "processing"})


@dataclass(frozen=True, slots=True)
class NewPayment:
    """What shall be moved. ``key`` is given where the same thing must not be begun twice."""

    kind: str
    purpose: str
    amount: Money
    account: str
    party_id: int
    booking_id: int | None = None
    invoice_id: int | None = None
    parent_id: int | None = None
    intent_ref: str = ""
    reason: str = ""
    trouble: str = ""
    request: Mapping[str, object] = field(default_factory=dict)
    expires_at: datetime | None = None
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What was learnt of a payment; empty values are left as they are."""

    state: str
    moved: Money | None = None
    remote_ref: str = ""
    intent_ref: str = ""
    pay_url: str = ""
    method_label: str = ""
    held_until: datetime | None = None
    trouble: str = ""
    reason: str = ""


def begin(new: NewPayment, *, actor: Actor, now: datetime) -> PaymentView:
    """Store the row of a call to be made. A known ``key`` gives back its row."""
    if new.key is not None:
        known = Payment.objects.filter(uuid=new.key).first()
        if known is not None:
            return payment_view(known)
    row = Payment.objects.create(
        uuid=new.key or uuid4(),
        kind=new.kind,
        purpose=new.purpose,
        parent_id=new.parent_id,
        booking_id=new.booking_id,
        invoice_id=new.invoice_id,
        party_id=new.party_id,
        account=new.account,
        amount_cents=new.amount.cents,
        currency=new.amount.currency,
        intent_ref=new.intent_ref,
        reason=new.reason[:500],
        trouble=new.trouble,
        request=dict(new.request),
        expires_at=new.expires_at,
        started_at=now,
        actor_id=actor.user_id,
        actor_label=actor.label,
    )
    note(row.pk, "started", actor=actor, now=now, text=new.reason)
    return payment_view(row)


def locked_payment(uuid: UUID) -> PaymentView:
    """The payment, locked until the transaction ends. Lock its booking first. Raises NotFound."""
    row = Payment.objects.select_for_update(no_key=True, of=("self",)).filter(uuid=uuid).first()
    if row is None:
        raise NotFound("no such payment")
    return payment_view(row)


def is_known_event(event_id: str) -> bool:
    """Whether this event was worked off before. Ask under the payment's lock."""
    return PaymentEvent.objects.filter(event_id=event_id).exists()


def note(
    payment_id: int,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    text: str = "",
    event_id: str | None = None,
) -> None:
    """Add one line to a payment's history."""
    PaymentEvent.objects.create(
        payment_id=payment_id,
        at=now,
        kind=kind[:60],
        text=text[:500],
        event_id=event_id,
        actor_label=actor.label,
    )


def may_follow(old: str, new: str, *, kind: str) -> bool:
    """States go up only; a refund that was sent may still come back."""
    if kind == "refund" and (old, new) == ("paid", "failed"):
        return True
    return _RANKS[new] > _RANKS[old]


@transaction.atomic
def advance(payment: PaymentView, seen: Seen, *, actor: Actor, now: datetime) -> PaymentView:
    """Write what was learnt, if it is news; call under the payment's lock. Returns the row as it is now."""
    changes: dict[str, object] = {
        name: value
        for name, value in (
            ("remote_ref", seen.remote_ref),
            ("intent_ref", seen.intent_ref),
            ("method_label", seen.method_label[:60]),
            ("held_until", seen.held_until),
            ("trouble", seen.trouble),
            ("reason", seen.reason[:500]),
        )
        if value
    }
    if may_follow(payment.state, seen.state, kind=payment.kind):
        changes |= {"state": seen.state, "pay_url": seen.pay_url}
        if seen.moved is not None:
            changes["moved_cents"] = seen.moved.cents
        if seen.state in FINAL:
            changes["settled_at"] = now
        note(payment.id, seen.state, actor=actor, now=now, text=seen.reason)
    if changes:
        Payment.objects.filter(pk=payment.id).update(**changes)
    return payment_view(Payment.objects.get(pk=payment.id))


def follow_the_credit(booking_id: int, invoice_id: int) -> None:
    """Refunds on their way belong to the invoice the credit stands on now: it moves when an invoice is replaced."""
    Payment.objects.filter(
        booking_id=booking_id,
        kind="refund",
        purpose="fee",
        trouble="",
        invoice__isnull=False,
        state__in=["started", "processing"],
    ).update(invoice_id=invoice_id)


def left_to_refund(payment_id: int, moved: Money) -> int:
    """What of a payment has not been sent back, nor is on its way, in cents. Ask under the booking's lock."""
    found = Payment.objects.filter(Q(parent_id=payment_id, kind="refund") & ~Q(state="failed"))
    return moved.cents - int(found.aggregate(cents=Sum("amount_cents"))["cents"] or 0)
