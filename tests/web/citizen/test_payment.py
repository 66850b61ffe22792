"""What an own booking says of money, and that nobody else gets at its documents."""

import pytest
from django.test import Client
from django.urls import reverse

from booking_core.finance.contracts import InvoiceView
from booking_core.messaging.booking_links import booking_link
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.decide_booking import confirm_booking
from tests.factories.finance import set_up
from tests.web.backoffice.conftest import CONNY, InTown, Office, office

__all__ = ["office"]


@pytest.fixture
def booking(office: Office) -> BookingView:
    set_up()
    request = office.book()
    return confirm_booking(request.uuid, actor=CONNY, expected_version=request.version)


@pytest.fixture
def invoice(booking: BookingView) -> InvoiceView:
    return bill_booking(booking.uuid, actor=CONNY)


@pytest.fixture
def owner(office: Office, booking: BookingView) -> Client:
    """Who came by the link of the mail."""
    client = InTown(office.town)
    client.get("/" + booking_link(booking.uuid).split("/", 3)[3])
    return client


def test_the_page_says_what_to_pay_and_how(owner: Client, booking: BookingView, invoice: InvoiceView) -> None:
    page = owner.get(reverse("own_booking", args=[booking.uuid])).content.decode()
    assert "Bitte zahlen Sie 90,00" in page
    assert "DE02 1203 0000 0000 2020 51" in page
    assert invoice.row.reference in page
    code = owner.get(reverse("booking_girocode", args=[booking.uuid, invoice.row.uuid]))
    assert code["Content-Type"] == "image/svg+xml"
    pdf = owner.get(reverse("booking_invoice", args=[booking.uuid, invoice.row.uuid]))
    assert pdf.content.startswith(b"%PDF-")


def test_without_an_invoice_nothing_is_said(owner: Client, booking: BookingView) -> None:
    assert 'id="zahlung"' not in owner.get(reverse("own_booking", args=[booking.uuid])).content.decode()


def test_strangers_and_other_bookings_get_nothing(
    office: Office, owner: Client, booking: BookingView, invoice: InvoiceView
) -> None:
    stranger = InTown(office.town)
    names = ("booking_invoice", "booking_girocode")
    for name in names:
        assert stranger.get(reverse(name, args=[booking.uuid, invoice.row.uuid])).status_code == 404
    other = office.book(days=3)
    owner.get("/" + booking_link(other.uuid).split("/", 3)[3])
    for name in names:
        assert owner.get(reverse(name, args=[other.uuid, invoice.row.uuid])).status_code == 404
