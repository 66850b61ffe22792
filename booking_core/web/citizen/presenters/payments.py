"""What an own booking says of money: what is open, where to pay, documents, the deposit.

Not here: the price and its reasons (``prices``).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.finance.contracts import BookingMoney, DepositView, InvoiceRow
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.treasury import money_of_booking
from booking_core.reservations.contracts import BookingView
from booking_core.web.citizen.presenters.money_steps import MoneySteps, money_steps
from booking_core.workflows.payments.ways import OpenDue, dues_of_booking
from design_system.contracts import SummaryRow
from design_system.templatetags.formats import euro, long_date


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """One document to load."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PaymentPanel:
    """Ready to print. ``code_url`` is empty where no transfer is asked for; ``reference`` can be copied."""

    sentence: str
    tone: str
    rows: list[SummaryRow]
    documents: list[DocumentLink]
    deposit: list[SummaryRow]
    code_url: str = ""
    code_alt: str = ""
    reference: str = ""
    iban: str = ""
    pay_url: str = ""
    pay_label: str = ""
    steps: MoneySteps = field(default_factory=MoneySteps)


def payment_panel(booking: BookingView, *, now: datetime) -> PaymentPanel | None:
    """The panel, or None where nothing is billed, due or deposited."""
    money = money_of_booking(booking.id)
    panel = _panel(booking, money)
    online = [due for due in dues_of_booking(booking, now=now, money=money) if due.online is not None]
    if panel is not None:
        panel = replace(panel, steps=money_steps(booking, money))
    if not online:
        return panel
    if panel is None:
        panel = PaymentPanel(_due_words(online[0]), "warning", [], [], [])
    label = _("Online bezahlen") if online[0].due.purpose == "fee" else _("Kaution online hinterlegen")
    return replace(panel, pay_url=reverse("booking_pay", args=[booking.uuid]), pay_label=label)


def _due_words(due: OpenDue) -> str:
    words = {"sum": euro(due.due.amount)}
    if due.due.purpose == "deposit":
        return _("Bitte hinterlegen Sie %(sum)s als Kaution.") % words
    return _("Bitte zahlen Sie jetzt %(sum)s.") % words


def _panel(booking: BookingView, money: BookingMoney) -> PaymentPanel | None:
    deposit = _deposit_rows(money.deposit)
    if not money.invoices and not deposit:
        return None
    documents = [
        DocumentLink(
            f"{row.kind_label} {row.number} (PDF)",
            reverse("booking_invoice", args=[booking.uuid, row.uuid]),
        )
        for row in money.invoices
    ]
    shown = next((row for row in money.invoices if row.kind == "invoice" and row.balance), money.current)
    if shown is None:
        return PaymentPanel(_("Es ist nichts zu zahlen."), "neutral", [], documents, deposit)
    sentence, tone = _where_it_stands(shown)
    panel = PaymentPanel(sentence, tone, [], documents, deposit)
    return _with_transfer(panel, booking, shown) if shown.balance.cents > 0 else panel


def _where_it_stands(row: InvoiceRow) -> tuple[str, str]:
    if row.balance.cents < 0:
        return _("Sie haben ein Guthaben von %(sum)s. Wir erstatten es.") % {
            "sum": euro(-row.balance)
        }, "info"
    if row.balance.cents == 0:
        return _("Alles bezahlt. Vielen Dank."), "success"
    words = {"sum": euro(row.balance), "day": long_date(row.due_on)}
    if row.state == "overdue":
        return _("%(sum)s waren bis %(day)s zu zahlen. Bitte zahlen Sie jetzt.") % words, "danger"
    return _("Bitte zahlen Sie %(sum)s bis %(day)s.") % words, "warning"


def _with_transfer(panel: PaymentPanel, booking: BookingView, row: InvoiceRow) -> PaymentPanel:
    paper = invoice_by_uuid(row.uuid).paper
    if not paper.payee.iban:
        rows = [SummaryRow(_("Zahlung"), _("vor Ort, bar oder mit Karte"))]
        return PaymentPanel(panel.sentence, panel.tone, rows, panel.documents, panel.deposit)
    rows = [
        SummaryRow(_("Empfänger"), paper.payee.name),
        SummaryRow("IBAN", _in_groups(paper.payee.iban)),
        *([SummaryRow("BIC", paper.payee.bic)] if paper.payee.bic else []),
        SummaryRow(_("Verwendungszweck"), paper.reference),
        SummaryRow(_("Betrag"), euro(row.balance)),
    ]
    alt = _("GiroCode für die Banking-App: %(sum)s an %(name)s, Verwendungszweck %(reference)s") % {
        "sum": euro(row.balance),
        "name": paper.payee.name,
        "reference": paper.reference,
    }
    return PaymentPanel(
        panel.sentence,
        panel.tone,
        rows,
        panel.documents,
        panel.deposit,
        code_url=reverse("booking_girocode", args=[booking.uuid, row.uuid]),
        code_alt=alt,
        reference=paper.reference,
        iban=paper.payee.iban,
    )


def _in_groups(iban: str) -> str:
    return " ".join(iban[place : place + 4] for place in range(0, len(iban), 4))


def _deposit_rows(deposit: DepositView | None) -> list[SummaryRow]:
    if deposit is None or not (deposit.held or deposit.kept or deposit.returned or deposit.secured):
        return []
    amounts = [
        (_("Auf der Karte reserviert"), deposit.secured),
        (_("Hinterlegt"), deposit.held),
        (_("Zurückgezahlt"), deposit.returned),
        (_("Einbehalten"), deposit.kept),
    ]
    return [SummaryRow(label, euro(amount)) for label, amount in amounts if amount]
