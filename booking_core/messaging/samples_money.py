"""An invented invoice for the previews of mails in the back office. Nothing of it is stored or sent.

Not here: the mails themselves (``composing_money``).
"""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.engines.tax import Exemption
from booking_core.finance.contracts import InvoiceRow, InvoiceView
from booking_core.finance.paper.content import Paper, PaperLine, PaperParty, PaperTax, Payee
from booking_core.kernel.money import Money
from booking_core.messaging import composing_money
from booking_core.messaging.contracts import MailDraft

_UUID = UUID(int=0)
_CENTS = 9000


def money_drafts(language: str) -> tuple[MailDraft, ...]:
    """One mail of every kind about money; call with ``language`` active."""
    invoice = _invoice(language, kind="invoice")
    document = _invoice(language, kind="cancellation")
    recipient = "erika@example.org"
    return (
        composing_money.invoice_issued(invoice, recipient=recipient),
        composing_money.invoice_cancelled(document, recipient=recipient),
        composing_money.payment_reminder(invoice, recipient=recipient, step=1),
    )


def _invoice(language: str, *, kind: str) -> InvoiceView:
    is_invoice = kind == "invoice"
    paper = _paper(language, kind=kind)
    row = InvoiceRow(
        uuid=_UUID,
        kind=kind,
        kind_label="",
        number=paper.number,
        reference=paper.reference,
        party_name="Erika Mustermann",
        issued_on=paper.issued_on,
        due_on=paper.due_on,
        gross=Money(_CENTS),
        balance=Money(_CENTS if is_invoice else 0),
        state="open" if is_invoice else "document",
    )
    return InvoiceView(
        row=row,
        paper=paper,
        party_id=0,
        party_uuid=_UUID,
        party_email="erika@example.org",
        booking_uuids=(_UUID,),
        cancels="" if is_invoice else "R-2027-000017",
        reason=paper.reason,
    )


def _paper(language: str, *, kind: str) -> Paper:
    is_invoice = kind == "invoice"
    line = PaperLine(
        label=_("Großer Saal"),
        unit_net_cents=Decimal(_CENTS),
        net_cents=_CENTS,
        shown_cents=_CENTS,
        category="O",
    )
    tax = PaperTax(
        category="O",
        percent=Decimal(0),
        net_cents=_CENTS,
        tax_cents=0,
        exemption=Exemption.NOT_TAXABLE,
    )
    return Paper(
        kind=kind,
        number="R-2027-000017" if is_invoice else "R-2027-000018",
        reference="RF71BK2027000017",
        language=language,
        issued_on=date(2027, 4, 14),
        due_on=date(2027, 4, 28),
        supply_first_on=date(2027, 6, 12),
        supply_last_on=date(2027, 6, 13),
        seller=PaperParty(name="Musterdorf"),
        buyer=PaperParty(name="Erika Mustermann", email="erika@example.org"),
        payee=Payee(name="Gemeinde Musterdorf", iban="DE02120300000000202051", bic="BYLADEM1001"),
        lines=(line,),
        taxes=(tax,),
        net_cents=_CENTS,
        tax_cents=0,
        gross_cents=_CENTS,
        subject=f"2027-0001: {_('Geburtstagsfeier')}",
        reason="" if is_invoice else _("An diesem Tag wird der Boden erneuert."),
    )
