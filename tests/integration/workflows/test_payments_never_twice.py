"""The promises of "never twice" that are about payments: messages in any order, crashes at every point, late money.

Not here: the usual ways (``test_payments``). Each crash is an error at the point where the process would have died; a
process that is really killed is in ``tests/concurrency/test_payment_crash``.
"""

from collections.abc import Callable
from itertools import permutations

import pytest
from django.db.models import Sum
from django.utils import timezone

from booking_core.finance.errors import ProviderUnreachable
from booking_core.finance.models import LedgerEntry, Payment, PaymentEvent
from booking_core.finance.providers import ONLINE
from booking_core.finance.queries.invoices import invoices_of_bookings
from booking_core.kernel.money import Money
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.payments import looking, outcomes, sending, starting
from infra.stripe_stand_in import refunds
from infra.stripe_stand_in.webhooks import sign
from tenants.context import in_public, in_tenant
from tenants.models import Tenant, TenantState
from tenants.stripe_accounts import remember_account
from tests.integration.workflows.conftest import CITIZEN, House
from tests.integration.workflows.payments_town import (
    begun,
    billed_booking,
    connect_town,
    ending,
    fresh,
    post,
    settle,
    waiting_booking,
)
from tests.stripe_stand_in import CONNECT_SECRET, Stripe, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
Breaking = Callable[..., object]


class Killed(BaseException):
    """The process is gone: nobody catches this."""


def die(*_args: object, **_named: object) -> None:
    raise Killed


def test_messages_in_every_order_and_twice_lead_to_the_same_end(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    """Paid, cancelled, refunded: four messages, each twice, in six of the 24 orders; the slow test has all."""
    connect_town(stripe)
    ends = {_story(stripe, house, order) for order in list(permutations(range(4)))[::4]}
    assert len(ends) == 1, ends


@pytest.mark.slow
def test_messages_in_all_orders_lead_to_the_same_end(stripe: Stripe, town: Tenant, house: House) -> None:
    connect_town(stripe)
    assert len({_story(stripe, house, order) for order in permutations(range(4))}) == 1


def _story(stripe: Stripe, house: House, order: tuple[int, ...]) -> object:
    before = set(LedgerEntry.objects.values_list("pk", flat=True))
    booking = billed_booking(house)
    payment = begun(booking)
    stripe.events()
    stripe.pay(payment.remote_ref)
    looking.look_after(payment.uuid, now=timezone.now())
    cancel_booking(booking.uuid, actor=CITIZEN, now=timezone.now())
    settle()
    deliveries = stripe.deliveries()
    assert len(deliveries) == 4  # succeeded, completed, refund created, charge refunded
    for number in (*order, *order):
        assert post(deliveries[number]) == 200
    events = PaymentEvent.objects.filter(payment__booking=booking.id, event_id__isnull=False)
    assert events.count() == 4
    end = ending(booking.uuid, apart_from=before)
    assert end.balance == 0
    return end


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (starting, "open_page"),  # row committed, no call made
        (ONLINE, "open"),  # at the call
        (starting, "_note"),  # the page exists, its address was never kept
        (looking, "apply_state"),  # paid, the message died before anything was written
        (looking, "follow"),  # … while it was written
        (outcomes, "_book"),  # … between confirming and booking
    ],
    ids=[
        "before the call",
        "at the call",
        "after the call",
        "before writing",
        "while writing",
        "before booking",
    ],
)
def test_a_crash_leaves_nothing_half_done_and_is_closed_within_minutes(
    stripe: Stripe, town: Tenant, house: House, monkeypatch: pytest.MonkeyPatch, where: object, name: str
) -> None:
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    with monkeypatch.context() as broken:
        broken.setattr(where, name, die)
        try:
            payment = begun(booking)
            stripe.pay(payment.remote_ref)
            looking.look_after(payment.uuid, now=timezone.now())
        except Killed:
            pass
        else:
            pytest.fail("nothing died")
    settle(later=3 * 60)
    paid = sum(intent["amount_received"] for _account, intent in stripe.state.of_kind("payment_intent"))
    found = booking_by_uuid(booking.uuid)
    booked = LedgerEntry.objects.filter(kind="payment").aggregate(cents=Sum("amount_cents"))["cents"] or 0
    assert paid == -booked
    assert (found.state == "confirmed") == bool(paid)
    assert not Payment.objects.filter(state="started").exists()
    if not paid:  # who comes back pays once, on a new page
        again = begun(booking)
        stripe.pay(again.remote_ref)
        looking.look_after(again.uuid, now=timezone.now())
        assert booking_by_uuid(booking.uuid).state == "confirmed"
    assert len(stripe.state.of_kind("payment_intent")) == 1


@pytest.mark.parametrize("after_work", [False, True], ids=["never arrived", "answer lost"])
def test_a_refund_without_an_answer_is_sent_once(
    stripe: Stripe, town: Tenant, house: House, after_work: bool
) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    payment = begun(booking)
    stripe.pay(payment.remote_ref)
    looking.look_after(payment.uuid, now=timezone.now())
    cancel_booking(booking.uuid, actor=CITIZEN, now=timezone.now())
    stripe.fail_next(after_work=after_work)
    settle()
    assert Payment.objects.get(kind="refund").state == "started"
    settle()
    settle()
    assert Payment.objects.get(kind="refund").state == "paid"
    assert len(stripe.state.of_kind("refund")) == 1


def test_a_killed_refund_is_sent_once(
    stripe: Stripe, town: Tenant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    payment = begun(booking)
    stripe.pay(payment.remote_ref)
    looking.look_after(payment.uuid, now=timezone.now())
    cancel_booking(booking.uuid, actor=CITIZEN, now=timezone.now())
    with monkeypatch.context() as broken, pytest.raises(Killed):
        broken.setattr(sending, "apply_refund", die)
        settle()
    settle()
    assert len(stripe.state.of_kind("refund")) == 1
    assert Payment.objects.get(kind="refund").state == "paid"
    assert LedgerEntry.objects.filter(kind="refund").count() == 1


def test_a_town_that_was_switched_off_meanwhile_still_books_what_was_paid(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    payment = begun(booking)
    with in_public():
        Tenant.objects.filter(pk=town.pk).update(state=TenantState.SUSPENDED)
    stripe.pay(payment.remote_ref)
    for delivery in stripe.deliveries():
        assert post(delivery) == 200
    assert fresh(payment).state == "paid"
    (invoice,) = invoices_of_bookings([booking.id])[booking.id]
    assert invoice.balance == Money(0)


def test_a_message_of_one_town_says_nothing_about_the_others_booking(
    stripe: Stripe, tenant_b: Tenant, town: Tenant, house: House
) -> None:
    """B's own account reports a payment that names A's: it is looked up in B alone, and found nowhere."""
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    payment = begun(booking)
    foreign = stripe.new_account()
    with in_tenant(tenant_b):
        remember_account(foreign)
    _account, session = stripe.session(payment.remote_ref)
    forged = {**session, "status": "complete", "payment_status": "paid"}
    event = stripe.state.emit(foreign, "checkout.session.completed", forged)
    assert post(stripe.signed(event)) == 200
    assert fresh(payment).state == "open" and booking_by_uuid(booking.uuid).waits_for_payment
    assert not PaymentEvent.objects.filter(event_id=event["id"]).exists()


def test_a_forged_or_old_message_changes_nothing(stripe: Stripe, town: Tenant, house: House) -> None:
    connect_town(stripe)
    payment = begun(billed_booking(house))
    stripe.pay(payment.remote_ref)
    event = stripe.events()[-1]
    now = int(timezone.now().timestamp())
    for delivery in (sign(event, "whsec_guessed", at=now), sign(event, CONNECT_SECRET, at=now - 400)):
        assert post(delivery) == 400
    assert fresh(payment).state == "open"
    assert post(sign(event, CONNECT_SECRET, at=now)) == 200
    assert fresh(payment).state == "paid"


def test_what_a_message_says_is_not_believed(stripe: Stripe, town: Tenant, house: House) -> None:
    """Signed, but nobody paid: the page is fetched, and it is still open."""
    account = connect_town(stripe)
    payment = begun(billed_booking(house))
    _account, session = stripe.session(payment.remote_ref)
    lie = {**session, "status": "complete", "payment_status": "paid"}
    assert post(stripe.signed(stripe.state.emit(account, "checkout.session.completed", lie))) == 200
    assert fresh(payment).state == "open"


def test_what_was_fetched_before_somebody_paid_comes_too_late(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    """Two look at once, the slower one writes last. Seen red without ``may_follow``: what is paid was open again."""
    connect_town(stripe)
    booking = billed_booking(house)
    payment = begun(booking)
    early = ONLINE.look(payment.remote_ref, account=payment.account)
    stripe.pay(payment.remote_ref)
    looking.look_after(payment.uuid, now=timezone.now())
    late = looking.apply_state(payment.uuid, early, now=timezone.now())
    assert (late.state, fresh(payment).state) == ("paid", "paid")


@pytest.mark.parametrize(
    ("change", "entries"),
    [({"amount_total": 100}, [-100, 100]), ({"currency": "usd"}, [])],
    ids=["another amount", "another currency"],
)
def test_another_sum_or_currency_pays_nothing_and_goes_back(
    stripe: Stripe, town: Tenant, house: House, change: dict[str, object], entries: list[int]
) -> None:
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    payment = begun(booking)
    stripe.session(payment.remote_ref)[1].update(change)
    stripe.pay(payment.remote_ref)
    for delivery in stripe.deliveries():
        post(delivery)
    settle()
    assert booking_by_uuid(booking.uuid).waits_for_payment
    assert (fresh(payment).state, fresh(payment).trouble) == ("paid", "mismatch")
    ((_account, refund),) = stripe.state.of_kind("refund")
    assert refund["amount"] == change.get("amount_total", 9000)
    assert sorted(LedgerEntry.objects.values_list("amount_cents", flat=True)) == entries


def test_a_refund_the_bank_sends_back_is_taken_out_of_the_books(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    payment = begun(booking)
    stripe.pay(payment.remote_ref)
    looking.look_after(payment.uuid, now=timezone.now())
    cancel_booking(booking.uuid, actor=CITIZEN, now=timezone.now())
    settle()
    ((account, refund),) = stripe.state.of_kind("refund")
    stripe.events()
    refunds.answer_refund(stripe.state, account, refund, fails=True)
    for delivery in stripe.deliveries() * 2:
        post(delivery)
    assert Payment.objects.get(kind="refund").state == "failed"
    rows = invoices_of_bookings([booking.id])[booking.id]
    assert sum(row.balance.cents for row in rows) == -refund["amount"]  # owed back, for a person to decide
    assert LedgerEntry.objects.filter(kind="reversal").count() == 1


def test_without_an_answer_the_click_is_told_and_the_same_page_comes_next_time(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    stripe.fail_next(after_work=True)
    with pytest.raises(ProviderUnreachable):
        begun(booking)
    payment = begun(booking)
    assert payment.state == "open"
    assert [one["id"] for _account, one in stripe.state.of_kind("checkout.session")] == [payment.remote_ref]
