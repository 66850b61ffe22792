"""A receipt for money that changed hands on site, as PDF/A-2a and PDF/UA-1.

Not here: which entries have one, and their numbers (``queries.receipts``), the page itself (``receipt.typ``).
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.finance.paper.printable import printable
from booking_core.kernel.money import Money
from design_system.formats import Language, euro, long_date

_PAGE = Path(__file__).with_name("receipt.typ")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who got how much from whom, for what. Not ``is_income``: the town paid it out, and the other side signs.

    ``subject`` says what for ("Rechnung R-2026-000012"), ``taken_by`` who of the town did it.
    """

    number: str
    language: str
    paid_on: date
    amount: Money
    is_income: bool
    town: str
    town_address: str
    party_name: str
    subject: str
    way_label: str
    note: str
    taken_by: str


def receipt_pdf(receipt: Receipt) -> bytes:
    """The finished file. The same receipt gives the same page."""
    with translation.override(receipt.language):
        values = json.dumps(_values(receipt), ensure_ascii=False)
    pdf = typst.compile(
        _PAGE.read_bytes(), pdf_standards=["a-2a", "ua-1"], sys_inputs={"data": values}, format="pdf"
    )
    return bytes(pdf)


def _values(receipt: Receipt) -> dict[str, object]:
    language: Language = "en" if receipt.language.startswith("en") else "de"
    whom = _("Erhalten von") if receipt.is_income else _("Ausgezahlt an")
    facts = [
        (whom, receipt.party_name),
        (_("Wofür"), receipt.subject),
        (_("Wie"), receipt.way_label),
        (_("Datum"), long_date(receipt.paid_on, language)),
        *([(_("Vermerk"), receipt.note)] if receipt.note else []),
    ]
    town = _("Für %(town)s: %(name)s") % {"town": receipt.town, "name": receipt.taken_by}
    signatures = (
        [town] if receipt.is_income else [town, _("Betrag erhalten: %(name)s") % {"name": receipt.party_name}]
    )
    return {
        "language": language,
        "title": _("Quittung %(number)s") % {"number": receipt.number},
        "author": printable(receipt.town),
        "date": [receipt.paid_on.year, receipt.paid_on.month, receipt.paid_on.day],
        "sender": printable(" · ".join(words for words in (receipt.town, receipt.town_address) if words)),
        "amount": euro(receipt.amount, language),
        "facts": [(label, printable(value)) for label, value in facts],
        "signatures": [printable(words) for words in signatures],
    }  # fmt: skip
