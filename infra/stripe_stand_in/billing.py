"""Billing: customers, products, tax rates, subscriptions that send invoices, the customer portal.

    subscription: trialing ──trial over──→ active ──invoice due and not paid──→ past_due ──paid──→ active
                                                 └─ cancelled at the period's end ──→ canceled

Only what sends invoices is known (``collection_method=send_invoice``). Not here: the page on which an invoice is paid
(``billing_page``).
"""

import calendar
from datetime import UTC, datetime

from infra.stripe_stand_in.errors import StandInError
from infra.stripe_stand_in.routing import Call
from infra.stripe_stand_in.state import Json, State, new_id

_DAY = 24 * 3600
_MONTHS = {"month": 1, "year": 12}


def create_customer(call: Call) -> Json:
    """POST /v1/customers."""
    return _made(call, "cus", "customer", name=call.params.get("name"), email=call.params.get("email"))


def create_product(call: Call) -> Json:
    """POST /v1/products."""
    return _made(call, "prod", "product", name=call.params["name"], active=True)


def create_tax_rate(call: Call) -> Json:
    """POST /v1/tax_rates."""
    rate = {name: call.params.get(name) for name in ("display_name", "percentage", "inclusive", "country")}
    return _made(call, "txr", "tax_rate", **rate)


def create_portal_session(call: Call) -> Json:
    """POST /v1/billing_portal/sessions."""
    customer = call.state.find(call.account, "customer", call.params["customer"])
    made = _made(call, "bps", "billing_portal.session", customer=customer["id"])
    made.update(return_url=call.params.get("return_url"), url=f"{call.state.base}/p/session/{made['id']}")
    return made


def create_subscription(call: Call) -> Json:
    """POST /v1/subscriptions."""
    params = call.params
    if params.get("collection_method") != "send_invoice":
        raise StandInError(
            "This stand-in knows `collection_method=send_invoice` only.", param="collection_method"
        )
    customer = call.state.find(call.account, "customer", params["customer"])
    (item,) = params["items"]
    price = item["price_data"]
    call.state.find(call.account, "product", price["product"])
    rates = [call.state.find(call.account, "tax_rate", one) for one in item.get("tax_rates") or []]
    trial_end = int(params["trial_end"]) if params.get("trial_end") else None
    if trial_end is not None and trial_end <= call.now:
        raise StandInError(
            "Invalid timestamp: must be an integer Unix timestamp in the future.", param="trial_end"
        )
    made = _made(
        call, "sub", "subscription", customer=customer["id"], status="trialing" if trial_end else "active",
        cancel_at_period_end=False, trial_end=trial_end, collection_method="send_invoice",
        days_until_due=int(params["days_until_due"]), metadata=params.get("metadata") or {},
    )  # fmt: skip
    made.update(
        _cents=int(price["unit_amount"]),
        _interval=price["recurring"]["interval"],
        _percent=float(rates[0]["percentage"]) if rates else 0.0,
        _next=trial_end or call.now,
    )
    call.state.emit(call.account, "customer.subscription.created", made)
    tick(call.state)
    return made


def retrieve_subscription(call: Call) -> Json:
    """GET /v1/subscriptions/{id}."""
    return call.state.find(call.account, "subscription", call.ids[0])


def update_subscription(call: Call) -> Json:
    """POST /v1/subscriptions/{id}: only whether it ends with its period."""
    made = call.state.find(call.account, "subscription", call.ids[0])
    if made["status"] == "canceled":
        raise StandInError("A canceled subscription can only update its cancellation_details and metadata.")
    if "cancel_at_period_end" in call.params:
        made["cancel_at_period_end"] = str(call.params["cancel_at_period_end"]).lower() == "true"
        call.state.emit(call.account, "customer.subscription.updated", made)
    return made


def list_invoices(call: Call) -> Json:
    """GET /v1/invoices, of one subscription, newest first."""
    wanted = call.params.get("subscription")
    found = [
        one
        for owner, one in call.state.of_kind("invoice")
        if owner == call.account and (not wanted or one["_subscription"] == wanted)
    ]
    limit = int(call.params.get("limit", 10))
    return {
        "object": "list",
        "url": "/v1/invoices",
        "has_more": len(found) > limit,
        "data": found[::-1][:limit],
    }


def pay(state: State, account: str, invoice: Json) -> None:
    """Somebody paid an open invoice."""
    invoice.update(status="paid", amount_paid=invoice["amount_due"], amount_remaining=0)
    state.emit(account, "invoice.paid", invoice)
    made = state.find(account, "subscription", invoice["_subscription"])
    if made["status"] == "past_due":
        made["status"] = "active"
        state.emit(account, "customer.subscription.updated", made)


def tick(state: State) -> None:
    """What happens by itself: trials end, periods begin, invoices fall due."""
    for account, made in state.of_kind("subscription"):
        while made["status"] in {"trialing", "active", "past_due"} and made["_next"] <= state.now():
            if made["cancel_at_period_end"]:
                made["status"] = "canceled"
                state.emit(account, "customer.subscription.deleted", made)
                break
            _bill(state, account, made)
    for account, invoice in state.of_kind("invoice"):
        if invoice["status"] == "open" and invoice["due_date"] <= state.now() and not invoice["_told"]:
            invoice["_told"] = True
            made = state.find(account, "subscription", invoice["_subscription"])
            made["status"] = "past_due"
            state.emit(account, "customer.subscription.updated", made)


def _bill(state: State, account: str, made: Json) -> None:
    start, end = made["_next"], _later(made["_next"], _MONTHS[made["_interval"]])
    tax = round(made["_cents"] * made["_percent"] / 100)
    name = new_id("in")
    number = f"STRIPE-{len(state.of_kind('invoice')) + 1:04d}"
    invoice = {
        "id": name, "object": "invoice", "number": number, "customer": made["customer"], "status": "open",
        "currency": "eur", "created": start, "due_date": start + made["days_until_due"] * _DAY,
        "subtotal": made["_cents"], "total": made["_cents"] + tax, "amount_due": made["_cents"] + tax,
        "amount_paid": 0, "amount_remaining": made["_cents"] + tax,
        "hosted_invoice_url": f"{state.base}/i/{name}", "invoice_pdf": f"{state.base}/i/{name}/pdf",
        "lines": {"object": "list", "data": [
            {"object": "line_item", "amount": made["_cents"], "period": {"start": start, "end": end}}
        ]},
        "_subscription": made["id"], "_told": False,
    }  # fmt: skip
    state.add(account, invoice)
    made.update(status="active" if made["status"] == "trialing" else made["status"], _next=end)
    state.emit(account, "invoice.finalized", invoice)
    state.emit(account, "customer.subscription.updated", made)


def _later(at: int, months: int) -> int:
    day = datetime.fromtimestamp(at, UTC)
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return int(day.replace(year=day.year + years, month=month + 1, day=min(day.day, last)).timestamp())


def _made(call: Call, prefix: str, kind: str, **facts: object) -> Json:
    return call.state.add(
        call.account, {"id": new_id(prefix), "object": kind, "created": call.now, "livemode": False, **facts}
    )
