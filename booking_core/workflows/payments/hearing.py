"""Messages from Stripe: whose account decides the town, the object is fetched anew, each message counts once.

Not here: verifying (``finance.providers.stripe.events``), what follows (``looking``, ``sending``, ``connecting``).
"""

from datetime import datetime

import structlog
from django.conf import settings

from booking_core.finance.providers.stripe.events import StripeEvent, read_event
from booking_core.finance.queries.payments import payment_of_reference
from booking_core.workflows.payments.connecting import refresh_account, was_disconnected
from booking_core.workflows.payments.looking import Heard, look_after
from booking_core.workflows.payments.sending import look_after_refund
from tenants.context import in_tenant
from tenants.stripe_accounts import town_of_account

log = structlog.get_logger(__name__)


def hear(body: bytes, signature: str, *, now: datetime) -> bool:
    """Work off one message; True where it was about something of ours. Call in the public schema.

    A message of A's account is only ever looked up in A's town, whatever it names. Raises ForgedEvent, and
    ProviderUnreachable: then the sender tries again.
    """
    event = read_event(body, signature, secret=settings.STRIPE_WEBHOOK_SECRET)
    town = town_of_account(event.account) if event.account else None
    if town is None:
        log.info("stripe_event_of_nobody", event=event.id, type=event.type)
        return False
    with in_tenant(town):
        return _in_town(event, now=now)


def _in_town(event: StripeEvent, *, now: datetime) -> bool:
    if event.type == "account.application.deauthorized":
        was_disconnected(event.account, now=now)
        return True
    if event.object_type == "account":
        refresh_account(event.account, now=now)
        return True
    payment = payment_of_reference(
        event.account,
        names=(event.object_id, str(event.data.get("payment_intent") or "")),
        key=event.metadata.get("payment", ""),
    )
    if payment is None:
        return False
    heard = Heard(event.id, event.type, event.object_id)
    if payment.kind == "refund":
        look_after_refund(payment.uuid, now=now, heard=heard)
    elif payment.kind in {"payment", "hold"}:
        look_after(payment.uuid, now=now, heard=heard)
    return True
