"""Movements as a CSV file, written as a profile of the town says.

Not here: profiles (``settings``), the rows (``rows``). The same rows give the same bytes.
"""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date

from booking_core.finance.exports.plain_text import no_formula, one_line, windows_text
from booking_core.finance.exports.rows import HandoverRow, TaxPart
from booking_core.finance.exports.settings import COLUMN_LABELS, Column, Contents, CsvProfile, Encoding
from booking_core.finance.models import Account, EntryKind, Way

_FROM_PEOPLE: dict[Column, Callable[[HandoverRow], str]] = {
    Column.NUMBER: lambda row: row.number,
    Column.REFERENCE: lambda row: row.reference,
    Column.NAME: lambda row: row.name,
    Column.STREET: lambda row: row.street,
    Column.POSTAL_CODE: lambda row: row.postal_code,
    Column.CITY: lambda row: row.city,
    Column.SUBJECT: lambda row: row.subject,
    Column.BOOKING: lambda row: row.booking,
    Column.MANDATE: lambda row: row.mandate,
    Column.TEXT: lambda row: row.text,
    Column.KIND: lambda row: str(EntryKind(row.kind).label),
    Column.ACCOUNT: lambda row: str(Account(row.account).label),
    Column.WAY: lambda row: str(Way(row.way).label) if row.way != Way.NONE else "",
    Column.PERSON: lambda row: str(row.party_id),
}
_DAYS: dict[Column, Callable[[HandoverRow], date | None]] = {
    Column.VALUED_ON: lambda row: row.valued_on,
    Column.DUE_ON: lambda row: row.due_on,
    Column.SUPPLY_FIRST_ON: lambda row: row.supply_first_on,
    Column.SUPPLY_LAST_ON: lambda row: row.supply_last_on,
}


def rows_of(profile: CsvProfile, rows: Sequence[HandoverRow]) -> tuple[HandoverRow, ...]:
    """The movements a profile wants."""
    if profile.contents is Contents.CLAIMS:
        return tuple(row for row in rows if row.is_claim)
    return tuple(rows)


def csv_file(profile: CsvProfile, rows: Sequence[HandoverRow]) -> bytes:
    """The file of these movements; those the profile does not want are left out."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=profile.separator.value, lineterminator="\r\n")
    if profile.has_header:
        writer.writerow([_text(profile, str(COLUMN_LABELS[column])) for column in profile.columns])
    for row in rows_of(profile, rows):
        parts: Sequence[TaxPart | None] = (row.parts() if profile.splits_by_tax else ()) or (None,)
        for part in parts:
            writer.writerow([_cell(profile, column, row, part) for column in profile.columns])
    return text.getvalue().encode(profile.encoding.value)


def _cell(profile: CsvProfile, column: Column, row: HandoverRow, part: TaxPart | None) -> str:
    if column in _FROM_PEOPLE:
        return _text(profile, _FROM_PEOPLE[column](row))
    if column in _DAYS:
        day = _DAYS[column](row)
        return day.strftime(profile.date_style.value) if day else ""
    if column is Column.AMOUNT:
        return _euros(profile, part.net_cents + part.tax_cents if part else row.cents)
    return _tax_cell(profile, column, part) if part else ""


def _tax_cell(profile: CsvProfile, column: Column, part: TaxPart) -> str:
    if column is Column.TAX_CASE:
        return _text(profile, part.label)
    if column is Column.PERCENT:
        return _number(profile, f"{part.percent:.2f}")
    return _euros(profile, part.net_cents if column is Column.NET else part.tax_cents)


def _text(profile: CsvProfile, text: str) -> str:
    plain = windows_text(text) if profile.encoding is Encoding.WINDOWS else one_line(text)
    return no_formula(plain)


def _euros(profile: CsvProfile, cents: int) -> str:
    """Amounts are ours, never a formula: a credit keeps its minus."""
    sign = "-" if cents < 0 else ""
    return _number(profile, f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}")


def _number(profile: CsvProfile, text: str) -> str:
    return text.replace(".", ",") if profile.decimal_comma else text
