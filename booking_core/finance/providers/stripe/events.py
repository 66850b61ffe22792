"""What Stripe tells us: a signed event, verified on the raw body.

Not here: what follows from it (``workflows.payments``). Nothing an event says of amounts or states is believed; it
only names what to fetch.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import stripe

from booking_core.finance.errors import ForgedEvent


@dataclass(frozen=True, slots=True)
class StripeEvent:
    """One event. ``account`` is empty for the platform's own; ``object_id`` names what it is about."""

    id: str
    type: str
    account: str
    created: int
    object_type: str
    object_id: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)


def read_event(body: bytes, signature: str, *, secret: str) -> StripeEvent:
    """Verify the signature over the raw body (five minutes of tolerance) and read it. Raises ForgedEvent."""
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret, stripe.Webhook.DEFAULT_TOLERANCE)
        event = json.loads(body)
        about = event["data"]["object"]
        return StripeEvent(
            id=event["id"],
            type=event["type"],
            account=event.get("account") or "",
            created=event["created"],
            object_type=str(about.get("object", "")),
            object_id=str(about.get("id") or ""),
            metadata=dict(about.get("metadata") or {}),
            data=about,
        )
    except (ValueError, KeyError, TypeError, AttributeError, stripe.SignatureVerificationError) as fault:
        raise ForgedEvent("not an event signed for us") from fault
