"""Checkout Sessions: made, read, expired – and what happens to them when somebody pays on the page.

    open ──paid by card──────────────→ complete, paid
    open ──SEPA mandate given────────→ complete, unpaid ──days later──→ paid, or the debit fails
    open ──time over, or expired─────→ expired

Not here: the page (``checkout_page``), the money itself (``intents``).
"""

from infra.stripe_stand_in import intents
from infra.stripe_stand_in.errors import StandInError
from infra.stripe_stand_in.routing import Call
from infra.stripe_stand_in.state import Json, State, new_id

SHORTEST_SECONDS, LONGEST_SECONDS = 30 * 60, 24 * 3600
LEAST_CENTS = 50
OFFERED = ("card", "sepa_debit")


def create_session(call: Call) -> Json:
    """POST /v1/checkout/sessions, for payments."""
    params = call.params
    if params.get("mode") != "payment":
        raise StandInError("This stand-in knows `mode=payment` only.", param="mode")
    if not params.get("success_url"):
        raise StandInError(
            "Missing required param: success_url.", code="parameter_missing", param="success_url"
        )
    expires = int(params.get("expires_at", call.now + LONGEST_SECONDS))
    if not SHORTEST_SECONDS - 5 <= expires - call.now <= LONGEST_SECONDS + 5:
        raise StandInError(
            "The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from now.",
            param="expires_at",
        )
    total, currency = _total(params)
    name = new_id("cs_test")
    excluded = params.get("excluded_payment_method_types", [])
    session = {
        "id": name,
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": call.now,
        "currency": currency,
        "customer_email": params.get("customer_email"),
        "expires_at": expires,
        "livemode": False,
        "locale": params.get("locale"),
        "metadata": params.get("metadata") or {},
        "mode": "payment",
        "payment_intent": None,
        "payment_method_types": [
            kind
            for kind in OFFERED
            if kind in params.get("allowed_payment_method_types", OFFERED) and kind not in excluded
        ],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": params["success_url"],
        "url": f"{call.state.base}/c/pay/{name}",
        "_label": _label(params),
        "_intent": params.get("payment_intent_data") or {},
    }
    return call.state.add(call.account, session)


def _total(params: Json) -> tuple[int, str]:
    items = params.get("line_items") or []
    if not items:
        raise StandInError(
            "Missing required param: line_items.", code="parameter_missing", param="line_items"
        )
    total, currencies = 0, set()
    for number, item in enumerate(items):
        price = item.get("price_data")
        if price is None or "unit_amount" not in price:
            place = f"line_items[{number}][price_data][unit_amount]"
            raise StandInError(f"Missing required param: {place}.", code="parameter_missing", param=place)
        cents = int(price["unit_amount"])
        if cents < 0:
            raise StandInError("Invalid non-negative integer", code="parameter_invalid_integer")
        total += cents * int(item.get("quantity", 1))
        currencies.add(price["currency"].lower())
    if len(currencies) != 1:
        raise StandInError("All prices on a Checkout Session must be in the same currency.")
    if total < LEAST_CENTS:
        raise StandInError(
            "The Checkout Session's total amount must convert to at least 50 cents.", code="amount_too_small"
        )
    return total, currencies.pop()


def _label(params: Json) -> str:
    product: Json = params["line_items"][0]["price_data"].get("product_data") or {}
    return str(product.get("name", ""))


def retrieve_session(call: Call) -> Json:
    """GET /v1/checkout/sessions/{id}."""
    return call.state.find(call.account, "checkout.session", call.ids[0])


def expire_session(call: Call) -> Json:
    """POST /v1/checkout/sessions/{id}/expire."""
    session = call.state.find(call.account, "checkout.session", call.ids[0])
    if session["status"] != "open":
        raise StandInError(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of'
            f" `{session['status']}`."
        )
    return expire(call.state, call.account, session)


def expire(state: State, account: str, session: Json) -> Json:
    """Close an open session; nobody can pay on it any more."""
    session.update(status="expired", url=None)
    state.emit(account, "checkout.session.expired", session)
    return session


def pay(
    state: State, account: str, session: Json, *, method: str, last_digits: str, fails: bool = False
) -> None:
    """Somebody paid on the page. ``fails``: the debit will come back."""
    data = session["_intent"]
    intent = intents.make_intent(
        state,
        account,
        cents=session["amount_total"],
        currency=session["currency"],
        data=data,
        method=method,
        last_digits=last_digits,
    )
    session.update(status="complete", payment_intent=intent["id"], url=None)
    if method == "sepa_debit":
        intents.start_debit(state, account, intent, fails=fails)
    elif data.get("capture_method") == "manual":
        intents.authorise(state, account, intent)
    else:
        intents.succeed(state, account, intent)
        session["payment_status"] = "paid"
    state.emit(account, "checkout.session.completed", session)


def debit_is_through(state: State, account: str, intent: Json) -> None:
    """Days later the bank answered: tell about the session too."""
    for owner, session in state.of_kind("checkout.session"):
        if owner == account and session["payment_intent"] == intent["id"]:
            paid = intent["status"] == "succeeded"
            session["payment_status"] = "paid" if paid else "unpaid"
            word = "succeeded" if paid else "failed"
            state.emit(account, f"checkout.session.async_payment_{word}", session)


def tick(state: State) -> None:
    """What happens by itself as time goes by."""
    for account, session in state.of_kind("checkout.session"):
        if session["status"] == "open" and session["expires_at"] <= state.now():
            expire(state, account, session)
    for account, intent in state.of_kind("payment_intent"):
        if intent["status"] == "processing" and intent["_due_at"] <= state.now():
            intents.answer_debit(state, account, intent)
            debit_is_through(state, account, intent)
        elif intent["status"] == "requires_capture" and intent["_lapses_at"] <= state.now():
            intents.let_lapse(state, account, intent)
