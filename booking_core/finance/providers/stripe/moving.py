"""Money that moves after somebody paid: captured, let go, sent back.

Not here: the page on which it was paid (``checkout``). Each call carries its key.
"""

from uuid import UUID

import stripe
from stripe import RequestOptions

from booking_core.finance.errors import ProviderRefused
from booking_core.finance.providers.contracts import RefundState
from booking_core.finance.providers.stripe.client import calling, stripe_client
from booking_core.kernel.money import Money

_STATE_OF_REFUND = {"succeeded": "paid", "failed": "failed", "canceled": "failed"}


def capture(intent: str, amount: Money, *, account: str, key: UUID) -> None:
    """Take ``amount`` of what is reserved."""
    client = stripe_client()
    with calling():
        client.v1.payment_intents.capture(intent, {"amount_to_capture": amount.cents}, _options(account, key))


def release(intent: str, *, account: str, key: UUID) -> None:
    """Let go what is reserved; where it lapsed already, that is as good."""
    client = stripe_client()
    try:
        with calling():
            client.v1.payment_intents.cancel(intent, {}, _options(account, key))
    except ProviderRefused:
        with calling():
            found = client.v1.payment_intents.retrieve(intent, None, {"stripe_account": account})
        if found.status != "canceled":
            raise


def refund(intent: str, amount: Money, *, account: str, key: UUID) -> RefundState:
    """Send ``amount`` back the way it came."""
    client = stripe_client()
    with calling():
        made = client.v1.refunds.create(
            {
                "payment_intent": intent,
                "amount": amount.cents,
                "reason": "requested_by_customer",
                "metadata": {"payment": str(key)},
            },
            _options(account, key),
        )
    return _state_of(made)


def look_at_refund(name: str, *, account: str) -> RefundState:
    """The refund as it is now."""
    client = stripe_client()
    with calling():
        return _state_of(client.v1.refunds.retrieve(name, None, {"stripe_account": account}))


def _options(account: str, key: UUID) -> RequestOptions:
    return {"stripe_account": account, "idempotency_key": str(key)}


def _state_of(found: stripe.Refund) -> RefundState:
    state = _STATE_OF_REFUND.get(found.status or "", "processing")
    return RefundState(state, found.id, found.failure_reason or "")
