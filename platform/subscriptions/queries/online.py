"""Invoices Stripe wrote for a town.

Not here: the partnership's own (``queries.invoices``).
"""

from booking_core.kernel.money import Money
from subscriptions.contracts import OnlineInvoice
from subscriptions.models import StripeInvoice, Subscription
from subscriptions.periods import Period
from tenants.context import in_public


def online_invoices(tenant_id: int) -> tuple[OnlineInvoice, ...]:
    """Newest first; one statement."""
    with in_public():
        return tuple(
            OnlineInvoice(
                number=row.number,
                period=Period(row.first_on, row.last_on),
                gross=Money(row.total_cents),
                open=Money(row.open_cents),
                due_on=row.due_on,
                state=row.state,
                url=row.url,
                pdf_url=row.pdf_url,
            )
            for row in StripeInvoice.objects.filter(tenant_id=tenant_id)
        )


def customer_of(tenant_id: int) -> str:
    """The town's name at Stripe; "" where it has none."""
    with in_public():
        found = (
            Subscription.objects.filter(tenant_id=tenant_id).values_list("stripe_customer", flat=True).first()
        )
    return found or ""
