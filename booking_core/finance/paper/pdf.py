"""An invoice as PDF/A-3a and PDF/UA-1 with the XML inside (ZUGFeRD / Factur-X): one file for people and programs.

Not here: what it says (``content``), the page itself (``invoice.typ``).
"""

import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import typst
from django.utils import translation
from django.utils.translation import gettext as _
from lxml import etree

from booking_core.finance.paper.content import Paper, PaperDebit, PaperLine, PaperParty, PaperTax
from booking_core.finance.paper.girocode import girocode_svg
from booking_core.finance.paper.printable import printable
from booking_core.finance.paper.wording import exemption_words
from booking_core.finance.paper.xml import invoice_xml
from booking_core.kernel.money import Money
from design_system.formats import Language, euro, long_date

XML_NAME = "factur-x.xml"
_PAGE = Path(__file__).with_name("invoice.typ")
_SCHEMA = Path(__file__).with_name("facturx_schema.xml")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_FACTURX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"


def invoice_pdf(paper: Paper) -> bytes:
    """The finished file. The same paper gives the same page."""
    with translation.override(paper.language):
        values = json.dumps(_printable(_page_values(paper)), ensure_ascii=False)
    inputs = {"data": values, "xml": invoice_xml(paper).decode()}
    if _asks_for_transfer(paper):
        code = girocode_svg(paper.payee, cents=paper.gross_cents, reference=paper.reference)
        inputs["code"] = code.decode()
    pdf = typst.compile(_PAGE.read_bytes(), pdf_standards=["a-3a", "ua-1"], sys_inputs=inputs, format="pdf")
    return _with_facturx_metadata(bytes(pdf))


def _printable(value: object) -> object:
    """The same values in letters the page can show."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


def _asks_for_transfer(paper: Paper) -> bool:
    if paper.debit is not None:
        return False
    return bool(paper.payee.iban) and not paper.is_cancellation and paper.gross_cents > 0


def _page_values(paper: Paper) -> dict[str, object]:
    """Every word of the page, ready to print."""
    language: Language = "en" if paper.language.startswith("en") else "de"

    def money(cents: int) -> str:
        return euro(Money(cents), language)

    def day(when: date) -> str:
        return long_date(when, language)

    kind = _("Stornorechnung") if paper.is_cancellation else _("Rechnung")
    supply = day(paper.supply_first_on)
    if paper.supply_last_on != paper.supply_first_on:
        supply = f"{supply} – {day(paper.supply_last_on)}"
    facts = [
        (_("Nummer"), paper.number),
        (_("Datum"), day(paper.issued_on)),
        (_("Leistungszeit"), supply),
        *([(_("Zur Rechnung"), paper.cancels_number)] if paper.cancels_number else []),
        *([(_("Steuernummer"), paper.seller.tax_number)] if paper.seller.tax_number else []),
        *([(_("USt-IdNr."), paper.seller.vat_id)] if paper.seller.vat_id and paper.has_tax_shown else []),
        *([(_("Leitweg-ID"), paper.buyer_reference)] if paper.buyer_reference else []),
    ]
    return {
        "language": language,
        "title": f"{kind} {paper.number}",
        "subject": paper.subject,
        "author": paper.seller.name,
        "date": [paper.issued_on.year, paper.issued_on.month, paper.issued_on.day],
        "sender": " · ".join(_address(paper.seller)),
        "seller": _address(paper.seller),
        "buyer": _address(paper.buyer),
        "facts": facts,
        "heads": [_("Pos."), _("Leistung"), _("Menge"), _("Betrag")],
        "lines": [_line(line, position, money) for position, line in enumerate(paper.lines, start=1)],
        "sums": _sums(paper, money),
        "total": [_("Zurückgenommener Betrag") if paper.is_cancellation else _("Zu zahlen"),
                  money(paper.gross_cents)],
        "notes": [*_tax_notes(paper.taxes), *([paper.reason] if paper.reason else [])],
        "payment": _payment(paper, money, day),
        "code_alt": _("GiroCode: Überweisung von %(amount)s an %(name)s, Verwendungszweck %(reference)s")
        % {"amount": money(paper.gross_cents), "name": paper.payee.name, "reference": paper.reference},
        "closing": paper.closing,
        "page_word": _("Seite"),
    }  # fmt: skip


def _address(party: PaperParty) -> list[str]:
    town = f"{party.postal_code} {party.city}".strip()
    return [words for words in (party.name, party.second_name, party.street, town) if words]


def _line(line: PaperLine, position: int, money: Callable[[int], str]) -> dict[str, str]:
    quantity = f"{line.quantity.normalize():f}".replace(".", ",")
    detail = " · ".join(words for words in (line.detail, line.paragraph, line.booking_number) if words)
    return {
        "position": str(position),
        "label": line.label,
        "detail": detail,
        "quantity": f"{quantity} {line.unit_label}".strip(),
        "amount": money(line.shown_cents),
    }


def _sums(paper: Paper, money: Callable[[int], str]) -> list[list[str]]:
    """Net amount and tax, only where tax is shown."""
    if not paper.has_tax_shown:
        return []
    rows = [[_("Nettobetrag"), money(paper.net_cents)]]
    for group in paper.taxes:
        if group.category == "S":
            label = _("Umsatzsteuer %(percent)s %% auf %(net)s") % {
                "percent": f"{group.percent.normalize():f}".replace(".", ","),
                "net": money(group.net_cents),
            }
            rows.append([label, money(group.tax_cents)])
    return rows


def _tax_notes(taxes: tuple[PaperTax, ...]) -> list[str]:
    return [f"{exemption_words(group.exemption)}." for group in taxes if group.exemption is not None]


def _payment(paper: Paper, money: Callable[[int], str], day: Callable[[date], str]) -> list[list[str]]:
    if paper.is_cancellation or not paper.gross_cents:
        return []
    if paper.debit is not None:
        return _announcement(paper.debit, day)
    rows = [[_("Zahlbar bis"), day(paper.due_on)]]
    if not paper.payee.iban:
        return [*rows, [_("Zahlung"), _("vor Ort, bar oder mit Karte")]]
    grouped = _grouped(paper.payee.iban)
    return [
        *rows,
        [_("Empfänger"), paper.payee.name],
        ["IBAN", grouped],
        *([["BIC", f"{paper.payee.bic} {paper.payee.bank_name}".strip()]] if paper.payee.bic else []),
        [_("Verwendungszweck"), paper.reference],
    ]


def _announcement(debit: PaperDebit, day: Callable[[date], str]) -> list[list[str]]:
    """What a payer must know before a debit (SEPA rulebook: pre-notification)."""
    return [
        [_("Zahlung"), _("Wir ziehen den Betrag ein. Sie müssen nichts überweisen.")],
        [_("Einzug am"), day(debit.collect_on)],
        [_("Von Konto"), f"{_grouped(debit.iban)}, {debit.holder}"],
        [_("Mandatsreferenz"), debit.mandate_reference],
        [_("Gläubiger-ID"), debit.creditor_id],
    ]


def _grouped(iban: str) -> str:
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))


def _with_facturx_metadata(pdf: bytes) -> bytes:
    """Add the Factur-X description to the XMP packet: readers find the XML by it (ZUGFeRD 2.3, 6.2.2)."""
    with pikepdf.open(BytesIO(pdf)) as file:
        packet = etree.fromstring(file.Root.Metadata.read_bytes())
        root = packet.find(f".//{{{_RDF}}}RDF")
        known = packet.find(f".//{{{_EXTENSION}}}schemas/{{{_RDF}}}Bag")
        ours = etree.parse(_SCHEMA).getroot()
        schema, facts = ours[0], ours[1]
        if known is None:
            holder = etree.SubElement(root, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
            bag = etree.SubElement(holder, f"{{{_EXTENSION}}}schemas")
            known = etree.SubElement(bag, f"{{{_RDF}}}Bag")
        known.append(schema)
        root.append(facts)
        stream = pikepdf.Stream(file, etree.tostring(packet, encoding="utf-8"))
        stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        file.Root.Metadata = file.make_indirect(stream)
        out = BytesIO()
        file.save(out, deterministic_id=True)
    return out.getvalue()
