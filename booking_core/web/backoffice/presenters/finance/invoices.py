"""Invoices in lists and one by one, entries of the ledger, deposits, and the CSV files of all three.

Not here: reading them (``finance.queries``).
"""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from booking_core.finance.contracts import DepositView, EntryView, InvoiceRow, InvoiceView
from booking_core.finance.paper.wording import exemption_words
from booking_core.finance.queries.receipts import has_receipt
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.web.backoffice.presenters.spreadsheets import csv_text
from design_system.contracts import Cell, Column, SummaryRow, Table
from design_system.templatetags.formats import clock, euro, long_date, span_words

TONES = {
    "open": "info", "overdue": "danger", "paid": "success", "credit": "warning", "cancelled": "neutral",
    "document": "neutral",
}  # fmt: skip


def state_words(row: InvoiceRow) -> str:
    """Where an invoice stands, in words."""
    words = {
        "open": _("offen"), "overdue": _("überfällig"), "paid": _("bezahlt"), "credit": _("Guthaben"),
        "cancelled": _("storniert"), "document": _("Stornorechnung"),
    }  # fmt: skip
    return words[row.state]


def balance_words(found: InvoiceView) -> str:
    """What is open, or owed back; empty where neither is."""
    balance = found.row.balance
    if balance.cents > 0:
        return _("Offen: %(sum)s") % {"sum": euro(balance)}
    if balance.cents < 0:
        return _("Guthaben: %(sum)s, bitte erstatten") % {"sum": euro(-balance)}
    return ""


def invoice_table(rows: Sequence[InvoiceRow], *, caption: str, with_party: bool = True) -> Table:
    """A list of invoices."""
    columns = [
        Column(_("Nummer")),
        *([Column(_("Kundschaft"))] if with_party else []),
        Column(_("Ausgestellt")),
        Column(_("Fällig")),
        Column(_("Betrag"), is_numeric=True),
        Column(_("Offen"), is_numeric=True),
        Column(_("Stand")),
    ]
    return Table(
        caption=caption,
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=columns,
        rows=[_invoice_cells(row, with_party=with_party) for row in rows],
    )


def _invoice_cells(row: InvoiceRow, *, with_party: bool) -> list[Cell | str]:
    is_invoice = row.kind == "invoice"
    return [
        Cell(row.number, reverse("backoffice_invoice", args=[row.uuid])),
        *([row.party_name] if with_party else []),
        long_date(row.issued_on),
        long_date(row.due_on) if is_invoice else "",
        euro(row.gross if is_invoice else -row.gross),
        euro(row.balance) if is_invoice and row.balance else "",
        Cell(state_words(row), tone=TONES[row.state]),  # type: ignore[arg-type]  # one of the tones
    ]


def invoice_facts(invoice: InvoiceView) -> list[SummaryRow]:
    """The head of an invoice."""
    paper, row = invoice.paper, invoice.row
    buyer = [paper.buyer.name, paper.buyer.second_name, paper.buyer.street,
             f"{paper.buyer.postal_code} {paper.buyer.city}".strip()]  # fmt: skip
    return [
        SummaryRow(_("Kundschaft"), [line for line in buyer if line]),
        SummaryRow(_("Wofür"), paper.subject),
        SummaryRow(_("Ausgestellt"), long_date(row.issued_on)),
        *([SummaryRow(_("Zahlbar bis"), long_date(row.due_on))] if row.kind == "invoice" else []),
        SummaryRow(_("Verwendungszweck"), row.reference),
        *([SummaryRow(_("Grund"), invoice.reason)] if invoice.reason else []),
    ]


def line_table(invoice: InvoiceView) -> Table:
    """The lines as they stand on the document, with sums."""
    paper = invoice.paper
    notes = [exemption_words(group.exemption) for group in paper.taxes if group.exemption]
    total = _("Summe")
    if paper.has_tax_shown:
        total = _("Summe, darin %(tax)s Umsatzsteuer") % {"tax": euro(Money(paper.tax_cents))}
    return Table(
        caption=_("Zeilen der Rechnung"),
        is_caption_hidden=True,
        is_stacked=True,
        columns=[Column(_("Leistung")), Column(_("Fundstelle")), Column(_("Menge")),
                 Column(_("Betrag"), is_numeric=True)],
        rows=[
            [
                line.label,
                line.paragraph,
                f"{number_format(line.quantity.normalize(), use_l10n=True)} {line.unit_label}".strip(),
                euro(Money(line.shown_cents)),
            ]
            for line in paper.lines
        ],
        footer=[Cell(total, note=". ".join(notes)), "", "", euro(Money(paper.gross_cents))],
    )  # fmt: skip


def entry_table(
    entries: Sequence[EntryView], *, may_correct: bool = False, with_source: bool = False
) -> Table:
    """Movements, oldest first; what is owed grows with plus and falls with minus."""
    has_receipts = any(has_receipt(entry) for entry in entries)
    columns = [
        Column(_("Was")),
        *([Column(_("Zu")), Column(_("Kundschaft"))] if with_source else []),
        Column(_("Tag")),
        Column(_("Betrag"), is_numeric=True),
        Column(_("Wer")),
        *([Column(_("Quittung"), is_hidden_label=True)] if has_receipts else []),
        *([Column(_("Berichtigen"), is_hidden_label=True)] if may_correct else []),
    ]
    return Table(
        caption=_("Bewegungen"),
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=columns,
        rows=[
            _entry_cells(entry, may_correct=may_correct, with_source=with_source, has_receipts=has_receipts)
            for entry in entries
        ],
    )


def receipt_link(entry: EntryView) -> Cell | str:
    """Where the receipt is; empty for movements without."""
    return Cell(_("Quittung"), reverse("backoffice_receipt", args=[entry.uuid])) if has_receipt(entry) else ""


def _entry_cells(
    entry: EntryView, *, may_correct: bool, with_source: bool, has_receipts: bool
) -> list[Cell | str]:
    note = " · ".join(
        words
        for words in (entry.way_label, entry.text, _("berichtigt") if entry.is_reversed else "")
        if words
    )
    source: list[Cell | str] = []
    if with_source:
        url = reverse("backoffice_invoice", args=[entry.invoice_uuid]) if entry.invoice_uuid else ""
        source = [Cell(entry.invoice_number or entry.booking_number, url), entry.party_name]
    correct: list[Cell | str] = []
    if may_correct:
        can = entry.kind in {"payment", "refund", "write_off"} and not entry.is_reversed
        can = can and entry.way != "deposit"
        correct = [
            Cell(_("Berichtigen"), reverse("backoffice_entry_reverse", args=[entry.uuid])) if can else ""
        ]
    return [
        Cell(entry.kind_label, note=note),
        *source,
        long_date(entry.valued_on),
        euro(entry.amount),
        Cell(entry.actor_label, note=f"{long_date(entry.at)}, {clock(entry.at)}"),
        *([receipt_link(entry)] if has_receipts else []),
        *correct,
    ]


def deposit_table(rows: Sequence[DepositView], *, caption: str) -> Table:
    """Deposits with what can be done next: the booking's page."""
    return Table(
        caption=caption,
        is_caption_hidden=True,
        is_dense=True,
        is_stacked=True,
        columns=[
            Column(_("Buchung")),
            Column(_("Kundschaft")),
            Column(_("Nutzung")),
            Column(_("Verlangt"), is_numeric=True),
            Column(_("Fehlt"), is_numeric=True),
            Column(_("Hinterlegt"), is_numeric=True),
        ],
        rows=[
            [
                Cell(
                    row.booking_number,
                    reverse("backoffice_booking", args=[row.booking_uuid]),
                    note=row.booking_title,
                ),
                row.party_name,
                span_words(Span(row.use_starts_at, row.use_ends_at)),
                euro(row.wanted),
                euro(row.missing) if row.missing else "",
                euro(row.held) if row.held else "",
            ]
            for row in rows
        ],
    )


def invoices_csv(rows: Iterable[InvoiceRow]) -> str:
    """One line per document, for a spreadsheet."""
    head = [_("Nummer"), _("Art"), _("Kundschaft"), _("Verwendungszweck"), _("Ausgestellt"), _("Fällig"),
            _("Betrag in Euro"), _("Offen in Euro"), _("Stand")]  # fmt: skip
    return csv_text(
        [
            head,
            *(
                [row.number, row.kind_label, row.party_name, row.reference, f"{row.issued_on:%d.%m.%Y}",
                 f"{row.due_on:%d.%m.%Y}", _plain(row.gross if row.kind == "invoice" else -row.gross),
                 _plain(row.balance), state_words(row)]
                for row in rows
            ),
        ]
    )  # fmt: skip


def journal_csv(entries: Iterable[EntryView]) -> str:
    """One line per movement, in the order of the journal."""
    head = [_("Tag"), _("Art"), _("Konto"), _("Zu"), _("Kundschaft"), _("Betrag in Euro"), _("Wie"), _("Vermerk"),
            _("Erfasst am"), _("Erfasst von")]  # fmt: skip
    accounts = {"fee": _("Entgelt"), "deposit": _("Kaution"), "clearing": _("Durchlauf")}
    return csv_text(
        [
            head,
            *(
                [f"{one.valued_on:%d.%m.%Y}", one.kind_label, accounts[one.account],
                 one.invoice_number or one.booking_number, one.party_name, _plain(one.amount), one.way_label,
                 one.text, f"{one.at:%d.%m.%Y %H:%M}", one.actor_label]
                for one in entries
            ),
        ]
    )  # fmt: skip


def _plain(amount: Money) -> str:
    return number_format(amount.euros, use_l10n=True)
