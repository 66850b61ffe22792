"""Money around and after the deadline of a booking that is paid first: confirmed, won back, or sent back.

Not here: messages in any order and crashes (``test_payments_never_twice``).
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from booking_core.finance.errors import TaxContradiction
from booking_core.finance.models import LedgerEntry, Payment
from booking_core.finance.queries.invoices import invoices_of_bookings
from booking_core.kernel.money import Money
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.payments import outcomes, reconciling
from tenants.models import Tenant
from tests.integration.workflows.conftest import House, mails, place
from tests.integration.workflows.payments_town import (
    begun,
    connect_town,
    fresh,
    post,
    settle,
    waiting_booking,
)
from tests.stripe_stand_in import Stripe, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_paid_around_the_deadline_means_confirmed_or_given_back(
    stripe: Stripe, town: Tenant, house: House, seconds: int
) -> None:
    """The page closes at T; the time is kept ten minutes longer. At T somebody pays, and the sweep runs."""
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    payment = begun(booking)
    assert payment.expires_at is not None
    closes_in = int((payment.expires_at - timezone.now()).total_seconds())
    stripe.state.offset = closes_in + seconds
    _account, session = stripe.session(payment.remote_ref)
    if session["expires_at"] > stripe.state.now():  # Stripe's page takes nothing once its time is over
        stripe.pay(payment.remote_ref)
    settle(later=60 * 60)
    found = booking_by_uuid(booking.uuid)
    if stripe.state.of_kind("payment_intent"):
        assert (found.state, fresh(payment).state) == ("confirmed", "paid")
    else:
        assert (found.is_lapsed, fresh(payment).state) == (True, "expired")


def test_money_that_comes_after_the_time_was_sold_goes_back(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    payment = begun(booking)
    _lapse_behind_stripes_back(booking.uuid)
    other = place(house.wish(), now=timezone.now())  # somebody else has the hall now
    stripe.pay(payment.remote_ref)
    deliveries = stripe.deliveries()
    for delivery in (*deliveries, *deliveries):
        assert post(delivery) == 200
    settle()
    settle()
    assert booking_by_uuid(booking.uuid).state == "cancelled"
    assert booking_by_uuid(other.uuid).is_open
    (refund,) = Payment.objects.filter(kind="refund")
    assert (refund.state, refund.trouble, refund.amount_cents) == ("paid", "late", 9000)
    assert [one["amount"] for _account, one in stripe.state.of_kind("refund")] == [9000]
    cleared = LedgerEntry.objects.filter(account="clearing")
    assert sorted(cleared.values_list("amount_cents", flat=True)) == [-9000, 9000]
    assert "payment_returned" in [kind for kind, _to in mails()]


def test_money_that_comes_late_wins_a_free_time_back(stripe: Stripe, town: Tenant, house: House) -> None:
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    payment = begun(booking)
    _lapse_behind_stripes_back(booking.uuid)
    stripe.pay(payment.remote_ref)
    for delivery in stripe.deliveries():
        post(delivery)
    assert booking_by_uuid(booking.uuid).state == "confirmed"
    assert not Payment.objects.filter(kind="refund").exists()
    (invoice,) = invoices_of_bookings([booking.id])[booking.id]
    assert invoice.balance == Money(0)


def _lapse_behind_stripes_back(booking: object) -> None:
    """The worst case: the time was given up although the page could not be closed."""
    late = timezone.now() + timedelta(hours=2)
    assert reconciling._lapse(booking, now=late)  # type: ignore[arg-type]


def test_the_time_is_not_given_up_while_nobody_knows_whether_it_was_paid(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    payment = begun(booking)
    stripe.pay(payment.remote_ref)
    stripe.server.failures += ["before"] * 4  # Stripe is out of reach
    settle(later=45 * 60)
    assert booking_by_uuid(booking.uuid).waits_for_payment
    stripe.server.failures.clear()
    settle(later=46 * 60)
    assert booking_by_uuid(booking.uuid).state == "confirmed" and fresh(payment).state == "paid"


def test_money_that_cannot_be_billed_goes_back_and_keeps_nobody_waiting(
    stripe: Stripe, town: Tenant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither confirmed without an invoice, nor kept without a booking."""
    connect_town(stripe, pays_first=True)
    booking = waiting_booking(town, house)
    payment = begun(booking)
    stripe.pay(payment.remote_ref)

    def refuse(*_args: object, **_named: object) -> None:
        raise TaxContradiction("the ordinance charges tax, the town may not")

    with monkeypatch.context() as broken:
        broken.setattr(outcomes, "ensure_bill", refuse)
        settle(later=180)
    settle(later=180)
    assert booking_by_uuid(booking.uuid).waits_for_payment
    assert (fresh(payment).trouble, Payment.objects.get(kind="refund").state) == ("closed", "paid")
