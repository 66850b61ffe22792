"""Towns that pay online: make Stripe have what was ordered, and bring home what Stripe says. One function does both.

``converge`` is safe to call at any time, by anybody, however often: after a choice on the page, after each event, once
an hour. Events are only a reason to look: nothing they say is believed, so twice, late or disordered changes nothing.
Calls happen outside any transaction. Not here: the calls themselves (``stripe_billing``).
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from booking_core.finance.providers.stripe.client import is_stripe_set_up
from booking_core.finance.providers.stripe.events import StripeEvent
from subscriptions import letters, stripe_billing
from subscriptions.models import Plan, StripeInvoice, StripeNotice, Subscription, Way
from subscriptions.queries.plans import plan_view, terms
from subscriptions.queries.towns import billing_of
from subscriptions.services.standing import locked_subscription, refresh_standing
from subscriptions.stripe_billing import Contract, Seen
from tenants.context import in_public
from tenants.models import Tenant

_UNPAID = frozenset({"past_due", "unpaid"})
_OVER = frozenset({"canceled", "incomplete_expired"})


def converge(tenant_id: int, *, now: datetime) -> None:
    """Bring a town and Stripe together. Raises ProviderUnreachable (the next hour tries again), ProviderRefused."""
    with in_public():
        row = Subscription.objects.select_related("tenant").filter(tenant_id=tenant_id).first()
        if row is None or not is_stripe_set_up() or not (row.way == Way.STRIPE or row.stripe_subscription):
            return
        if not row.stripe_subscription:
            _begin(row)
        wants_end = row.way != Way.STRIPE or row.ends_on is not None
        seen = stripe_billing.look_at(row.stripe_subscription)
        if seen.state not in _OVER and seen.is_ending != wants_end:
            stripe_billing.end_with_period(row.stripe_subscription, is_ending=wants_end)
            seen = stripe_billing.look_at(row.stripe_subscription)
        _bring_home(tenant_id, row.stripe_subscription, seen, now=now)


def take_event(event: StripeEvent, *, now: datetime) -> None:
    """Note an event of the platform's account once, and look again at the town it is about."""
    customer = str(event.data.get("customer") or "")
    with in_public():
        if StripeNotice.objects.filter(event_id=event.id).exists():
            return
        tenant_id = (
            Subscription.objects.filter(stripe_customer=customer).values_list("tenant_id", flat=True).first()
            if customer
            else None
        )
        if tenant_id is not None:
            converge(tenant_id, now=now)
        StripeNotice.objects.get_or_create(
            event_id=event.id, defaults={"kind": event.type[:60], "seen_at": now}
        )


def _begin(row: Subscription) -> None:
    """Customer and subscription; each name is kept as soon as it is known."""
    if not row.stripe_customer:
        customer = stripe_billing.make_customer(billing_of(row), key=str(row.uuid))
        Subscription.objects.filter(pk=row.pk).update(stripe_customer=customer)
        row.stripe_customer = customer
    starts_on = row.billed_until + timedelta(days=1) if row.billed_until else row.starts_on
    if starts_on is None or row.plan_id is None:
        return
    plan = plan_view(Plan.objects.get(pk=row.next_plan_id or row.plan_id), on=starts_on)
    interval = row.next_interval or row.interval
    price = plan.price_for(interval)
    if price is None:
        return
    contract = Contract(
        key=f"{row.uuid}-{starts_on.isoformat()}",
        customer=row.stripe_customer,
        plan=plan,
        price=price,
        starts_on=starts_on,
        payment_days=terms().payment_days,
        tenant_uuid=str(row.tenant.uuid),
    )
    row.stripe_subscription = stripe_billing.make_subscription(contract)
    Subscription.objects.filter(pk=row.pk).update(stripe_subscription=row.stripe_subscription)


@transaction.atomic
def _bring_home(tenant_id: int, subscription: str, seen: Seen, *, now: datetime) -> None:
    """Store what Stripe has, and what follows for the town's standing."""
    today = timezone.localdate(now)
    row = locked_subscription(tenant_id)
    if row is None or row.stripe_subscription != subscription:
        return
    for one in seen.invoices:
        _keep(row.tenant, one, now=now)
    ends = [_day(_period(one)[1]) - timedelta(days=1) for one in seen.invoices if one.status != "void"]
    row.billed_until = max([*ends, *([row.billed_until] if row.billed_until else [])], default=None)
    row.stripe_state = seen.state
    if seen.state in _UNPAID and row.stripe_read_only_on is None:
        row.stripe_read_only_on = today + timedelta(days=terms().read_only_days)
        letters.send_online_overdue(row)
    elif seen.state not in _UNPAID:
        row.stripe_read_only_on = None
    if seen.state in _OVER:
        row.stripe_subscription = ""
    row.save()
    refresh_standing(row, today=today)


def _keep(tenant: Tenant, one: Any, *, now: datetime) -> None:
    start, end = _period(one)
    StripeInvoice.objects.update_or_create(
        stripe_id=one.id,
        defaults={
            "tenant": tenant,
            "number": one.number or "",
            "state": one.status,
            "first_on": _day(start),
            "last_on": _day(end) - timedelta(days=1),
            "due_on": _day(one.due_date) if one.due_date else None,
            "total_cents": one.total,
            "open_cents": one.amount_remaining,
            "url": one.hosted_invoice_url or "",
            "pdf_url": one.invoice_pdf or "",
            "seen_at": now,
        },
    )


def _period(one: Any) -> tuple[int, int]:
    period = one.lines.data[0].period
    return period.start, period.end


def _day(at: int) -> date:
    return datetime.fromtimestamp(at, UTC).date()
