"""Paying online in the usual ways: invoice, booking that becomes firm, second click, debit, cancelled with refund.

Not here: crashes, disorder and races (``test_payments_never_twice``), deposits (``test_payments_deposits``).
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from booking_core.engines.ordinance import quote_from_data, quote_to_data
from booking_core.finance.errors import NothingToPay, PaymentUnderway
from booking_core.finance.models import LedgerEntry, Payment
from booking_core.finance.queries.invoices import invoices_of_bookings
from booking_core.kernel.money import Money
from booking_core.reservations.models import Booking
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.billing import keep_bill_right
from booking_core.workflows.cancel_booking import cancel_booking
from tenants.models import Tenant
from tests.integration.workflows.conftest import CITIZEN, CLERK, House, mails
from tests.integration.workflows.payments_town import (
    begun,
    billed_booking,
    connect_town,
    fresh,
    post,
    settle,
    waiting_booking,
)
from tests.stripe_stand_in import Stripe, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]


def test_an_invoice_is_paid_by_card(stripe: Stripe, town: Tenant, house: House) -> None:
    account = connect_town(stripe)
    booking = billed_booking(house)
    payment = begun(booking)
    assert payment.state == "open" and payment.pay_url.startswith(stripe.state.base)
    assert stripe.session(payment.remote_ref)[0] == account
    stripe.pay(payment.remote_ref)
    assert [post(one) for one in stripe.deliveries()] == [200, 200]
    assert (fresh(payment).state, fresh(payment).moved) == ("paid", Money(9000))
    (invoice,) = invoices_of_bookings([booking.id])[booking.id]
    assert (invoice.balance, invoice.state) == (Money(0), "paid")
    entry = LedgerEntry.objects.get(kind="payment")
    assert (entry.key, entry.way, entry.text) == (payment.uuid, "online", "Karte ••4242")
    assert mails()[-1] == ("payment_received", "erika@example.org")


def test_a_booking_becomes_firm_with_its_payment(stripe: Stripe, town: Tenant, house: House) -> None:
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    assert mails() == [("payment_wanted", "erika@example.org")]
    payment = begun(booking)
    stripe.pay(payment.remote_ref)
    for delivery in stripe.deliveries():
        post(delivery)
    found = booking_by_uuid(booking.uuid)
    assert (found.state, found.pay_by) == ("confirmed", None)
    (invoice,) = invoices_of_bookings([booking.id])[booking.id]
    assert (invoice.gross, invoice.balance) == (Money(9000), Money(0))
    assert [kind for kind, _to in mails()] == ["payment_wanted", "booking_confirmed", "invoice_issued"]


def test_a_second_click_leads_to_the_same_page(stripe: Stripe, town: Tenant, house: House) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    assert begun(booking).uuid == begun(booking).uuid
    assert len(stripe.state.of_kind("checkout.session")) == 1


def test_another_sum_closes_the_old_page_first(stripe: Stripe, town: Tenant, house: House) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    old = begun(booking)
    Payment.objects.filter(uuid=old.uuid).update(amount_cents=8000)
    new = begun(booking)
    assert new.uuid != old.uuid and fresh(old).state == "expired"
    assert stripe.session(old.remote_ref)[1]["status"] == "expired"


def test_a_debit_takes_days_and_may_come_back(stripe: Stripe, town: Tenant, house: House) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    payment = begun(booking)
    stripe.pay(payment.remote_ref, method="sepa_debit", fails=True)
    for delivery in stripe.deliveries():
        post(delivery)
    assert fresh(payment).state == "processing" and not LedgerEntry.objects.filter(kind="payment")
    with pytest.raises(PaymentUnderway):
        begun(booking)
    stripe.advance(10)
    for delivery in stripe.deliveries():
        post(delivery)
    assert fresh(payment).state == "failed" and mails()[-1][0] == "payment_failed"
    assert begun(booking).state == "open"


def test_cancelling_sends_back_by_itself_what_was_paid_online(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    payment = begun(booking)
    stripe.pay(payment.remote_ref)
    for delivery in stripe.deliveries():
        post(delivery)
    cancel_booking(booking.uuid, actor=CITIZEN, now=timezone.now())
    refund = Payment.objects.get(kind="refund")
    assert (refund.state, refund.parent.uuid) == ("started", payment.uuid)  # committed before the call
    settle()
    refund.refresh_from_db()
    assert refund.state == "paid"
    rows = invoices_of_bookings([booking.id])[booking.id]
    owed = booking_by_uuid(booking.uuid).cancellation_fee or Money(0)
    assert refund.amount_cents == 9000 - owed.cents
    assert {row.balance.cents for row in rows} == {0}
    assert mails()[-1][0] == "refund_sent"
    settle()
    assert Payment.objects.filter(kind="refund").count() == 1


def test_what_is_not_owed_cannot_be_paid(stripe: Stripe, town: Tenant, house: House) -> None:
    connect_town(stripe)
    booking = billed_booking(house)
    with pytest.raises(NothingToPay):
        begun(booking, "deposit")  # the town takes no deposits online
    cancel_booking(booking.uuid, actor=CLERK, now=timezone.now())
    with pytest.raises(NothingToPay):
        begun(booking)


def test_what_nobody_paid_is_given_up_after_its_page_was_closed(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    payment = begun(booking)
    settle(later=39 * 60)  # its page closed by then, the time is kept for ten minutes more
    assert booking_by_uuid(booking.uuid).waits_for_payment
    settle(later=42 * 60)
    assert stripe.session(payment.remote_ref)[1]["status"] == "expired"
    assert booking_by_uuid(booking.uuid).is_lapsed and mails()[-1][0] == "booking_lapsed"
    assert waiting_booking(town, house).waits_for_payment  # the time is free again


def test_time_to_pay_is_not_stretched_for_ever(stripe: Stripe, town: Tenant, house: House) -> None:
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    with pytest.raises(NothingToPay):
        begun(booking, now=timezone.now() + timedelta(hours=3))


def test_a_price_that_falls_twice_sends_back_each_difference_once(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    """The second change comes while the first refund is still on its way: its credit has moved to another invoice."""
    connect_town(stripe)
    booking = billed_booking(house)
    payment = begun(booking)
    stripe.pay(payment.remote_ref)
    for delivery in stripe.deliveries():
        post(delivery)
    for cents in (8000, 7000):
        quote = quote_from_data(booking.quote)
        line = replace(quote.lines[0], amount=Money(cents), unit_price=Money(cents).euros)
        cheaper = quote_to_data(replace(quote, lines=(line,), total=Money(cents)))
        Booking.objects.filter(pk=booking.id).update(total_cents=cents, quote=cheaper)
        keep_bill_right(booking_by_uuid(booking.uuid), actor=CLERK, now=timezone.now())
    refunds = Payment.objects.filter(kind="refund").order_by("id")
    assert [row.amount_cents for row in refunds] == [1000, 1000]
    settle()
    assert {row.state for row in refunds.all()} == {"paid"}
    assert sum(row.balance.cents for row in invoices_of_bookings([booking.id])[booking.id]) == 0
