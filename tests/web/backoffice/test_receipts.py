"""Receipts of money that changed hands on site: numbered for good, for payments and deposits, in and out.

Seen red on 1 December 2026: counting only what still stands gives the number of a corrected payment to the next one.
"""

from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.finance.contracts import EntryView
from booking_core.finance.queries.receipts import receipt_of
from booking_core.finance.queries.treasury import money_of_booking
from booking_core.finance.services import deposits, ledger
from booking_core.finance.services.ledger import Movement
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.decide_booking import confirm_booking
from tests.factories.finance import set_up
from tests.web.backoffice.conftest import CONNY, Office


@pytest.fixture
def booking(office: Office) -> BookingView:
    """Ninety euro and a deposit of 180, agreed."""
    set_up(accepts_on_site=True)
    request = office.book(language="en")
    return confirm_booking(request.uuid, actor=CONNY, expected_version=request.version)


@pytest.fixture
def treasurer(office: Office, booking: BookingView) -> Client:
    return office.client("treasurer")


def paid(invoice: object, euros: int, way: str = "cash") -> None:
    movement = Movement(Money(euros * 100), way, timezone.localdate(), uuid4(), text="Schalter 2 🎉")
    ledger.record_payment(invoice, movement, actor=CONNY, now=timezone.now())  # type: ignore[arg-type]  # a uuid


def entries(booking: BookingView, kind: str) -> list[EntryView]:
    return [one for one in money_of_booking(booking.id).entries if one.kind == kind]


def test_each_payment_on_site_has_its_own(treasurer: Client, booking: BookingView) -> None:
    invoice = bill_booking(booking.uuid, actor=CONNY)
    for euros, way in ((40, "cash"), (20, "transfer"), (30, "card")):
        paid(invoice.row.uuid, euros, way)
    page = treasurer.get(reverse("backoffice_invoice", args=[invoice.row.uuid])).content.decode()
    assert page.count("quittung.pdf") == 2
    cash, transfer, card = entries(booking, "payment")
    number = invoice.row.number
    assert [receipt_of(one.uuid).number for one in (cash, card)] == [f"{number}/1", f"{number}/2"]
    with pytest.raises(NotFound):
        receipt_of(transfer.uuid)
    assert treasurer.get(reverse("backoffice_receipt", args=[transfer.uuid])).status_code == 404


def test_it_is_a_page_for_everyone_and_for_keeping(treasurer: Client, booking: BookingView) -> None:
    invoice = bill_booking(booking.uuid, actor=CONNY)
    paid(invoice.row.uuid, 90)
    (entry,) = entries(booking, "payment")
    answer = treasurer.get(reverse("backoffice_receipt", args=[entry.uuid]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert f"{invoice.row.number}-1.pdf" in answer.headers["Content-Disposition"]
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        claims = pdf.Root.Metadata.read_bytes().decode()
        assert str(pdf.Root.Lang) == "en"
    assert "<pdfaid:part>2</pdfaid:part>" in claims
    assert "pdfuaid:part" in claims
    again = treasurer.get(reverse("backoffice_receipt", args=[entry.uuid]))
    assert again.content == answer.content


def test_a_corrected_payment_has_none_and_keeps_its_number(treasurer: Client, booking: BookingView) -> None:
    invoice = bill_booking(booking.uuid, actor=CONNY)
    paid(invoice.row.uuid, 90)
    (wrong,) = entries(booking, "payment")
    ledger.reverse_entry(wrong.uuid, reason="vertippt", actor=CONNY, now=timezone.now())
    paid(invoice.row.uuid, 90)
    right = entries(booking, "payment")[1]
    assert receipt_of(right.uuid).number == f"{invoice.row.number}/2"
    assert treasurer.get(reverse("backoffice_receipt", args=[wrong.uuid])).status_code == 404


def test_a_deposit_in_cash_has_one_each_way(treasurer: Client, booking: BookingView) -> None:
    for record in (deposits.take_deposit, deposits.return_deposit):
        movement = Movement(Money(18_000), "cash", timezone.localdate(), uuid4())
        record(booking.uuid, movement, actor=CONNY, now=timezone.now())
    (came,), (went,) = entries(booking, "deposit_in"), entries(booking, "deposit_out")
    assert (receipt_of(came.uuid).number, receipt_of(went.uuid).number) == (
        f"{booking.number}/K1",
        f"{booking.number}/K2",
    )
    assert (receipt_of(came.uuid).is_income, receipt_of(went.uuid).is_income) == (True, False)
    page = treasurer.get(reverse("backoffice_booking", args=[booking.uuid])).content.decode()
    assert page.count("quittung.pdf") == 2
    assert treasurer.get(reverse("backoffice_receipt", args=[went.uuid])).content.startswith(b"%PDF-")
