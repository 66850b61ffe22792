"""Bank statements: what files say, in every shape banks give them; and which invoice a payment is for."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_core.finance.bank.camt import read_camt
from booking_core.finance.bank.csv_file import read_csv, read_table
from booking_core.finance.bank.lines import BankLine, StatementUnreadable
from booking_core.finance.bank.matching import OpenItem, propose

ENTRY = """<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>{status}</Sts>
<BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-21</Dt></ValDt><AcctSvcrRef>{ref}</AcctSvcrRef>
<NtryDtls>{details}</NtryDtls></Ntry>"""
TX = """<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>{amount}
<RltdPties><Dbtr>{name}</Dbtr><DbtrAcct><Id><IBAN>DE75512108001245126199</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>RF10 BK20 2600 0017</Ustrd><Ustrd>Sommerfest</Ustrd></RmtInf></TxDtls>"""


def camt(*entries: str, version: str = "02") -> bytes:
    return (
        f'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">'
        "<BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>"
        f"{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def entry(
    amount: str = "90.00", sign: str = "CRDT", status: str = "BOOK", ref: str = "A1", details: str = ""
) -> str:
    return ENTRY.format(
        amount=amount, sign=sign, status=status, ref=ref,
        details=details or TX.format(amount="", name="<Nm>Erika Mustermann</Nm>"),
    )  # fmt: skip


@pytest.mark.parametrize("version", ["02", "08"])
def test_a_camt_statement(version: str) -> None:
    name = "<Nm>Erika Mustermann</Nm>" if version == "02" else "<Pty><Nm>Erika Mustermann</Nm></Pty>"
    status = "BOOK" if version == "02" else "<Cd>BOOK</Cd>"
    (line,) = read_camt(camt(entry(status=status, details=TX.format(amount="", name=name)), version=version))
    assert (line.cents, line.booked_on, line.valued_on) == (9000, date(2026, 11, 20), date(2026, 11, 21))
    assert (line.name, line.iban) == ("Erika Mustermann", "DE75512108001245126199")
    assert line.purpose == "RF10 BK20 2600 0017 Sommerfest"
    assert line.account == "DE02120300000000202051"


def test_money_out_is_negative_and_what_is_only_announced_is_left_out() -> None:
    lines = read_camt(camt(entry(sign="DBIT", amount="12.5", ref="B"), entry(status="PDNG", ref="C")))
    assert [line.cents for line in lines] == [-1250]


def test_a_collective_entry_counts_by_its_transactions() -> None:
    amounts = "".join(
        TX.format(amount=f'<Amt Ccy="EUR">{cents}</Amt>', name="<Nm>X</Nm>") for cents in ("40.00", "50.00")
    )
    assert [line.cents for line in read_camt(camt(entry(details=amounts)))] == [4000, 5000]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<Document>", "xml"),
        (b"<html><body>Hallo</body></html>", "kind"),
        (camt(entry(amount="viel")), "xml"),
        (camt(entry().replace('Ccy="EUR"', 'Ccy="CHF"')), "currency"),
        (camt(entry().replace("2026-11-20", "gestern")), "xml"),
    ],
)
def test_a_broken_file_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(StatementUnreadable) as fault:
        read_camt(content)
    assert fault.value.code == code


def test_no_entity_is_followed() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + camt(
        entry().replace("Sommerfest", "&e;")
    ).removeprefix(b'<?xml version="1.0"?>')
    assert "root" not in "".join(line.purpose for line in read_camt(bomb))


SPARKASSE = (
    '"Auftragskonto";"Buchungstag";"Valutadatum";"Buchungstext";"Verwendungszweck";'
    '"Beguenstigter/Zahlungspflichtiger";"Kontonummer/IBAN";"BIC";"Betrag";"Waehrung";"Info"\n'
    '"DE02";"20.11.26";"21.11.26";"GUTSCHR.";"RF10BK2026000017";"Erika Müller";"DE75512108001245126199";"X";'
    '"1.090,00";"EUR";"ok"\n'
)
DKB = (
    '"Girokonto";"DE02";\n\n"Kontostand";"1,00 EUR"\n'
    '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";"Verwendungszweck";'
    '"Umsatztyp";"IBAN";"Betrag (€)"\n'
    '"20.11.26";"20.11.26";"Gebucht";"Erika Müller";"Gemeinde";"Sommerfest";"Eingang";"DE75";"90"\n'
)
VR_BANK = (
    "Buchungstag;Valuta;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;Verwendungszweck;Umsatz;Soll/Haben\n"
    "20.11.2026;20.11.2026;Erika Müller;DE75;Rückgabe;45,50;S\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    ("text", "cents"), [(SPARKASSE, 109_000), (DKB, 9_000), (VR_BANK, -4_550)], ids=["sparkasse", "dkb", "vr"]
)
def test_files_of_banks_are_read_by_their_headings(text: str, cents: int, encoding: str) -> None:
    table = read_table(text.encode(encoding))
    (line,) = read_csv(table, table.guessed())
    assert (line.cents, line.booked_on, line.name) == (cents, date(2026, 11, 20), "Erika Müller")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("31.2.2026;90,00", "date"), ("20.11.2026;neunzig", "amount"), ("20.11.2026;1,234", "amount"),
        ("20.11.2026;", "amount"), ("20.11.2026;9999999999999999,00", "amount"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_is_named(row: str, code: str) -> None:
    table = read_table(f"Buchungstag;Betrag\n20.11.2026;1,00\n{row}\n".encode())
    with pytest.raises(StatementUnreadable) as fault:
        read_csv(table, table.guessed())
    assert (fault.value.code, fault.value.line) == (code, 3)


@given(st.binary(max_size=400))
def test_no_file_breaks_the_readers(content: bytes) -> None:
    for read in (read_camt, lambda data: read_csv(read_table(data), read_table(data).guessed())):
        try:
            read(content)
        except StatementUnreadable:
            continue


def test_the_same_movement_has_the_same_digest_in_the_next_file() -> None:
    one = read_camt(camt(entry(ref="A1"), entry(ref="A2")))
    other = read_camt(camt(entry(ref="A2"), entry(ref="A3")))
    assert one[1].digest == other[0].digest
    assert len({line.digest for line in (*one, *other)}) == 3


def test_alike_movements_without_a_bank_reference_stay_two() -> None:
    table = read_table(b"Buchungstag;Betrag\n20.11.2026;5,00\n20.11.2026;5,00\n")
    assert len({line.digest for line in read_csv(table, table.guessed())}) == 2


def item(number: int, cents: int, name: str = "Sportverein Grün-Weiß") -> OpenItem:
    return OpenItem(UUID(int=number), f"R-2026-{number:06d}", f"RF10BK2026{number:06d}", name, cents)


ITEMS = (item(17, 9000), item(18, 9000, "Chor Beispiel"), item(19, -2000, "Erika Mustermann"))


def paid(cents: int, purpose: str = "", name: str = "") -> BankLine:
    return BankLine(date(2026, 11, 20), date(2026, 11, 20), cents, name=name, purpose=purpose)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (paid(9000, "Miete rf10 bk20 2600 0017"), (17, "reference", True)),
        (paid(4000, "RF10BK2026000017 Rate 1"), (17, "reference", False)),
        (paid(9000, "Rechnung R-2026-000018 vom 1.9."), (18, "number", True)),
        (paid(9000, "Danke", "Beispiel Chor e.V."), (18, "name", False)),
        (paid(9000, "Danke", "Niemand Bekanntes"), None),
        (paid(8999, "Danke", "Beispiel Chor"), None),
        (paid(-2000, "Erstattung", "Mustermann, Erika"), (19, "name", False)),
        (paid(-9000, "RF10BK2026000017"), None),
        (paid(9000, "RF10BK2026000017 und RF10BK2026000018"), None),
    ],
)
def test_which_invoice_a_payment_is_for(line: BankLine, expected: tuple[int, str, bool] | None) -> None:
    found = propose(line, ITEMS)
    told = (found.item.invoice.int, found.reason, found.is_sure) if found else None
    assert told == expected
