"""The treasurer's charts: the sums of months, documents and open items; filters in the address; CSV."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.finance.queries.income_charts import months_of_year, net_by_group, net_by_offer
from booking_core.finance.queries.periods import month_totals
from booking_core.finance.services import ledger
from booking_core.kernel.money import Money
from booking_core.reservations.queries.usage import booked_shares
from tests.factories.bookings import hours
from tests.factories.catalogue import CLERK
from tests.factories.finance import movement
from tests.integration.finance.conftest import Treasury, make_treasury
from tests.web.backoffice.conftest import Office


@pytest.fixture
def treasury(office: Office) -> Treasury:
    return make_treasury()


@pytest.fixture
def treasurer(office: Office) -> Client:
    return office.client("treasurer")


def test_charts_add_up_to_the_months_and_their_documents(treasury: Treasury) -> None:
    """Seen red with cancellations not taken off."""
    today = timezone.localdate()
    first = treasury.invoice(5000, day=1)
    treasury.credit(7000, day=2)
    ledger.record_payment(first.row.uuid, movement(2000), actor=CLERK, now=timezone.now())
    totals = month_totals(today.replace(day=1), today=today)
    charged = sum(one.amount.cents for one in totals.sums if one.kind in {"charge", "cancellation"})
    paid = -sum(one.amount.cents for one in totals.sums if one.kind in {"payment", "refund"})
    assert (charged, paid) == (5000, 9000)
    for measure, cents in (("charged", charged), ("paid", paid)):
        assert sum(row.this_year.cents for row in months_of_year(today.year, measure=measure)) == cents
        assert months_of_year(today.year + 1, measure=measure)[today.month - 1].last_year == Money(cents)
    net = sum(one.net.cents for one in totals.taxes)
    assert net == 5000
    for named in (net_by_group, net_by_offer):
        assert sum(row.net.cents for row in named(today.year)) == net


def test_the_page_shows_what_the_address_asks_for(
    treasurer: Client, office: Office, treasury: Treasury
) -> None:
    treasury.invoice(5000, day=1)
    url, year = reverse("backoffice_charts"), timezone.localdate().year
    page = treasurer.get(url, {"year": year, "measure": "charged", "location": "gibt-es-nicht"})
    assert page.status_code == 200
    assert page.content.decode().count("<svg") > 10
    assert f"{year} wurden 50,00" in page.context["months"].summary
    assert page.context["heat"] is not None
    for part in ("monate", "gruppen", "angebote", "alter", "auslastung"):
        csv = treasurer.get(page.context["csv"][part])
        assert csv["Content-Type"].startswith("text/csv")
        assert len(csv.content.decode().splitlines()) > 1
    assert "5000" not in treasurer.get(page.context["csv"]["monate"]).content.decode()
    assert treasurer.get(reverse("backoffice_chart_csv", args=["nichts"])).status_code == 404
    assert treasurer.get(url, {"year": "x", "measure": "x"}).status_code == 200


def test_hours_are_counted_by_the_towns_clock(treasury: Treasury) -> None:
    """Ten to twelve UTC is twelve to fourteen in September; Seen red with hours counted in UTC."""
    booking = treasury.booking(3)
    day = hours(10, 12, day=3).start.date()
    location = booking.items[0].location_id
    shares = booked_shares(location, first_on=day, last_on=day)
    assert shares == {(day.weekday(), 12): 100, (day.weekday(), 13): 100}
    week = booked_shares(location, first_on=day, last_on=day + timedelta(days=7))
    assert week == {(day.weekday(), 12): 50, (day.weekday(), 13): 50}
