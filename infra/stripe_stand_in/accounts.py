"""Connected accounts and the links that lead to their onboarding.

Not here: the onboarding's page (``onboarding_page``).
"""

from infra.stripe_stand_in.errors import StandInError
from infra.stripe_stand_in.routing import Call
from infra.stripe_stand_in.state import PLATFORM, Json, State, new_id

LINK_SECONDS = 300
_NEEDED = [
    "business_profile.url",
    "company.name",
    "external_account",
    "representative.first_name",
    "tos_acceptance.date",
]


def create_account(call: Call) -> Json:
    """POST /v1/accounts."""
    params, controller = call.params, call.params.get("controller", {})
    dashboard = controller.get("stripe_dashboard", {}).get("type", "full")
    account = {
        "id": new_id("acct"),
        "object": "account",
        "business_type": params.get("business_type"),
        "business_profile": params.get("business_profile") or {},
        "capabilities": dict.fromkeys(params.get("capabilities") or {}, "inactive"),
        "charges_enabled": False,
        "controller": {"is_controller": True, "type": "application", "stripe_dashboard": {"type": dashboard}},
        "country": params.get("country", "DE"),
        "created": call.now,
        "default_currency": "eur",
        "details_submitted": False,
        "email": params.get("email"),
        "metadata": params.get("metadata") or {},
        "payouts_enabled": False,
        "requirements": _requirements(_NEEDED, reason="requirements.past_due"),
        "type": "none" if params.get("controller") else params.get("type", "standard"),
    }
    return call.state.add(PLATFORM, account)


def retrieve_account(call: Call) -> Json:
    """GET /v1/accounts/{id}."""
    return call.state.find(PLATFORM, "account", call.ids[0])


def create_account_link(call: Call) -> Json:
    """POST /v1/account_links: works once, for five minutes."""
    account = call.state.find(PLATFORM, "account", call.params["account"])
    for name in ("refresh_url", "return_url"):
        if not call.params.get(name):
            raise StandInError(f"Missing required param: {name}.", code="parameter_missing", param=name)
    token = new_id("link")
    expires = call.now + LINK_SECONDS
    call.state.links[token] = {
        "account": account["id"],
        "return_url": call.params["return_url"],
        "refresh_url": call.params["refresh_url"],
        "expires_at": expires,
        "is_used": False,
    }
    return {
        "object": "account_link",
        "created": call.now,
        "expires_at": expires,
        "url": f"{call.state.base}/setup/s/{token}",
    }


def answer_onboarding(state: State, account: Json, *, with_bank: bool) -> None:
    """What a town typed in on the onboarding page; without a bank account something stays due."""
    left = [] if with_bank else ["external_account"]
    account["details_submitted"] = True
    account["charges_enabled"] = True
    account["payouts_enabled"] = with_bank
    account["requirements"] = _requirements(left, reason=None if with_bank else "requirements.past_due")
    account["capabilities"] = dict.fromkeys(account["capabilities"], "active")
    state.emit(account["id"], "account.updated", account)


def revoke(state: State, account: Json) -> None:
    """The town takes the platform's access away in its own Stripe account."""
    account["is_revoked"] = True
    application = {"id": "ca_stand_in", "object": "application", "name": "Biletado"}
    state.emit(account["id"], "account.application.deauthorized", application)


def _requirements(due: list[str], *, reason: str | None) -> Json:
    return {
        "alternatives": [],
        "current_deadline": None,
        "currently_due": due,
        "disabled_reason": reason,
        "errors": [],
        "eventually_due": due,
        "past_due": due,
        "pending_verification": [],
    }
