"""Bank statements ready to print: movements with their guess; why a file cannot be read, in words.

Not here: reading files (``finance.bank``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.bank.lines import StatementUnreadable
from booking_core.finance.bank.order_matching import OrderMatch
from booking_core.finance.queries.statements import StatementRow
from booking_core.kernel.money import Money
from design_system.templatetags.formats import euro, long_date


@dataclass(frozen=True, slots=True)
class MovementCard:
    """One movement with what can be done about it."""

    title: str
    when: str
    purpose: str
    guess: str
    is_sure: bool
    state: str
    assign_url: str
    other_url: str
    ignore_url: str
    invoice: str
    invoice_uuid: str
    invoice_url: str
    order: str = ""
    order_url: str = ""
    order_label: str = ""


def movement_cards(rows: Sequence[StatementRow]) -> list[MovementCard]:
    """The movements in order."""
    return [_card(row) for row in rows]


def _card(row: StatementRow) -> MovementCard:
    proposal = row.proposal
    sign = "+" if row.amount.cents > 0 else "−"
    amount = euro(row.amount if row.amount.cents > 0 else -row.amount)
    return MovementCard(
        title=f"{sign} {amount} · {row.name or _('ohne Namen')}",
        when=long_date(row.booked_on),
        purpose=" · ".join(words for words in (row.purpose, row.reference) if words),
        guess=_guess(row),
        is_sure=bool((proposal and proposal.is_sure) or (row.order and row.order.is_sure)),
        state=f"{row.state_label}: {row.note}" if row.note else row.state_label,
        assign_url=reverse("backoffice_statement_step", args=[row.uuid, "zuordnen"]),
        other_url=reverse("backoffice_statement_step", args=[row.uuid, "andere"]),
        ignore_url=reverse("backoffice_statement_step", args=[row.uuid, "weglegen"]),
        invoice=proposal.item.number if proposal else row.invoice_number,
        invoice_uuid=str(proposal.item.invoice) if proposal else "",
        invoice_url=_invoice_url(row),
        order=str(row.order.item.order) if row.order else "",
        order_url=reverse("backoffice_statement_step", args=[row.uuid, "auftrag"]) if row.order else "",
        order_label=_order_label(row),
    )


def _order_label(row: StatementRow) -> str:
    if row.order is None:
        return ""
    return _("Als ausgeführt buchen") if row.order.event == "executed" else _("Als zurückgegeben buchen")


def _invoice_url(row: StatementRow) -> str:
    uuid = row.proposal.item.invoice if row.proposal else row.invoice_uuid
    return reverse("backoffice_invoice", args=[uuid]) if uuid else ""


def _order_guess(order: OrderMatch) -> str:
    values = {"kind": order.item.kind_label, "number": order.item.number}
    if order.event == "executed":
        return _("Das ist Ihr Auftrag an die Bank: %(kind)s zu %(number)s.") % values
    words = _("Das kam zurück: %(kind)s zu %(number)s.") % values
    if not order.charges_cents:
        return words
    charges = _("Die Bank hat %(amount)s Gebühr dazugerechnet.") % {
        "amount": euro(Money(order.charges_cents))
    }
    return f"{words} {charges}"


def _guess(row: StatementRow) -> str:
    if row.order is not None:
        return _order_guess(row.order)
    if row.proposal is None:
        return _("Keine Rechnung passt von selbst.") if row.state == "open" else ""
    words = {
        "reference": _("Der Verwendungszweck nennt diese Rechnung."),
        "number": _("Die Rechnungsnummer steht im Text."),
        "name": _("Name und Betrag passen."),
    }[row.proposal.reason]
    difference = abs(row.amount.cents) - abs(row.proposal.item.balance_cents)
    if difference < 0:
        return f"{words} {_('Es ist eine Teilzahlung.')}"
    return f"{words} {_('Es ist mehr, als offen ist.')}" if difference > 0 else words


def unreadable_words(fault: StatementUnreadable) -> str:
    """Why a file cannot be read, and what would help."""
    sentences = {
        "empty": _("Diese Datei ist leer."),
        "too_large": _("Die Datei ist größer als 2 MB. Laden Sie einen kürzeren Zeitraum."),
        "xml": _("Diese XML-Datei ist beschädigt. Laden Sie sie bei der Bank noch einmal herunter."),
        "kind": _("Das ist kein Kontoauszug. Wählen Sie im Online-Banking das Format CAMT.053."),
        "encoding": _("Diese Datei ist kein Text. Wählen Sie im Online-Banking CSV oder CAMT."),
        "columns": _("Bitte ordnen Sie mindestens Buchungstag und Betrag zu."),
        "currency": _("Nur Bewegungen in Euro lassen sich zuordnen. Gefunden: %(detail)s."),
        "date": _("Das ist kein Datum: %(detail)s."),
        "amount": _("Das ist kein Betrag: %(detail)s."),
    }
    sentence = sentences[fault.code] % {"detail": fault.detail or "?"}
    if fault.line:
        return _("Zeile %(line)s: %(sentence)s Nichts wurde übernommen.") % {
            "line": fault.line,
            "sentence": sentence,
        }
    return sentence
