"""The operations the stand-in knows, by resource. A new resource adds its lines here and nowhere else."""

from stripe.params import (
    AccountCreateParams,
    AccountLinkCreateParams,
    AccountRetrieveParams,
    ChargeRetrieveParams,
    CustomerCreateParams,
    InvoiceListParams,
    PaymentIntentCancelParams,
    PaymentIntentCaptureParams,
    PaymentIntentRetrieveParams,
    ProductCreateParams,
    RefundCreateParams,
    RefundRetrieveParams,
    SubscriptionCreateParams,
    SubscriptionRetrieveParams,
    SubscriptionUpdateParams,
    TaxRateCreateParams,
)
from stripe.params.billing_portal import SessionCreateParams as PortalSessionCreateParams
from stripe.params.checkout import SessionCreateParams, SessionExpireParams, SessionRetrieveParams

from infra.stripe_stand_in import accounts, billing, checkout, intents, refunds
from infra.stripe_stand_in.routing import Route, route

ROUTES: list[Route] = [
    route("POST", "accounts", accounts.create_account, AccountCreateParams),
    route("GET", "accounts/{id}", accounts.retrieve_account, AccountRetrieveParams),
    route("POST", "account_links", accounts.create_account_link, AccountLinkCreateParams),
    route("POST", "checkout/sessions", checkout.create_session, SessionCreateParams),
    route("GET", "checkout/sessions/{id}", checkout.retrieve_session, SessionRetrieveParams),
    route("POST", "checkout/sessions/{id}/expire", checkout.expire_session, SessionExpireParams),
    route("GET", "payment_intents/{id}", intents.retrieve_intent, PaymentIntentRetrieveParams),
    route("POST", "payment_intents/{id}/capture", intents.capture_intent, PaymentIntentCaptureParams),
    route("POST", "payment_intents/{id}/cancel", intents.cancel_intent, PaymentIntentCancelParams),
    route("GET", "charges/{id}", intents.retrieve_charge, ChargeRetrieveParams),
    route("POST", "refunds", refunds.create_refund, RefundCreateParams),
    route("GET", "refunds/{id}", refunds.retrieve_refund, RefundRetrieveParams),
    route("POST", "customers", billing.create_customer, CustomerCreateParams),
    route("POST", "products", billing.create_product, ProductCreateParams),
    route("POST", "tax_rates", billing.create_tax_rate, TaxRateCreateParams),
    route("POST", "subscriptions", billing.create_subscription, SubscriptionCreateParams),
    route("GET", "subscriptions/{id}", billing.retrieve_subscription, SubscriptionRetrieveParams),
    route("POST", "subscriptions/{id}", billing.update_subscription, SubscriptionUpdateParams),
    route("GET", "invoices", billing.list_invoices, InvoiceListParams),
    route("POST", "billing_portal/sessions", billing.create_portal_session, PortalSessionCreateParams),
]
