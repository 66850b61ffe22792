"""Paying online: Stripe has what was ordered, its invoices come home, arrears and payment change the town's standing.

Against the stand-in that refuses what Stripe does not document. Meant to go red: with events believed instead of
fetched, the disordered ones leave a paid town in arrears.
"""

import time
from datetime import timedelta
from itertools import permutations

import pytest
from django.test import Client
from django.utils import timezone

from booking_core.finance.errors import ProviderUnreachable
from booking_core.messaging.models import OutboxMessage
from infra.stripe_stand_in import billing
from subscriptions.errors import WrongMoment
from subscriptions.models import StripeInvoice, StripeNotice, Subscription
from subscriptions.queries.online import online_invoices
from subscriptions.queries.runs import due_fees
from subscriptions.queries.towns import subscription_of
from subscriptions.services import accounts
from subscriptions.services.online import converge
from tenants.models import Standing, Tenant
from tests.conftest import client_of_host
from tests.factories import fees
from tests.factories.fees import OLGA, TERMS
from tests.stripe_stand_in import Stripe

pytestmark = pytest.mark.django_db
MAIN = "biletado.localhost"
DAY = 24 * 3600


def choose(town: Tenant, way: str) -> None:
    accounts.choose_way(town.pk, way, actor=OLGA, now=timezone.now())
    converge(town.pk, now=timezone.now())


@pytest.fixture
def online_town(stripe: Stripe, tenant_a: Tenant) -> Tenant:
    """Ordered, first period from today, paid through Stripe."""
    fees.ordered_town(tenant_a.pk, on=timezone.localdate())
    choose(tenant_a, "stripe")
    return tenant_a


def row_of(town: Tenant) -> Subscription:
    return Subscription.objects.get(tenant=town)


def tell(client: Client, stripe: Stripe, *, order: tuple[int, ...] = ()) -> list[int]:
    """Post what happened, in this order, each twice."""
    found = stripe.deliveries()
    chosen = [found[place] for place in order] if order else found
    return [
        client.post(
            "/stripe/plattform/", one.body, content_type="application/json",
            headers={"stripe-signature": one.headers["Stripe-Signature"]},
        ).status_code
        for one in chosen for _twice in range(2)
    ]  # fmt: skip


def test_what_was_ordered_is_at_stripe_once_and_the_run_leaves_it_alone(
    online_town: Tenant, stripe: Stripe
) -> None:
    for _again in range(3):
        converge(online_town.pk, now=timezone.now())
    assert len(stripe.state.of_kind("subscription")) == 1
    (invoice,) = online_invoices(online_town.pk)
    assert (invoice.gross.cents, invoice.open.cents, invoice.state) == (119_000, 119_000, "open")
    assert due_fees(until=timezone.localdate() + timedelta(days=800)) == ()
    assert subscription_of(online_town.pk, today=timezone.localdate()).open.cents == 119_000


@pytest.mark.parametrize("after_work", [False, True])
def test_a_lost_answer_makes_nothing_twice(stripe: Stripe, tenant_a: Tenant, after_work: bool) -> None:
    fees.ordered_town(tenant_a.pk, on=timezone.localdate())
    accounts.choose_way(tenant_a.pk, "stripe", actor=OLGA, now=timezone.now())
    for _call in range(6):
        stripe.fail_next(after_work=after_work)
        try:
            converge(tenant_a.pk, now=timezone.now())
        except ProviderUnreachable:
            continue
    stripe.server.failures.clear()
    converge(tenant_a.pk, now=timezone.now())
    for kind in ("customer", "product", "tax_rate", "subscription", "invoice"):
        assert len(stripe.state.of_kind(kind)) == 1, kind


def test_arrears_warn_name_the_day_close_and_payment_opens(
    online_town: Tenant, stripe: Stripe, main_client: Client
) -> None:
    stripe.events()
    stripe.advance((TERMS.payment_days + 1) * DAY)
    assert set(tell(main_client, stripe)) == {200}
    named = timezone.localdate() + timedelta(days=TERMS.read_only_days)
    assert row_of(online_town).stripe_read_only_on == named
    assert Tenant.objects.get(pk=online_town.pk).standing == Standing.WARNED
    assert OutboxMessage.objects.filter(kind="fee_online_overdue").count() == 1
    accounts.look_after(online_town.pk, now=fees.at(named))
    assert Tenant.objects.get(pk=online_town.pk).standing == Standing.READ_ONLY
    account, invoice = stripe.state.of_kind("invoice")[0]
    billing.pay(stripe.state, account, invoice)
    assert set(tell(main_client, stripe)) == {200}
    assert Tenant.objects.get(pk=online_town.pk).standing == Standing.NORMAL
    assert online_invoices(online_town.pk)[0].state == "paid"


def test_events_in_any_order_come_to_the_same_end(
    online_town: Tenant, stripe: Stripe, main_client: Client
) -> None:
    stripe.events()
    stripe.advance((TERMS.payment_days + 1) * DAY)
    account, invoice = stripe.state.of_kind("invoice")[0]
    billing.pay(stripe.state, account, invoice)
    happened = stripe.events()
    assert len(happened) == 3
    for order in permutations(happened):
        StripeNotice.objects.all().delete()
        for event in order:
            one = stripe.signed(event)
            main_client.post("/stripe/plattform/", one.body, content_type="application/json",
                             headers={"stripe-signature": one.headers["Stripe-Signature"]})  # fmt: skip
        assert Tenant.objects.get(pk=online_town.pk).standing == Standing.NORMAL
        assert row_of(online_town).stripe_state == "active"
        assert StripeInvoice.objects.get().state == "paid"


def test_forged_old_and_strange_events_change_nothing(
    online_town: Tenant, stripe: Stripe, main_client: Client
) -> None:
    stripe.advance((TERMS.payment_days + 1) * DAY)
    one = stripe.deliveries()[-1]
    before = row_of(online_town).stripe_state

    def post(body: bytes, signature: str) -> int:
        return main_client.post(
            "/stripe/plattform/",
            body,
            content_type="application/json",
            headers={"stripe-signature": signature},
        ).status_code

    signature = one.headers["Stripe-Signature"]
    assert post(one.body + b" ", signature) == 400
    assert post(one.body, "") == 400
    assert post(one.body, signature.replace(f"t={int(time.time())}", "t=1")) in {200, 400}
    assert post(b"not json", signature) == 400
    assert main_client.get("/stripe/plattform/").status_code == 405
    assert before == "active"
    town = client_of_host(f"{online_town.slug}.{MAIN}")
    assert town.post("/stripe/plattform/").status_code == 404


def test_an_event_while_stripe_is_away_is_asked_for_again(
    online_town: Tenant, stripe: Stripe, main_client: Client
) -> None:
    stripe.events()
    stripe.advance((TERMS.payment_days + 1) * DAY)
    stripe.fail_next()
    assert tell(main_client, stripe) == [503, 200]
    assert row_of(online_town).stripe_state == "past_due"


def test_leaving_and_staying_reach_stripe(online_town: Tenant, stripe: Stripe) -> None:
    made = stripe.state.of_kind("subscription")[0][1]
    accounts.leave(online_town.pk, actor=OLGA, now=timezone.now())
    converge(online_town.pk, now=timezone.now())
    assert made["cancel_at_period_end"] is True
    accounts.stay(online_town.pk, actor=OLGA, now=timezone.now())
    converge(online_town.pk, now=timezone.now())
    assert made["cancel_at_period_end"] is False


def test_back_to_transfer_after_what_stripe_billed(online_town: Tenant, stripe: Stripe) -> None:
    choose(online_town, "transfer")
    made = stripe.state.of_kind("subscription")[0][1]
    assert made["cancel_at_period_end"] is True
    with pytest.raises(WrongMoment):
        accounts.choose_way(online_town.pk, "stripe", actor=OLGA, now=timezone.now())
    following = online_invoices(online_town.pk)[0].period.next_first_on
    assert due_fees(until=following - timedelta(days=1)) == ()
    assert [due.period.first_on for due in due_fees(until=following)] == [following]
    account, invoice = stripe.state.of_kind("invoice")[0]
    billing.pay(stripe.state, account, invoice)
    stripe.advance(370 * DAY)
    converge(online_town.pk, now=timezone.now())
    assert (row_of(online_town).stripe_subscription, row_of(online_town).stripe_state) == ("", "canceled")
    assert len(stripe.state.of_kind("invoice")) == 1


def test_without_stripe_the_transfer_way_is_all_there_is(tenant_a: Tenant) -> None:
    fees.ordered_town(tenant_a.pk, on=timezone.localdate())
    accounts.choose_way(tenant_a.pk, "stripe", actor=OLGA, now=timezone.now())
    converge(tenant_a.pk, now=timezone.now())
    assert row_of(tenant_a).stripe_customer == ""
