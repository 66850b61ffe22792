"""Checkout Sessions: the page on which somebody pays, at Stripe.

Not here: money that moves afterwards (``moving``). Everything runs on the town's own account (direct charges).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import stripe
from django.utils.translation import gettext as _
from stripe.params.checkout import SessionCreateParams

from booking_core.finance.errors import ProviderRefused
from booking_core.finance.providers.contracts import CheckoutOrder, OnlineState
from booking_core.finance.providers.stripe.client import calling, stripe_client
from booking_core.kernel.money import Money

_EXPANDED = ["payment_intent.latest_charge"]
_STATE_OF_INTENT = {
    "succeeded": "paid",
    "requires_capture": "held",
    "processing": "processing",
    "canceled": "released",
    "requires_payment_method": "failed",
}


def request_for(order: CheckoutOrder) -> SessionCreateParams:
    """What is sent. What the account offers is not restricted, but for debits where the booking cannot wait."""
    metadata = {"payment": str(order.key), "tenant": str(order.tenant)}
    request: SessionCreateParams = {
        "mode": "payment",
        "client_reference_id": str(order.key),
        "customer_email": order.email,
        "expires_at": int(order.expires_at.timestamp()),
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": order.amount.currency.lower(),
                    "unit_amount": order.amount.cents,
                    "product_data": {"name": order.label[:250]},
                },
            }
        ],
        "locale": "en" if order.language == "en" else "de",
        "metadata": metadata,
        "payment_intent_data": {"description": order.label[:250], "metadata": metadata},
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
    }
    if order.is_hold:
        request["payment_intent_data"]["capture_method"] = "manual"
        request["allowed_payment_method_types"] = ["card"]
    elif not order.allows_debit:
        request["excluded_payment_method_types"] = ["sepa_debit"]
    return request


def open_session(request: Mapping[str, object], *, account: str, key: UUID) -> OnlineState:
    """Make the session, or get the one this key made before."""
    client = stripe_client()
    with calling():
        session = client.v1.checkout.sessions.create(
            cast(
                SessionCreateParams, _in_order(request)
            ),  # as ``request_for`` made it, kept as JSON meanwhile
            {"stripe_account": account, "idempotency_key": str(key)},
        )
    return state_of(session)


def _in_order(value: object) -> object:
    """The same names in the same order each time: what was kept in the database comes back in another.

    The same key with another body is refused, and nobody promises that the order does not count.
    """
    if isinstance(value, Mapping):
        return {str(name): _in_order(value[name]) for name in sorted(value)}
    return [_in_order(one) for one in value] if isinstance(value, list) else value


def look_at_session(name: str, *, account: str) -> OnlineState:
    """The session with its payment, as it is now."""
    client = stripe_client()
    with calling():
        session = client.v1.checkout.sessions.retrieve(
            name, {"expand": _EXPANDED}, {"stripe_account": account}
        )
    return state_of(session)


def close_session(name: str, *, account: str) -> OnlineState:
    """Expire the session; one that is complete or expired already stays what it is."""
    client = stripe_client()
    try:
        with calling():
            client.v1.checkout.sessions.expire(name, {}, {"stripe_account": account})
    except ProviderRefused:  # it is not open any more: somebody paid, or its time was over
        pass
    return look_at_session(name, account=account)


def state_of(session: stripe.checkout.Session) -> OnlineState:
    """A session in our words."""
    intent = session.payment_intent if isinstance(session.payment_intent, stripe.PaymentIntent) else None
    currency = (session.currency or "").upper()
    return OnlineState(
        state=_state(session, intent),
        amount=_amount(intent) if intent is not None else Money(session.amount_total or 0, currency),
        remote_ref=session.id,
        key=session.client_reference_id or "",
        intent_ref=_name_of(session.payment_intent),
        url=session.url or "",
        method_label=_method(intent),
        held_until=_held_until(intent),
        reason=_reason(intent),
    )


def _state(session: stripe.checkout.Session, intent: stripe.PaymentIntent | None) -> str:
    if session.status == "expired":
        return "expired"
    if session.status == "open":
        return "open"
    return _STATE_OF_INTENT.get(intent.status, "processing") if intent is not None else "processing"


def _amount(intent: stripe.PaymentIntent) -> Money:
    cents = {"succeeded": intent.amount_received, "requires_capture": intent.amount_capturable}
    return Money(cents.get(intent.status, intent.amount), intent.currency.upper())


def _name_of(intent: stripe.PaymentIntent | str | None) -> str:
    return intent.id if isinstance(intent, stripe.PaymentIntent) else intent or ""


def _charge(intent: stripe.PaymentIntent | None) -> stripe.Charge | None:
    charge = intent.latest_charge if intent is not None else None
    return charge if isinstance(charge, stripe.Charge) else None


def _method(intent: stripe.PaymentIntent | None) -> str:
    charge = _charge(intent)
    details = charge.payment_method_details if charge is not None else None
    if details is None:
        return ""
    if details.type == "card" and details.card is not None:
        return _("Karte ••%(digits)s") % {"digits": details.card.last4 or ""}
    if details.type == "sepa_debit" and details.sepa_debit is not None:
        return _("Lastschrift ••%(digits)s") % {"digits": details.sepa_debit.last4 or ""}
    return details.type.replace("_", " ").title()


def _held_until(intent: stripe.PaymentIntent | None) -> datetime | None:
    charge = _charge(intent)
    details = charge.payment_method_details if charge is not None else None
    card = details.card if details is not None and details.type == "card" else None
    before = getattr(card, "capture_before", None)
    return datetime.fromtimestamp(before, tz=UTC) if before else None


def _reason(intent: stripe.PaymentIntent | None) -> str:
    fault = intent.last_payment_error if intent is not None else None
    return (fault.message or "")[:500] if fault is not None else ""
