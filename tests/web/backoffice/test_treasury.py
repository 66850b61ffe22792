"""The treasury's pages: set up, bill, record, remind, cancel, deposits, files; what is typed is never lost."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.finance.queries.invoices import invoices_of_bookings
from booking_core.finance.queries.profile import finance_profile
from booking_core.kernel.money import Money
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking, BookingItem
from booking_core.workflows.decide_booking import confirm_booking
from tests.web.backoffice.conftest import CONNY, Office

PROFILE = {
    "creditor_name": "Gemeinde Musterstadt", "accepts_transfer": "on", "iban": "DE02120300000000202051", "bic": "",
    "payment_days": "14", "invoice_moment": "manual", "number_prefix": "R", "reference_scheme": "rf",
    "reference_prefix": "BK", "status": "not_taxable", "exemption": "4_12a", "days_1": "7", "fee_1": "5,00",
}  # fmt: skip


@pytest.fixture
def treasurer(office: Office) -> Client:
    """The treasurer, with the town's account entered."""
    client = office.client("treasurer")
    answer = client.post(reverse("backoffice_money_settings"), PROFILE)
    assert answer.status_code == 302, answer.context["form"].errors
    return client


@pytest.fixture
def booking(office: Office) -> BookingView:
    request = office.book()
    return confirm_booking(request.uuid, actor=CONNY, expected_version=request.version)


def billed(client: Client, booking: BookingView) -> str:
    """The address of the booking's invoice, written through the page."""
    url = reverse("backoffice_booking_bill", args=[booking.uuid])
    answer = client.post(url, {"zeilen-TOTAL_FORMS": "3", "zeilen-INITIAL_FORMS": "0"})
    assert answer.status_code == 302, answer.content.decode()
    (row,) = invoices_of_bookings([booking.id])[booking.id]
    return reverse("backoffice_invoice", args=[row.uuid])


def step(url: str, name: str) -> str:
    return f"{url}{name}/"


def movement(amount: str, **more: str) -> dict[str, Any]:
    return {
        "key": uuid4(),
        "amount": amount,
        "valued_on": timezone.localdate().isoformat(),
        "way": "transfer",
        **more,
    }


def test_the_account_is_checked_and_nothing_typed_is_lost(office: Office) -> None:
    client = office.client("treasurer")
    answer = client.post(
        reverse("backoffice_money_settings"),
        {**PROFILE, "iban": "DE02120300000000202052", "closing_text": "Danke!"},
    )
    assert answer.status_code == 422
    assert "Diese IBAN stimmt nicht" in answer.content.decode()
    assert "Danke!" in answer.content.decode()
    assert finance_profile() is None


def test_a_saved_account_is_shown_again(treasurer: Client) -> None:
    found = finance_profile()
    assert found is not None
    assert (found.bic, found.reminder_steps[0].fee) == ("BYLADEM1001", Money(500))
    page = treasurer.get(reverse("backoffice_money_settings")).content.decode()
    assert 'value="DE02120300000000202051"' in page
    assert 'value="5,00"' in page


def test_from_booking_to_paid_invoice(treasurer: Client, booking: BookingView) -> None:
    url = billed(treasurer, booking)
    page = treasurer.get(url).content.decode()
    assert "Offen: 90,00" in page
    assert OutboxMessage.objects.filter(kind="invoice_issued").count() == 1
    answer = treasurer.post(step(url, "zahlung"), movement("90,00"))
    assert answer.status_code == 302
    assert "bezahlt" in treasurer.get(url).content.decode()
    assert treasurer.get(f"{url}rechnung.pdf").content.startswith(b"%PDF-")
    assert b"CrossIndustryInvoice" in treasurer.get(f"{url}rechnung.xml").content


def test_lines_by_hand_need_words_and_an_amount(treasurer: Client, booking: BookingView) -> None:
    url = reverse("backoffice_booking_bill", args=[booking.uuid])
    lines = {
        "zeilen-TOTAL_FORMS": "3",
        "zeilen-INITIAL_FORMS": "0",
        "zeilen-0-label": "Fenster",
        "zeilen-0-amount": "",
    }
    answer = treasurer.post(url, lines)
    assert answer.status_code == 422
    assert "Hier fehlt der Betrag." in answer.content.decode()
    answer = treasurer.post(url, {**lines, "zeilen-0-amount": "45,50"})
    assert answer.status_code == 302
    (row,) = invoices_of_bookings([booking.id])[booking.id]
    assert row.gross == Money(13550)


@pytest.mark.parametrize("amount", ["", "viel", "-5,00", "1e9", "1,234", "0,00", "99999999999999"])
def test_odd_amounts_get_a_sentence(treasurer: Client, booking: BookingView, amount: str) -> None:
    url = billed(treasurer, booking)
    answer = treasurer.post(step(url, "zahlung"), movement(amount, text="Kontoauszug 12"))
    assert answer.status_code == 422
    assert answer.context["form"].errors["amount"]
    assert "Kontoauszug 12" in answer.content.decode()


def test_cancelling_needs_a_reason_and_shows_both_documents(treasurer: Client, booking: BookingView) -> None:
    url = billed(treasurer, booking)
    assert treasurer.post(step(url, "stornieren"), {"text": " "}).status_code == 422
    assert treasurer.post(step(url, "stornieren"), {"text": "Falscher Betrag"}).status_code == 302
    assert "ist storniert" in treasurer.get(url).content.decode()
    listing = treasurer.get(reverse("backoffice_invoices")).content.decode()
    assert listing.count("R-") >= 2


def test_reminding_too_early_says_why(treasurer: Client, booking: BookingView) -> None:
    answer = treasurer.post(step(billed(treasurer, booking), "mahnen"))
    assert answer.status_code == 409
    assert "Frist" in answer.content.decode()


def test_a_deposit_from_the_booking_page(treasurer: Client, booking: BookingView) -> None:
    page = reverse("backoffice_booking", args=[booking.uuid])
    assert "Kaution erhalten" in treasurer.get(page).content.decode()
    url = reverse("backoffice_booking_deposit", args=[booking.uuid, "erhalten"])
    assert treasurer.post(url, movement("180,00")).status_code == 302
    assert "Kaution zurückzahlen" in treasurer.get(page).content.decode()
    assert booking.number in treasurer.get(f"{reverse('backoffice_deposits')}?liste=held").content.decode()


def test_the_ledger_as_a_file(treasurer: Client, booking: BookingView) -> None:
    url = billed(treasurer, booking)
    treasurer.post(step(url, "zahlung"), movement("90,00", text='=HYPERLINK("x")'))
    text = treasurer.get(reverse("backoffice_journal_csv")).content.decode()
    assert ";-90,00;" in text
    assert "'=HYPERLINK" in text


def test_unknown_steps_and_strange_filters(treasurer: Client, booking: BookingView) -> None:
    url = billed(treasurer, booking)
    assert treasurer.get(step(url, "gibt-es-nicht")).status_code == 404
    for query in ("?state=zzz", "?first_on=31.2.", "?page=-1", f"?q={'x' * 5000}"):
        assert treasurer.get(reverse("backoffice_invoices") + query).status_code == 200, query


def test_who_may_only_look_records_nothing(office: Office, treasurer: Client, booking: BookingView) -> None:
    url = billed(treasurer, booking)
    reader = office.client("reader")
    assert reader.get(url).status_code == 200
    assert reader.post(step(url, "zahlung"), movement("90,00")).status_code == 403
    assert reader.post(step(url, "stornieren"), {"text": "x"}).status_code == 403
    assert office.client("clerk").post(step(url, "zahlung"), movement("90,00")).status_code == 403


def test_members_of_one_place_do_not_see_the_whole_treasury(office: Office) -> None:
    client = office.client("treasurer", location_ids=(office.saal.location.id,))
    assert client.get(reverse("backoffice_treasury")).status_code == 403
    assert client.get(reverse("backoffice_journal_csv")).status_code == 403


def test_a_collective_invoice_from_party_to_paper(
    office: Office, treasurer: Client, booking: BookingView
) -> None:
    rhythm = reverse("backoffice_party_billing", args=[booking.party_uuid])
    assert treasurer.post(rhythm, {"rhythm": "weekly"}).status_code == 422
    assert treasurer.post(rhythm, {"rhythm": "month"}).status_code == 302
    assert (
        "monatlich" in treasurer.get(reverse("backoffice_party", args=[booking.party_uuid])).content.decode()
    )
    Booking.objects.filter(pk=booking.id).update(deposit_cents=0)
    BookingItem.objects.filter(booking_id=booking.id).update(
        span=(datetime(2026, 10, 3, tzinfo=UTC), datetime(2026, 10, 4, tzinfo=UTC))
    )
    page = treasurer.get(reverse("backoffice_collective")).content.decode()
    assert "Erika Mustermann" in page
    url = reverse("backoffice_collective_bill", args=[booking.party_uuid])
    preview = treasurer.get(url + "?until_on=2026-10-31")
    assert "90,00" in preview.content.decode()
    changed = treasurer.post(url, {"until_on": "2026-10-31", "expected_cents": "1"})
    assert changed.status_code == 409
    assert "Vorschau" in changed.content.decode()
    reader = office.client("reader")
    assert reader.post(url, {"until_on": "2026-10-31", "expected_cents": "9000"}).status_code == 403
    answer = treasurer.post(url, {"until_on": "2026-10-31", "expected_cents": "9000"})
    assert answer.status_code == 302
    (row,) = invoices_of_bookings([booking.id])[booking.id]
    assert row.gross == Money(9000)
    assert "nichts zu berechnen" in treasurer.get(url + "?until_on=2026-10-31").content.decode()
    for strange in ("?until_on=31.2.", "?until_on=2099-01-01", "?until_on="):
        assert treasurer.get(url + strange).status_code in {200, 409}, strange
