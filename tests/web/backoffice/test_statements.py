"""Bank statements through the page: load, assign, lay aside; the same file twice, broken files, unknown columns."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.models import LedgerEntry, StatementLine
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.decide_booking import confirm_booking
from tests.factories.finance import set_up
from tests.web.backoffice.conftest import CONNY, Office

URL = "/verwaltung/kasse/kontoauszuege/"
HEAD = "Buchungstag;Name Zahlungsbeteiligter;Verwendungszweck;Betrag\n"


@pytest.fixture
def treasurer(office: Office) -> Client:
    set_up()
    return office.client("treasurer")


@pytest.fixture
def invoice(office: Office, treasurer: Client) -> InvoiceView:
    request = office.book()
    booking = confirm_booking(request.uuid, actor=CONNY, expected_version=request.version)
    return bill_booking(booking.uuid, actor=CONNY)


def load(client: Client, text: str | bytes, name: str = "umsatz.csv") -> object:
    content = text.encode() if isinstance(text, str) else text
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def payment(invoice: InvoiceView, amount: str = "90,00") -> str:
    return f"{HEAD}20.11.2026;Erika Mustermann;{invoice.row.reference};{amount}\n"


def test_a_payment_finds_its_invoice_by_one_click(treasurer: Client, invoice: InvoiceView) -> None:
    assert load(treasurer, payment(invoice)).status_code == 302
    page = treasurer.get(URL).content.decode()
    assert "Der Verwendungszweck nennt diese Rechnung." in page
    treasurer.post(f"{URL}sichere/")
    assert invoice_by_uuid(invoice.row.uuid).row.state == "paid"
    assert invoice.row.number in treasurer.get(f"{URL}?liste=assigned").content.decode()


def test_the_same_file_twice_pays_once(treasurer: Client, invoice: InvoiceView) -> None:
    for _ in range(2):
        load(treasurer, payment(invoice))
        treasurer.post(f"{URL}sichere/")
    assert StatementLine.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="payment").count() == 1


def test_a_part_payment_waits_for_a_person(treasurer: Client, invoice: InvoiceView) -> None:
    load(treasurer, payment(invoice, "40,00"))
    treasurer.post(f"{URL}sichere/")
    assert invoice_by_uuid(invoice.row.uuid).row.state == "open"
    line = StatementLine.objects.get()
    treasurer.post(f"{URL}{line.uuid}/zuordnen/", {"invoice": str(invoice.row.uuid)})
    assert invoice_by_uuid(invoice.row.uuid).row.balance.cents == 5000
    treasurer.post(f"{URL}{line.uuid}/zuordnen/", {"invoice": str(invoice.row.uuid)})
    assert invoice_by_uuid(invoice.row.uuid).row.balance.cents == 5000


def test_another_invoice_by_its_number(treasurer: Client, invoice: InvoiceView) -> None:
    load(treasurer, f"{HEAD}20.11.2026;Opa;Fest;90,00\n")
    url = f"{URL}{StatementLine.objects.get().uuid}/andere/"
    answer = treasurer.post(url, {"number": "R-1999-1"})
    assert answer.status_code == 422
    assert treasurer.post(url, {"number": invoice.row.number.lower()}).status_code == 302
    assert invoice_by_uuid(invoice.row.uuid).row.state == "paid"


def test_what_is_none_of_ours_is_laid_aside_with_words(treasurer: Client) -> None:
    load(treasurer, f"{HEAD}20.11.2026;Stadtwerke;Strom;-90,00\n")
    url = f"{URL}{StatementLine.objects.get().uuid}/weglegen/"
    assert treasurer.post(url, {"text": ""}).status_code == 422
    assert treasurer.post(url, {"text": "Stromrechnung"}).status_code == 302
    assert "Stromrechnung" in treasurer.get(f"{URL}?liste=ignored").content.decode()


def test_unknown_headings_are_asked_for_once(treasurer: Client) -> None:
    answer = load(treasurer, 'Tag;Wieviel;Wer\n20.11.2026;"90,00";"Chor ""Beispiel"""\n')
    assert answer.status_code == 200
    form = answer.context["form"]
    assert StatementLine.objects.count() == 0
    typed = {"text": form.initial["text"], "booked_on": "0", "amount": "1", "name": "2"}
    assert treasurer.post(URL, {**typed, "amount": ""}).status_code == 422
    assert treasurer.post(URL, typed).status_code == 302
    assert StatementLine.objects.get().name == 'Chor "Beispiel"'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "leer"),
        (b"<html></html>", "kein Kontoauszug"),
        (b"<Document", "beschädigt"),
        (b"\x89PNG\x00\x00\x81\x8d", "kein Text"),
        (f"{HEAD}20.11.2026;X;Y;viel\n".encode(), "Zeile 2"),
        (b"x" * 2_100_000, "2 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(
    treasurer: Client, content: bytes, words: str
) -> None:
    answer = load(treasurer, content)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert StatementLine.objects.count() == 0


def test_only_the_treasury_loads_statements(office: Office) -> None:
    assert office.client("clerk").get(URL).status_code == 403
    assert office.client("reader").post(f"{URL}sichere/").status_code == 403
    assert reverse("backoffice_statements") == URL
