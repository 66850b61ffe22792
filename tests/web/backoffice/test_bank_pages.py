"""The treasury's pages for the bank and the months: who may, what is asked, what stays typed."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.finance.models import BankOrder, FinanceProfile
from booking_core.finance.queries.bank_orders import bank_runs
from booking_core.finance.queries.invoices import invoices_of_bookings
from booking_core.finance.services import ledger
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.billing import bill_booking, cancel_invoice
from booking_core.workflows.decide_booking import confirm_booking
from tests.factories.finance import movement, set_up
from tests.web.backoffice.conftest import CONNY, Office

IBAN = "DE89370400440532013000"
REFUND = {"amount": "90,00", "holder": "Erika Mustermann", "iban": IBAN, "bic": "", "reason": "Storno"}


@pytest.fixture
def booking(office: Office) -> BookingView:
    """A paid and cancelled invoice of 90 euro; refunds above 50 need a second person."""
    set_up(second_person_from=Money(5000), creditor_id="DE98ZZZ09999999999")
    request = office.book()
    booking = confirm_booking(request.uuid, actor=CONNY, expected_version=request.version)
    invoice = bill_booking(booking.uuid, actor=CONNY)
    ledger.record_payment(invoice.row.uuid, movement(9000), actor=CONNY, now=timezone.now())
    cancel_invoice(invoice.row.uuid, reason="Doppelt", actor=CONNY)
    return booking


def owed(booking: BookingView) -> UUID:
    return invoices_of_bookings([booking.id])[booking.id][-1].uuid


def test_a_refund_from_page_to_page(office: Office, booking: BookingView) -> None:
    kim, chef = office.client("treasurer"), office.client("administrator")
    url = reverse("backoffice_refund_prepare", args=["guthaben", owed(booking)])
    assert "Vorbereiten" in kim.get(reverse("backoffice_refunds")).content.decode()
    answer = kim.post(url, {**REFUND, "iban": "DE00"})
    assert answer.status_code == 422
    assert "Diese IBAN stimmt nicht" in answer.content.decode()
    assert "Storno" in answer.content.decode()
    assert kim.post(url, REFUND).status_code == 302
    order = BankOrder.objects.get()
    answer = kim.post(reverse("backoffice_refunds"), {"run_on": "gestern"})
    assert answer.status_code == 422
    answer = kim.post(
        reverse("backoffice_refunds"),
        {"chosen": [str(order.uuid)], "run_on": timezone.localdate().isoformat()},
    )
    (run,) = bank_runs()
    page, xml = (
        reverse(name, args=[run.uuid]) for name in ("backoffice_bank_file", "backoffice_bank_file_xml")
    )
    assert answer["Location"] == page
    assert "Eine zweite Person muss" in kim.get(page).content.decode()
    assert kim.get(xml).status_code == 409
    assert kim.post(f"{page}freigeben/").status_code == 409
    assert "wartet auf Freigabe" in chef.get(reverse("backoffice_refunds")).content.decode()
    assert chef.post(f"{page}freigeben/").status_code == 302
    first = kim.get(xml)
    assert first.status_code == 200
    assert b"pain.001.001.09" in first.content
    assert kim.post(f"{page}ausgefuehrt/").status_code == 302
    assert kim.get(xml).content == first.content
    assert "Es ist nichts zu erstatten" in kim.get(reverse("backoffice_refunds")).content.decode()
    assert kim.get(reverse("backoffice_bank_files") + "?liste=executed").content.decode().count("90,00") == 1


def test_orders_and_files_are_given_up_with_a_reason(office: Office, booking: BookingView) -> None:
    kim = office.client("treasurer")
    kim.post(reverse("backoffice_refund_prepare", args=["guthaben", owed(booking)]), REFUND)
    withdraw = reverse("backoffice_order_withdraw", args=[BankOrder.objects.get().uuid])
    assert kim.post(withdraw, {"text": ""}).status_code == 422
    assert kim.post(withdraw, {"text": "falsches Konto"}).status_code == 302
    assert kim.get(reverse("backoffice_refund_prepare", args=["anders", owed(booking)])).status_code == 404


def test_who_only_looks_changes_nothing(office: Office, booking: BookingView) -> None:
    reader, clerk = office.client("reader"), office.client("clerk")
    for client in (reader, clerk):
        assert client.get(reverse("backoffice_refunds")).status_code == 200
        assert client.post(reverse("backoffice_refunds"), {}).status_code == 403
        prepare = reverse("backoffice_refund_prepare", args=["guthaben", owed(booking)])
        assert client.post(prepare, REFUND).status_code == 403
        assert client.post(reverse("backoffice_month_close", args=["2026-01"])).status_code == 403
    assert not BankOrder.objects.exists()


def test_a_mandate_and_its_debit(office: Office, booking: BookingView) -> None:
    kim = office.client("treasurer")
    url = reverse("backoffice_party_mandate", args=[booking.party_uuid])
    mandate = {"reference": "M-1", "signed_on": "2026-03-01", "kind": "CORE", "holder": "Erika", "iban": IBAN}
    assert kim.post(url, {**mandate, "reference": "Ümlaut"}).status_code == 422
    assert kim.post(url, {**mandate, "iban": "DE1"}).status_code == 422
    assert kim.post(url, mandate).status_code == 302
    party = reverse("backoffice_party", args=[booking.party_uuid])
    assert "M-1" in kim.get(party).content.decode()
    assert "M-1" not in office.client("reader").get(party).content.decode()
    assert "Nichts einzuziehen" in kim.get(reverse("backoffice_debits")).content.decode()
    invoice = bill_booking(booking.uuid, actor=CONNY)
    ledger.record_payment(invoice.row.uuid, movement(1), actor=CONNY, now=timezone.now())
    page = kim.get(reverse("backoffice_debits")).content.decode()
    assert invoice.row.number not in page, "what was paid before counts: nothing is open"
    assert (
        kim.post(
            reverse("backoffice_party_mandate_end", args=[booking.party_uuid]), {"text": "Widerruf"}
        ).status_code
        == 302
    )


def test_a_month_is_closed_and_opened_again(treasurer_of_march: Client) -> None:
    client = treasurer_of_march
    page = reverse("backoffice_month", args=["2026-03"])
    assert "Monat abschließen" in client.get(page).content.decode()
    assert client.post(reverse("backoffice_month_close", args=["2026-03"])).status_code == 302
    assert "Abgeschlossen" in client.get(page).content.decode()
    assert client.post(reverse("backoffice_month_close", args=["2026-03"])).status_code == 409
    reopen = reverse("backoffice_month_reopen", args=["2026-03"])
    assert client.post(reopen, {"text": " "}).status_code == 422
    assert client.post(reopen, {"text": "Beleg vergessen"}).status_code == 302
    assert FinanceProfile.objects.get().closed_until == date(2026, 2, 28)
    this_month = f"{timezone.localdate():%Y-%m}"
    assert client.post(reverse("backoffice_month_close", args=[this_month])).status_code == 409
    for strange in ("2026-13", "märz", "20260-1"):
        assert client.get(f"/verwaltung/kasse/monate/{strange}/").status_code == 404


@pytest.fixture
def treasurer_of_march(office: Office) -> Client:
    set_up()
    return office.client("treasurer")


def test_a_payment_in_a_closed_month_gets_a_sentence_at_the_day(office: Office, booking: BookingView) -> None:
    client = office.client("treasurer")
    invoice = bill_booking(booking.uuid, actor=CONNY)
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    client.post(reverse("backoffice_month_close", args=[f"{last:%Y-%m}"]))
    url = reverse("backoffice_invoice_step", args=[invoice.row.uuid, "zahlung"])
    typed = {"key": "6d7a1d0e-0000-4000-8000-000000000001", "amount": "1,00", "valued_on": last.isoformat(),
             "way": "cash", "text": "Quittung 7"}  # fmt: skip
    answer = client.post(url, typed)
    assert answer.status_code == 422
    assert "abgeschlossen" in str(answer.context["form"].errors["valued_on"])
    assert "Quittung 7" in answer.content.decode()
