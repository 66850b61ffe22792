"""Statements as CSV, as banks let people load them: any order of columns, found by their headings or named by hand.

Not here: XML (``camt``).
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from booking_core.finance.bank.lines import BankLine, StatementUnreadable, with_digests

_ENCODINGS = ("utf-8-sig", "cp1252")
_DATES = ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m/%Y")
_MOST_HEAD_LINES = 20
_OUT = frozenset({"s", "soll", "d", "debit", "-"})

#: What each column may be called, lower case, as German banks write it.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "booked_on": ("buchungstag", "buchungsdatum", "buchung", "datum", "booking date"),
    "valued_on": ("valutadatum", "wertstellung", "valuta", "wertstellungstag", "value date"),
    "amount": ("betrag", "umsatz", "betrag (eur)", "betrag in eur", "betrag (€)", "amount"),
    "name": (
        "beguenstigter/zahlungspflichtiger", "begünstigter/zahlungspflichtiger", "name zahlungsbeteiligter",
        "auftraggeber/empfänger", "auftraggeber / begünstigter", "zahlungspflichtige*r", "empfänger/auftraggeber",
        "name", "gegenkonto name",
    ),
    "purpose": ("verwendungszweck", "buchungstext / verwendungszweck", "vwz", "zweck", "purpose"),
    "iban": (
        "kontonummer/iban", "iban zahlungsbeteiligter", "iban", "gegenkonto iban", "konto-nr./iban", "gegenkonto",
    ),
    "sign": ("soll/haben", "s/h", "soll / haben", "kennzeichen"),
    "currency": ("waehrung", "währung", "currency"),
    "reference": ("kundenreferenz (end-to-end)", "kundenreferenz", "end-to-end-referenz", "ende-zu-ende-referenz"),
}  # fmt: skip
REQUIRED = ("booked_on", "amount")


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A file read as text: its headings and the rows below, with the number of each row's line."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def guessed(self) -> dict[str, int]:
        """Which column is which, as far as the headings say."""
        plain = [" ".join(heading.lower().split()) for heading in self.headings]
        found: dict[str, int] = {}
        for role, names in HEADINGS.items():
            for name in names:
                if name in plain and plain.index(name) not in found.values():
                    found[role] = plain.index(name)
                    break
        return found


def read_table(content: bytes) -> CsvTable:
    """Read a file as a table; lines of chatter above the headings are skipped. Raises StatementUnreadable."""
    text = _decoded(content)
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        raise StatementUnreadable("empty")
    sample = "\n".join(lines[:_MOST_HEAD_LINES])
    delimiter = max(";\t,", key=sample.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as fault:
        raise StatementUnreadable("encoding") from fault
    head = _head_row(rows)
    headings = tuple(cell.strip() for cell in rows[head])
    body = tuple(
        (number, tuple(cell.strip() for cell in row))
        for number, row in enumerate(rows[head + 1 :], start=head + 2)
        if any(cell.strip() for cell in row)
    )
    return CsvTable(headings, body)


def read_csv(table: CsvTable, columns: Mapping[str, int]) -> tuple[BankLine, ...]:
    """The movements of a table; ``columns`` says which column is which. Raises StatementUnreadable with the line."""
    if any(role not in columns for role in REQUIRED):
        raise StatementUnreadable("columns")
    return with_digests(_line(number, row, columns) for number, row in table.rows)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise StatementUnreadable("encoding")


def _head_row(rows: Sequence[Sequence[str]]) -> int:
    """The row with the most known headings; the first one where none is known."""
    known = {name for names in HEADINGS.values() for name in names}
    counts = [sum(" ".join(cell.lower().split()) in known for cell in row) for row in rows[:_MOST_HEAD_LINES]]
    return counts.index(max(counts))


def _line(number: int, row: Sequence[str], columns: Mapping[str, int]) -> BankLine:
    def cell(role: str) -> str:
        place = columns.get(role)
        return row[place] if place is not None and place < len(row) else ""

    if cell("currency") not in {"", "EUR", "€"}:
        raise StatementUnreadable("currency", line=number, detail=cell("currency")[:10])
    booked = _date(cell("booked_on"), number)
    cents = _cents(cell("amount"), number)
    if cell("sign").lower() in _OUT:
        cents = -abs(cents)
    return BankLine(
        booked_on=booked,
        valued_on=_date(cell("valued_on"), number) if cell("valued_on") else booked,
        cents=cents,
        name=cell("name")[:140],
        iban=re.sub(r"\s", "", cell("iban"))[:34],
        purpose=cell("purpose")[:500],
        reference=cell("reference")[:35],
    )


def _date(text: str, number: int) -> date:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 — a day of the calendar has no zone
        except ValueError:
            continue
    raise StatementUnreadable("date", line=number, detail=text[:20])


def _cents(text: str, number: int) -> int:
    """Amounts as Germans or English write them: 1.234,50 or 1,234.50."""
    plain = re.sub(r"[\s€\u00a0']|EUR", "", text).replace("−", "-")
    trailing_minus = plain.endswith("-")
    plain = plain.rstrip("-+").lstrip("+")
    is_german = plain.rfind(",") > plain.rfind(".")
    plain = plain.replace(".", "").replace(",", ".") if is_german else plain.replace(",", "")
    try:
        cents = Decimal(plain) * 100
        whole = int(cents.to_integral_exact())
    except (InvalidOperation, ValueError, OverflowError) as fault:
        raise StatementUnreadable("amount", line=number, detail=text[:20]) from fault
    if cents != whole or abs(whole) > 10**13:
        raise StatementUnreadable("amount", line=number, detail=text[:20])
    return -whole if trailing_minus else whole
