"""Connected accounts: made for a town, filled in by the town on Stripe's own pages, looked at.

Not here: which account is whose (``tenants.stripe_accounts``). The town has its own full dashboard, pays Stripe's fees
and answers for what is charged back: the platform never holds its money.
"""

from dataclasses import dataclass

import stripe
from stripe.params import AccountCreateParams, AccountLinkCreateParams

from booking_core.finance.providers.stripe.client import calling, stripe_client


@dataclass(frozen=True, slots=True)
class AccountState:
    """What Stripe says about an account."""

    account_id: str
    details_submitted: bool
    charges_enabled: bool
    payouts_enabled: bool
    requirements: tuple[str, ...]
    disabled_reason: str


def make_account(*, name: str, email: str, url: str, tenant: str, key: str) -> AccountState:
    """A new account of a German public body, or the one this key made before."""
    request: AccountCreateParams = {
        "country": "DE",
        "business_type": "government_entity",
        "business_profile": {"name": name, "url": url},
        "controller": {
            "fees": {"payer": "account"},
            "losses": {"payments": "stripe"},
            "requirement_collection": "stripe",
            "stripe_dashboard": {"type": "full"},
        },
        "capabilities": {
            "card_payments": {"requested": True},
            "sepa_debit_payments": {"requested": True},
            "transfers": {"requested": True},
        },
        "metadata": {"tenant": tenant},
    }
    if email:
        request["email"] = email
    client = stripe_client()
    with calling():
        return _state_of(client.v1.accounts.create(request, {"idempotency_key": key}))


def onboarding_url(account: str, *, return_url: str, refresh_url: str) -> str:
    """A link to Stripe's pages, good once and for minutes; ``refresh_url`` makes the next."""
    request: AccountLinkCreateParams = {
        "account": account,
        "type": "account_onboarding",
        "return_url": return_url,
        "refresh_url": refresh_url,
        "collection_options": {"fields": "eventually_due"},
    }
    client = stripe_client()
    with calling():
        return client.v1.account_links.create(request).url


def look_at_account(account: str) -> AccountState:
    """What Stripe says now."""
    client = stripe_client()
    with calling():
        return _state_of(client.v1.accounts.retrieve(account))


def _state_of(found: stripe.Account) -> AccountState:
    needs = found.requirements
    due = [*(needs.past_due or []), *(needs.currently_due or [])] if needs is not None else []
    return AccountState(
        account_id=found.id,
        details_submitted=bool(found.details_submitted),
        charges_enabled=bool(found.charges_enabled),
        payouts_enabled=bool(found.payouts_enabled),
        requirements=tuple(dict.fromkeys(due)),
        disabled_reason=(needs.disabled_reason or "") if needs is not None else "",
    )
