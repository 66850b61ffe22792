"""PaymentIntents and their charges: money taken, reserved, captured in part, let go.

Not here: how somebody comes to pay (``checkout``), money back (``refunds``).
"""

from infra.stripe_stand_in.errors import StandInError
from infra.stripe_stand_in.routing import Call
from infra.stripe_stand_in.state import Json, State, new_id

HOLD_SECONDS = 7 * 24 * 3600  # how long a card keeps money for a payment that is captured later
DEBIT_SECONDS = 3


def make_intent(
    state: State, account: str, *, cents: int, currency: str, data: Json, method: str, last_digits: str
) -> Json:
    """A payment somebody confirmed on the page; what becomes of it is said by the next call."""
    intent = {
        "id": new_id("pi"),
        "object": "payment_intent",
        "amount": cents,
        "amount_capturable": 0,
        "amount_received": 0,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": data.get("capture_method", "automatic"),
        "created": state.now(),
        "currency": currency,
        "description": data.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": data.get("metadata") or {},
        "payment_method_types": [method],
        "status": "requires_confirmation",
    }
    state.add(account, intent)
    charge = {
        "id": new_id("ch"),
        "object": "charge",
        "amount": cents,
        "amount_captured": 0,
        "amount_refunded": 0,
        "captured": False,
        "created": state.now(),
        "currency": currency,
        "livemode": False,
        "metadata": intent["metadata"],
        "payment_intent": intent["id"],
        "payment_method_details": {"type": method, method: {"last4": last_digits}},
        "refunded": False,
        "status": "pending",
    }
    state.add(account, charge)
    intent["latest_charge"] = charge["id"]
    return intent


def charge_of(state: State, account: str, intent: Json) -> Json:
    """The charge of a payment."""
    return state.find(account, "charge", intent["latest_charge"])


def succeed(state: State, account: str, intent: Json, *, cents: int | None = None) -> None:
    """The money is there, all of it or ``cents``."""
    taken = intent["amount"] if cents is None else cents
    intent.update(status="succeeded", amount_received=taken, amount_capturable=0)
    charge_of(state, account, intent).update(status="succeeded", captured=True, amount_captured=taken)
    state.emit(account, "payment_intent.succeeded", intent)


def authorise(state: State, account: str, intent: Json) -> None:
    """The card keeps the money for a week."""
    lapses = state.now() + HOLD_SECONDS
    intent.update(status="requires_capture", amount_capturable=intent["amount"], _lapses_at=lapses)
    charge = charge_of(state, account, intent)
    charge["status"] = "succeeded"
    charge["payment_method_details"]["card"]["capture_before"] = lapses
    state.emit(account, "payment_intent.amount_capturable_updated", intent)


def start_debit(state: State, account: str, intent: Json, *, fails: bool) -> None:
    """The bank is asked; it answers later."""
    intent.update(status="processing", _due_at=state.now() + DEBIT_SECONDS, _fails=fails)
    state.emit(account, "payment_intent.processing", intent)


def answer_debit(state: State, account: str, intent: Json) -> None:
    """The bank answers."""
    if not intent["_fails"]:
        succeed(state, account, intent)
        return
    fault = {
        "code": "payment_intent_payment_attempt_failed",
        "message": "The debit was returned.",
        "type": "card_error",
    }
    intent.update(status="requires_payment_method", last_payment_error=fault)
    charge_of(state, account, intent).update(status="failed", failure_code="insufficient_funds")
    state.emit(account, "payment_intent.payment_failed", intent)


def let_lapse(state: State, account: str, intent: Json) -> None:
    """Nobody captured in time: the card is free again."""
    _cancel(state, account, intent, reason="automatic")


def retrieve_intent(call: Call) -> Json:
    """GET /v1/payment_intents/{id}."""
    return call.state.find(call.account, "payment_intent", call.ids[0])


def retrieve_charge(call: Call) -> Json:
    """GET /v1/charges/{id}."""
    return call.state.find(call.account, "charge", call.ids[0])


def capture_intent(call: Call) -> Json:
    """POST /v1/payment_intents/{id}/capture: all or a part; the rest is let go."""
    intent = retrieve_intent(call)
    _need_hold(intent, "captured")
    cents = int(call.params.get("amount_to_capture") or intent["amount_capturable"])
    if not 0 < cents <= intent["amount_capturable"]:
        raise StandInError(
            "The requested amount to capture is larger than the amount you can capture.",
            code="amount_too_large",
            param="amount_to_capture",
        )
    succeed(call.state, call.account, intent, cents=cents)
    return intent


def cancel_intent(call: Call) -> Json:
    """POST /v1/payment_intents/{id}/cancel."""
    intent = retrieve_intent(call)
    _need_hold(intent, "canceled")
    _cancel(call.state, call.account, intent, reason=call.params.get("cancellation_reason"))
    return intent


def _need_hold(intent: Json, word: str) -> None:
    if intent["status"] != "requires_capture":
        raise StandInError(
            f"This PaymentIntent could not be {word} because it has a status of {intent['status']}. Only a"
            " PaymentIntent with one of the following statuses may be used: requires_capture.",
            code="payment_intent_unexpected_state",
        )


def _cancel(state: State, account: str, intent: Json, *, reason: str | None) -> None:
    intent.update(status="canceled", amount_capturable=0, cancellation_reason=reason, canceled_at=state.now())
    charge_of(state, account, intent).update(refunded=True, amount_refunded=intent["amount"])
    state.emit(account, "payment_intent.canceled", intent)
