"""Bank statements through the page: load, assign, lay aside; the same file twice, broken files, unknown columns."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.models import BankOrder, Invoice, LedgerEntry, StatementLine
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.decide_booking import confirm_booking
from tests.factories.finance import set_up
from tests.web.backoffice.conftest import CONNY, Office

URL = "/verwaltung/kasse/kontoauszuege/"
CAMT = """<?xml version="1.0"?>{doctype}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt><Stmt><Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-11-20</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>"""
BOMB = '<!DOCTYPE d [<!ENTITY z "9">' + "".join(
    f'<!ENTITY {name} "{f"&{inner};" * 10}">' for name, inner in zip("yxwvutsra", "zyxwvutsr", strict=True)
) + "]>"  # fmt: skip
FOREIGN = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
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


def test_a_debit_comes_in_and_comes_back(office: Office, treasurer: Client, invoice: InvoiceView) -> None:
    """Through the page: what the bank carried out is booked by its order, what it gives back opens the claim again."""
    set_up(creditor_id="DE98ZZZ09999999999")
    order = debit_order(invoice)
    head = "Buchungstag;Name Zahlungsbeteiligter;Verwendungszweck;Kundenreferenz;Betrag\n"
    load(treasurer, f"{head}20.11.2026;Erika Mustermann;Einzug;{invoice.row.number};90,00\n")
    page = treasurer.get(URL).content.decode()
    assert "Das ist Ihr Auftrag an die Bank" in page
    assert f"Auf {invoice.row.number} buchen" not in page
    treasurer.post(f"{URL}sichere/")
    assert invoice_by_uuid(invoice.row.uuid).row.state == "paid"
    load(treasurer, f"{head}24.11.2026;Erika Mustermann;AC04 Konto erloschen;{invoice.row.number};-94,50\n")
    line = StatementLine.objects.get(state="open")
    page = treasurer.get(URL).content.decode()
    assert "Das kam zurück" in page
    assert "4,50" in page
    url = f"{URL}{line.uuid}/auftrag/"
    for wrong in ("", "x", str(invoice.row.uuid)):
        assert treasurer.post(url, {"order": wrong}).status_code == 302
    assert invoice_by_uuid(invoice.row.uuid).row.state == "paid"
    treasurer.post(url, {"order": str(order.uuid)})
    found = invoice_by_uuid(invoice.row.uuid)
    assert found.row.balance.cents == 9000
    assert (
        "AC04 Konto erloschen"
        in treasurer.get(reverse("backoffice_invoice", args=[invoice.row.uuid])).content.decode()
    )
    assert (
        "zurückgegeben: AC04"
        in treasurer.get(reverse("backoffice_bank_file", args=[order.run])).content.decode()
    )


def debit_order(invoice: InvoiceView) -> BankOrder:
    """The invoice's debit, in a file that went to the bank."""
    now, today = timezone.now(), timezone.localdate()
    return BankOrder.objects.create(
        kind="debit", invoice=Invoice.objects.get(uuid=invoice.row.uuid), party_id=invoice.party_id, amount_cents=9000,
        holder="Erika Mustermann", iban="DE89370400440532013000", text="R", mandate_reference="M-1",
        mandate_signed_on=today, mandate_kind="CORE", sequence="RCUR", created_at=now, creator_label="Kim", run=uuid4(),
        run_at=now, run_on=today, run_creator=1, run_creator_label="Kim", run_total_cents=9000, town_name="G",
        town_iban="DE02120300000000202051",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (CAMT.format(currency="CHF", amount="90.00", doctype=""), "Nur Bewegungen in Euro"),
        (CAMT.format(currency="EUR", amount="viel", doctype=""), "beschädigt"),
        (CAMT.format(currency="EUR", amount="90.00", doctype="")[:-40], "beschädigt"),
        (CAMT.format(currency="EUR", amount="&a;", doctype=BOMB), "beschädigt"),
        (CAMT.format(currency="EUR", amount="&a;", doctype=FOREIGN), "beschädigt"),
        (f"{HEAD}20.11.2026;X;Y;99999999999999999999,00\n", "Zeile 2"),
        (f"{HEAD}20.11.2026;X;Y;10,00\n20.11.2026;X;Y;-1e99\n", "Zeile 3"),
        (f"{HEAD}31.02.2026;X;Y;10,00\n", "Zeile 2"),
        ("Buchungstag;Betrag;Währung\n20.11.2026;10,00;USD\n", "Zeile 2"),
    ],
    ids=["currency", "amount", "cut", "bomb", "foreign", "huge", "exponent", "day", "csv-currency"],
)
def test_hostile_and_broken_content_is_refused_whole(treasurer: Client, content: str, words: str) -> None:
    answer = load(treasurer, content)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert "root:" not in text
    assert StatementLine.objects.count() == 0


def test_a_movement_in_another_file_too_counts_once(treasurer: Client, invoice: InvoiceView) -> None:
    """The month's file holds what the day's file held; umlauts in Windows-1252 all the same."""
    load(treasurer, payment(invoice).replace("Erika", "Jörg").encode("cp1252"))
    load(
        treasurer, f"{payment(invoice).replace('Erika', 'Jörg')}21.11.2026;Chor;Fest;1,00\n".encode("cp1252")
    )
    assert sorted(StatementLine.objects.values_list("name", flat=True)) == ["Chor", "Jörg Mustermann"]
