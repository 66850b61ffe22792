"""Stripe Billing by its documented calls: customer, product, tax rate, a subscription that sends invoices, the portal.

Every call that makes something carries a key of its own, so that asking again after a crash makes nothing twice.
Not here: when it is called and what follows (``services.online``).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from stripe.params import (
    CustomerCreateParams,
    InvoiceListParams,
    ProductCreateParams,
    SubscriptionCreateParams,
    SubscriptionUpdateParams,
    TaxRateCreateParams,
)
from stripe.params.billing_portal import SessionCreateParams

from booking_core.finance.providers.stripe.client import calling, stripe_client
from subscriptions.contracts import Billing, PlanView, Price

MOST_INVOICES = 100


@dataclass(frozen=True, slots=True)
class Contract:
    """What a subscription at Stripe is for. ``key``: the same contract always has the same."""

    key: str
    customer: str
    plan: PlanView
    price: Price
    starts_on: date
    payment_days: int
    tenant_uuid: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A subscription as Stripe has it now, with its invoices, newest first."""

    state: str
    is_ending: bool
    invoices: tuple[Any, ...] = ()


def make_customer(billing: Billing, *, key: str) -> str:
    """The town as a customer; its name at Stripe."""
    params: CustomerCreateParams = {"name": billing.name, "email": billing.email, "preferred_locales": ["de"]}
    with calling():
        return stripe_client().v1.customers.create(params, {"idempotency_key": f"customer-{key}"}).id


def make_subscription(contract: Contract) -> str:
    """The subscription; its name at Stripe. Free until ``starts_on``, then an invoice at each period's start."""
    client = stripe_client().v1
    product: ProductCreateParams = {"name": contract.plan.name}
    price = contract.price
    with calling():
        made = client.products.create(
            product, {"idempotency_key": f"product-{contract.key}-{contract.plan.id}"}
        )
        params: SubscriptionCreateParams = {
            "customer": contract.customer,
            "collection_method": "send_invoice",
            "days_until_due": contract.payment_days,
            "items": [
                {
                    "price_data": {
                        "currency": "eur",
                        "product": made.id,
                        "recurring": {"interval": "month" if price.interval == "month" else "year"},
                        "unit_amount": price.net.cents,
                    },
                    "tax_rates": _tax_rates(client, contract),
                }
            ],
            "metadata": {"tenant": contract.tenant_uuid},
        }
        starts = datetime.combine(contract.starts_on, time(), UTC)
        if starts > datetime.now(UTC):
            params["trial_end"] = int(starts.timestamp())
        return client.subscriptions.create(params, {"idempotency_key": f"subscription-{contract.key}"}).id


def _tax_rates(client: Any, contract: Contract) -> list[str]:
    percent = contract.price.tax_percent
    if not percent:
        return []
    params: TaxRateCreateParams = {
        "display_name": "USt",
        "country": "DE",
        "inclusive": False,
        "percentage": float(percent),
    }
    return [client.tax_rates.create(params, {"idempotency_key": f"tax-{contract.key}-{percent}"}).id]


def end_with_period(subscription: str, *, is_ending: bool) -> None:
    """Let it end with the period that is paid for, or go on."""
    params: SubscriptionUpdateParams = {"cancel_at_period_end": is_ending}
    with calling():
        stripe_client().v1.subscriptions.update(subscription, params)


def look_at(subscription: str) -> Seen:
    """What Stripe has now."""
    client = stripe_client().v1
    params: InvoiceListParams = {"subscription": subscription, "limit": MOST_INVOICES}
    with calling():
        made = client.subscriptions.retrieve(subscription)
        listed = client.invoices.list(params)
    return Seen(made.status, bool(made.cancel_at_period_end), tuple(listed.data))


def portal_address(customer: str, *, return_url: str) -> str:
    """Where the town sees and pays everything at Stripe, for some minutes."""
    params: SessionCreateParams = {"customer": customer, "return_url": return_url}
    with calling():
        return stripe_client().v1.billing_portal.sessions.create(params).url
