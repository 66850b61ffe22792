"""DATEV format, posting batch: EXTF, header version 700, format version 13 with its 125 fields.

Source: developer.datev.de, DATEV-Format, "Header" and "Buchungsstapel". Text fields stand in quotation marks also when
empty, numbers bare; CR LF, Windows-1252. Not here: which account a movement touches (``datev_postings``).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from booking_core.finance.exports.plain_text import windows_text
from booking_core.finance.exports.settings import DatevSettings

MOST_POSTINGS = 99_999
_NOT_IN_DOCUMENT_NUMBER = re.compile(r"[^A-Za-z0-9$%/_-]")
FIELDS: tuple[str, ...] = (
    "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz", "WKZ Basis-Umsatz",
    "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto",
    "Buchungstext", "Postensperre", "Diverse Adressnummer", "Geschäftspartnerbank", "Sachverhalt", "Zinssperre",
    "Beleglink",
    *(f"Beleginfo - {part} {n}" for n in range(1, 9) for part in ("Art", "Inhalt")),
    "KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "Kost-Menge", "EU-Land u. UStID (Bestimmung)",
    "EU-Steuersatz (Bestimmung)", "Abw. Versteuerungsart", "Sachverhalt L+L", "Funktionsergänzung L+L",
    "BU 49 Hauptfunktionstyp", "BU 49 Hauptfunktionsnummer", "BU 49 Funktionsergänzung",
    *(f"Zusatzinformation{part} {n}" for n in range(1, 21) for part in (" - Art", "- Inhalt")),
    "Stück", "Gewicht", "Zahlweise", "Forderungsart", "Veranlagungsjahr", "Zugeordnete Fälligkeit", "Skontotyp",
    "Auftragsnummer", "Buchungstyp", "USt-Schlüssel (Anzahlungen)", "EU-Land (Anzahlungen)",
    "Sachverhalt L+L (Anzahlungen)", "EU-Steuersatz (Anzahlungen)", "Erlöskonto (Anzahlungen)", "Herkunft-Kz",
    "Buchungs GUID", "KOST-Datum", "SEPA-Mandatsreferenz", "Skontosperre", "Gesellschaftername", "Beteiligtennummer",
    "Identifikationsnummer", "Zeichnernummer", "Postensperre bis", "Bezeichnung SoBil-Sachverhalt",
    "Kennzeichen SoBil-Buchung", "Festschreibung", "Leistungsdatum", "Datum Zuord. Steuerperiode", "Fälligkeit",
    "Generalumkehr (GU)", "Steuersatz", "Land", "Abrechnungsreferenz", "BVV-Position", "EU-Land u. UStID (Ursprung)",
    "EU-Steuersatz (Ursprung)", "Abw. Skontokonto",
)  # fmt: skip
#: Numbers of the fields that hold text.
TEXT_FIELDS = frozenset({
    2, 3, 6, 9, 11, 12, 14, 16, *range(20, 39), 40, 42, *range(48, 88), 91, 95, 96, 98, 102, 103, 105, 107, 109, 110,
    112, 118, 120, 121, 123,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Posting:
    """One line: ``cents`` above zero, in the debit of ``account`` and the credit of ``contra``, or the other way."""

    cents: int
    is_debit: bool
    account: str
    contra: str
    valued_on: date
    number: str
    text: str
    tax_key: str = ""
    due_on: date | None = None
    mandate: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The postings of a period, both days included. ``is_fixed``: the period is closed, nothing of it changes."""

    first_on: date
    last_on: date
    postings: Sequence[Posting]
    is_fixed: bool


def fiscal_year_start(settings: DatevSettings, day: date) -> date:
    """The first day of the fiscal year ``day`` lies in."""
    start = date(day.year, settings.year_starts_month, 1)
    return start if start <= day else start.replace(year=day.year - 1)


def datev_file(batch: Batch, settings: DatevSettings, *, made_at: datetime) -> bytes:
    """The file of a batch. Only the header's sixth field, when it was made, differs from one time to the next."""
    lines = [
        _header(batch, settings, made_at=made_at),
        ";".join(FIELDS),
        *(_line(posting, is_fixed=batch.is_fixed) for posting in batch.postings),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def _header(batch: Batch, settings: DatevSettings, *, made_at: datetime) -> str:
    label = f"Biletado {batch.first_on:%d.%m.%Y}-{batch.last_on:%d.%m.%y}"
    cells = (
        _quoted("EXTF"), "700", "21", _quoted("Buchungsstapel"), "13", f"{made_at:%Y%m%d%H%M%S}{made_at:%f}"[:17],
        "", _quoted("BK"), _quoted(""), _quoted(""), str(settings.consultant), str(settings.client),
        f"{fiscal_year_start(settings, batch.first_on):%Y%m%d}", str(settings.account_length),
        f"{batch.first_on:%Y%m%d}", f"{batch.last_on:%Y%m%d}", _quoted(label), _quoted(""), "1", "0",
        str(int(batch.is_fixed)), _quoted("EUR"), "", _quoted(""), "", "", _quoted(""), "", "", _quoted(""),
        _quoted("Biletado"),
    )  # fmt: skip
    return ";".join(cells)


def _line(posting: Posting, *, is_fixed: bool) -> str:
    filled: Mapping[int, str] = {
        1: f"{posting.cents // 100},{posting.cents % 100:02d}",
        2: "S" if posting.is_debit else "H",
        3: "EUR",
        7: posting.account,
        8: posting.contra,
        9: posting.tax_key.zfill(4) if posting.tax_key else "",
        10: f"{posting.valued_on:%d%m}",
        11: _NOT_IN_DOCUMENT_NUMBER.sub("", posting.number)[:36],
        14: windows_text(posting.text)[:60].strip(),
        105: windows_text(posting.mandate)[:35],
        114: str(int(is_fixed)),
        117: f"{posting.due_on:%d%m%Y}" if posting.due_on else "",
    }
    return ";".join(
        _quoted(filled.get(number, "")) if number in TEXT_FIELDS else filled.get(number, "")
        for number in range(1, len(FIELDS) + 1)
    )


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
