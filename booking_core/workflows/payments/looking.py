"""Fetch where a payment stands and let it follow: after a message, on the page people come back to, from time to time.

Not here: what it means (``outcomes``), sending money back (``refunding``).

Two at once fetch both, then queue for the booking's lock: the second finds the state, or the message, known already.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.providers import ONLINE
from booking_core.finance.providers.contracts import OnlineState
from booking_core.finance.queries.payments import children_of, payment_by_uuid
from booking_core.finance.services.payments import (
    Seen,
    advance,
    is_known_event,
    locked_payment,
    may_follow,
    note,
)
from booking_core.kernel.money import Money
from booking_core.reservations.services.bookings import locked_booking_by_id
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.payments.actors import STRIPE
from booking_core.workflows.payments.outcomes import follow


@dataclass(frozen=True, slots=True)
class Heard:
    """The message that made us look: its id counts once. ``about`` is what it names."""

    event_id: str
    kind: str
    about: str = ""


def look_after(uuid: UUID, *, now: datetime, heard: Heard | None = None) -> PaymentView:
    """Fetch a payment or reservation and let what came of it happen. Raises ProviderUnreachable, ProviderRefused."""
    payment = payment_by_uuid(uuid)
    name = payment.remote_ref or (heard.about if heard is not None and heard.about.startswith("cs_") else "")
    if not name:
        return payment  # its page was never made known to anybody
    return apply_state(uuid, ONLINE.look(name, account=payment.account), now=now, heard=heard)


def close_payment(uuid: UUID, *, now: datetime) -> PaymentView:
    """Let nobody pay any more; where somebody just did, that counts."""
    payment = payment_by_uuid(uuid)
    if payment.is_over:
        return payment
    if not payment.remote_ref:
        made = ONLINE.open(payment.request, account=payment.account, key=payment.uuid)
        return apply_state(uuid, ONLINE.close(made.remote_ref, account=payment.account), now=now)
    return apply_state(uuid, ONLINE.close(payment.remote_ref, account=payment.account), now=now)


@with_retries
def apply_state(uuid: UUID, state: OnlineState, *, now: datetime, heard: Heard | None = None) -> PaymentView:
    """Write what was fetched and do what follows, once. Locks: booking → payment → (invoice …)."""
    before = payment_by_uuid(uuid)
    if before.booking_id is not None:
        locked_booking_by_id(before.booking_id)
    payment = locked_payment(uuid)
    if state.key != str(uuid):  # a page that is not this payment's says nothing about it
        return payment
    if heard is not None:
        if is_known_event(heard.event_id):
            return payment
        note(payment.id, heard.kind, actor=STRIPE, now=now, event_id=heard.event_id)
    if not may_follow(payment.state, state.state, kind=payment.kind):
        return payment
    has_moved = state.state in {"paid", "held"}
    seen = Seen(
        state=state.state,
        moved=Money(state.amount.cents, payment.amount.currency) if has_moved else None,
        remote_ref=state.remote_ref,
        intent_ref=state.intent_ref,
        pay_url=state.url,
        method_label=state.method_label,
        held_until=state.held_until,
        trouble="mismatch" if has_moved and _is_other_sum(payment, state) else "",
        reason=_reason(payment, state) if has_moved else state.reason,
    )
    after = advance(payment, seen, actor=STRIPE, now=now)
    follow(after, was=payment.state, now=now)
    return payment_by_uuid(uuid)


def _is_other_sum(payment: PaymentView, state: OnlineState) -> bool:
    """Another currency, or another amount than was asked for; of a reservation a part may be captured."""
    if state.amount.currency != payment.amount.currency:
        return True
    if payment.kind == "hold" and state.state == "paid":
        taken = children_of(payment.id, kinds=["capture"])
        return [one.amount.cents for one in taken] != [state.amount.cents]
    return state.amount.cents != payment.amount.cents


def _reason(payment: PaymentView, state: OnlineState) -> str:
    return f"{state.amount} ≠ {payment.amount}" if _is_other_sum(payment, state) else ""
