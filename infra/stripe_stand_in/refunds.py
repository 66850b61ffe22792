"""Refunds: by card at once, by bank some days later; in tests they may fail afterwards.

Not here: the payment itself (``intents``).
"""

from infra.stripe_stand_in.errors import StandInError
from infra.stripe_stand_in.intents import charge_of
from infra.stripe_stand_in.routing import Call
from infra.stripe_stand_in.state import Json, State, new_id


def create_refund(call: Call) -> Json:
    """POST /v1/refunds for a payment; at most what is left of it."""
    params, state = call.params, call.state
    if not params.get("payment_intent"):
        raise StandInError(
            "One of the following params should be provided for this request: payment_intent or charge."
        )
    intent = state.find(call.account, "payment_intent", params["payment_intent"])
    if intent["status"] != "succeeded":
        raise StandInError("This PaymentIntent does not have a successful charge to refund.")
    charge = charge_of(state, call.account, intent)
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left <= 0:
        raise StandInError(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    cents = int(params.get("amount") or left)
    if not 0 < cents <= left:
        raise StandInError(
            f"Refund amount ({cents}) is greater than unrefunded amount on charge ({left})",
            code="amount_too_large",
            param="amount",
        )
    is_card = charge["payment_method_details"]["type"] == "card"
    refund = {
        "id": new_id("re"),
        "object": "refund",
        "amount": cents,
        "charge": charge["id"],
        "created": call.now,
        "currency": charge["currency"],
        "failure_reason": None,
        "metadata": params.get("metadata") or {},
        "payment_intent": intent["id"],
        "reason": params.get("reason"),
        "status": "succeeded" if is_card else "pending",
    }
    state.add(call.account, refund)
    charge["amount_refunded"] += cents
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]
    state.emit(call.account, "refund.created", refund)
    state.emit(call.account, "charge.refunded", charge)
    return refund


def retrieve_refund(call: Call) -> Json:
    """GET /v1/refunds/{id}."""
    return call.state.find(call.account, "refund", call.ids[0])


def answer_refund(state: State, account: str, refund: Json, *, fails: bool) -> None:
    """The bank says whether the money arrived."""
    refund["status"] = "failed" if fails else "succeeded"
    if fails:
        refund["failure_reason"] = "lost_or_stolen_card"
        charge = state.find(account, "charge", refund["charge"])
        charge["amount_refunded"] -= refund["amount"]
        charge["refunded"] = False
    state.emit(account, "refund.failed" if fails else "refund.updated", refund)
