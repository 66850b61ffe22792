"""The mails about money: invoice, cancellation of an invoice, reminder; the document itself is attached.

Not here: how the mail looks (``layout``), the documents (``finance.paper``).
"""

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.finance.contracts import InvoiceView
from booking_core.messaging.booking_facts import language_of
from booking_core.messaging.booking_links import booking_link
from booking_core.messaging.contracts import Action, Attachment, Letter, MailDraft
from booking_core.messaging.layout import lay_out
from design_system.formats import euro, long_date


def invoice_issued(invoice: InvoiceView, *, recipient: str) -> MailDraft:
    """To the person who pays: what, how much, until when, where to."""
    with translation.override(invoice.paper.language):
        letter = Letter(
            subject=_("Ihre Rechnung %(number)s") % {"number": invoice.row.number},
            greeting=_greeting(invoice),
            paragraphs=(
                _("im Anhang finden Sie Ihre Rechnung: %(subject)s.") % {"subject": invoice.paper.subject},
            ),
            facts=_facts(invoice),
            action=_own_booking(invoice),
            closing=_how_to_pay(invoice),
        )
        return _draft("invoice_issued", invoice, letter, recipient)


def invoice_cancelled(document: InvoiceView, *, recipient: str) -> MailDraft:
    """To the person who paid or was to pay: the invoice is taken back, and why."""
    with translation.override(document.paper.language):
        closing = [_("Was Sie auf diese Rechnung gezahlt haben, rechnen wir an oder erstatten es.")]
        letter = Letter(
            subject=_("Ihre Rechnung %(number)s ist storniert") % {"number": document.cancels},
            greeting=_greeting(document),
            paragraphs=(
                _("wir nehmen die Rechnung %(number)s zurück. Die Stornorechnung hängt an.")
                % {"number": document.cancels},
            ),
            quoted=document.reason,
            action=_own_booking(document),
            closing=tuple(closing),
        )
        return _draft("invoice_cancelled", document, letter, recipient)


def payment_reminder(invoice: InvoiceView, *, recipient: str, step: int) -> MailDraft:
    """To the person who owes: what is open; ``step`` counts from 1. The invoice is attached again."""
    with translation.override(invoice.paper.language):
        opening = (
            _("vielleicht ist es Ihnen entgangen: Zu dieser Rechnung fehlt uns noch Ihre Zahlung.")
            if step == 1
            else _("zu dieser Rechnung fehlt uns trotz Erinnerung noch Ihre Zahlung. Bitte zahlen Sie jetzt.")
        )
        letter = Letter(
            subject=_("Zahlungserinnerung zu Rechnung %(number)s") % {"number": invoice.row.number}
            if step == 1
            else _("%(step)s. Mahnung zu Rechnung %(number)s") % {"step": step, "number": invoice.row.number},
            greeting=_greeting(invoice),
            paragraphs=(opening,),
            facts=_facts(invoice),
            action=_own_booking(invoice),
            closing=(
                *_how_to_pay(invoice),
                _("Haben Sie inzwischen gezahlt, ist diese E-Mail gegenstandslos."),
            ),
        )
        return _draft("payment_reminder", invoice, letter, recipient)


def _greeting(invoice: InvoiceView) -> str:
    name = invoice.paper.buyer.second_name or invoice.paper.buyer.name
    return _("Guten Tag %(name)s,") % {"name": name}


def _facts(invoice: InvoiceView) -> tuple[tuple[str, str], ...]:
    paper, language = invoice.paper, language_of(invoice.paper.language)
    facts = [
        (_("Rechnungsnummer"), paper.number),
        (_("Betrag"), euro(invoice.row.gross, language)),
        (_("Noch offen"), euro(invoice.row.balance, language) if invoice.row.balance.cents > 0 else ""),
        (_("Zahlbar bis"), long_date(paper.due_on, language)),
    ]
    if paper.debit is not None:
        facts += [
            (_("Einzug am"), long_date(paper.debit.collect_on, language)),
            (_("Mandatsreferenz"), paper.debit.mandate_reference),
            (_("Gläubiger-ID"), paper.debit.creditor_id),
        ]
    elif paper.payee.iban and invoice.row.balance.cents > 0:
        facts += [
            (_("Empfänger"), paper.payee.name),
            ("IBAN", paper.payee.iban),
            (_("Verwendungszweck"), paper.reference),
        ]
    return tuple((label, value) for label, value in facts if value)


def _how_to_pay(invoice: InvoiceView) -> tuple[str, ...]:
    if invoice.row.balance.cents <= 0:
        return (_("Es ist nichts mehr zu zahlen."),)
    if invoice.paper.debit is not None:
        return (_("Sie müssen nichts überweisen: Wir ziehen den Betrag von Ihrem Konto ein."),)
    if invoice.paper.payee.iban:
        return (_("Auf der Rechnung ist ein Code, den die meisten Banking-Apps lesen."),)
    return (_("Bitte zahlen Sie vor Ort, bar oder mit Karte."),)


def _own_booking(invoice: InvoiceView) -> Action | None:
    if len(invoice.booking_uuids) != 1:
        return None
    return Action(_("Buchung ansehen"), booking_link(invoice.booking_uuids[0]))


def _draft(kind: str, invoice: InvoiceView, letter: Letter, recipient: str) -> MailDraft:
    return lay_out(
        letter,
        kind=kind,
        recipient=recipient,
        language=invoice.paper.language,
        attachments=(
            Attachment(
                name=f"{invoice.row.number}.pdf", content_type="application/pdf", invoice=invoice.row.uuid
            ),
        ),
        subject_type="booking" if invoice.booking_uuids else "invoice",
        subject_id=str(invoice.booking_uuids[0] if invoice.booking_uuids else invoice.row.uuid),
    )
