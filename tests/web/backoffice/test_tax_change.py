"""The town's tax status changes on a day: seen before it is decided, by the day of use, invoices stay as they are.

Seen red on 1 December 2026: without the look at what was seen, the first click decides.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking_core.engines.tax import TaxPeriod, TaxStatus
from booking_core.finance.queries.profile import required_profile
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.decide_booking import confirm_booking
from tests.factories.finance import set_up
from tests.web.backoffice.conftest import CONNY, Office

REGULAR = TaxPeriod(date(2020, 1, 1), TaxStatus.REGULAR)


@pytest.fixture
def booking(office: Office) -> BookingView:
    """Ninety euro, agreed."""
    set_up()
    request = office.book()
    return confirm_booking(request.uuid, actor=CONNY, expected_version=request.version)


@pytest.fixture
def client(office: Office, booking: BookingView) -> Client:
    return office.client("treasurer")


def answers(booking: BookingView, status: str, **more: str) -> dict[str, str]:
    day = booking.end.date() - timedelta(days=1)
    return {"from_on": day.isoformat(), "status": status, "exemption": "4_12a", **more}


def look(client: Client, data: dict[str, str]) -> Any:
    answer = client.post(reverse("backoffice_tax"), data)
    assert answer.status_code == 200, answer
    return answer


def decide(client: Client, data: dict[str, str]) -> None:
    seen = look(client, data).context["form"].data["seen"]
    assert client.post(reverse("backoffice_tax"), {**data, "seen": seen}).status_code == 302


def with_tax(booking: BookingView, mode: str = "included") -> None:
    """The ordinance the booking was priced by names 19 %."""
    quote = Booking.objects.values_list("quote", flat=True).get(pk=booking.id)
    assert isinstance(quote, dict)
    lines = [{**line, "tax_mode": mode, "tax_percent": "19"} for line in quote["lines"]]
    Booking.objects.filter(pk=booking.id).update(quote={**quote, "lines": lines})


def test_a_change_is_seen_before_it_is_decided(client: Client, booking: BookingView) -> None:
    data = answers(booking, "regular")
    page = look(client, data)
    assert booking.number in page.content.decode()
    assert "Auf keiner Buchung stünde Umsatzsteuer" in page.content.decode()
    assert "aber aus anderem Grund" in page.content.decode()
    assert len(required_profile().tax_periods) == 1
    decide(client, data)
    assert [one.status.value for one in required_profile().tax_periods] == ["not_taxable", "regular"]
    client.post(reverse("backoffice_tax_drop"))
    assert [one.status.value for one in required_profile().tax_periods] == ["not_taxable"]


def test_another_day_than_the_one_seen_is_shown_first(client: Client, booking: BookingView) -> None:
    data = answers(booking, "regular")
    seen = look(client, data).context["form"].data["seen"]
    look(client, {**data, "from_on": "2099-01-01", "seen": seen})
    assert len(required_profile().tax_periods) == 1


def test_tax_inside_the_price_can_no_longer_be_shown_unless_the_price_stays(
    client: Client, booking: BookingView
) -> None:
    set_up(tax_periods=(REGULAR,))
    with_tax(booking)
    page = look(client, answers(booking, "not_taxable")).content.decode()
    assert "ließe sich nicht mehr berechnen" in page
    assert "14,37" in page  # 90 euro with 19 % inside
    data = answers(booking, "not_taxable", keeps_prices="on")
    assert "ließe sich nicht mehr berechnen" not in look(client, data).content.decode()
    decide(client, data)
    invoice = bill_booking(booking.uuid, actor=CONNY)
    assert (invoice.row.gross, invoice.paper.tax_cents) == (booking.total, 0)


def test_invoices_that_name_the_tax_of_before_are_named(client: Client, booking: BookingView) -> None:
    invoice = bill_booking(booking.uuid, actor=CONNY)
    page = look(client, answers(booking, "small_business")).content.decode()
    assert invoice.row.number in page
    assert "nennt schon die bisherige Steuer" in page


def test_what_is_used_before_the_day_stays(client: Client, booking: BookingView) -> None:
    later = (booking.end.date() + timedelta(days=1)).isoformat()
    page = look(client, {**answers(booking, "regular"), "from_on": later}).content.decode()
    assert booking.number not in page
    assert "0 Buchungen" in page


def test_many_bookings_take_no_more_statements(client: Client, booking: BookingView, office: Office) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            look(client, answers(booking, "regular"))
        return len(seen)

    look(client, answers(booking, "regular"))  # what is kept between requests is there now
    alone = statements()
    second = office.book(days=7)
    confirm_booking(second.uuid, actor=CONNY, expected_version=second.version)
    assert statements() <= alone


def test_a_missing_day_is_named_and_nothing_is_lost(client: Client) -> None:
    answer = client.post(reverse("backoffice_tax"), {"from_on": "", "status": "regular", "exemption": "4_20"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["from_on"]
    assert answer.context["form"]["exemption"].value() == "4_20"


def test_without_an_account_the_town_is_set_up_first(office: Office) -> None:
    answer = office.client("treasurer").get(reverse("backoffice_tax"))
    assert answer.headers["Location"] == reverse("backoffice_money_settings")
