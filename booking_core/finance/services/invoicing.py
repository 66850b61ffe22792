"""Issue and cancel invoices: number, document, file and charge in one transaction. Nothing is ever changed.

Not here: what stands on them (``drafting``), payments (``ledger``). Call inside ``with_retries``; the caller holds
the booking's row. Locks here: the invoice that is cancelled, then the range of numbers.
"""

import hashlib
from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.engines.payment_reference import make_reference
from booking_core.finance.contracts import InvoiceDraft, InvoiceView, ProfileView
from booking_core.finance.errors import InvoiceClosed
from booking_core.finance.models import Account, EntryKind, Invoice, InvoiceKind, InvoiceLine, LedgerEntry
from booking_core.finance.paper.content import Paper
from booking_core.finance.paper.pdf import invoice_pdf
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.profile import required_profile, seller_of
from booking_core.finance.services.drafting import write_cancellation, write_paper
from booking_core.finance.services.numbers import DocumentNumber, next_number
from booking_core.finance.services.posting import post_entry
from booking_core.identity.contracts import Actor, Mandate
from booking_core.identity.mandates import mandates_of
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound

_PAYMENT_KINDS = (EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.MOVED, EntryKind.REVERSAL)


@transaction.atomic
def issue_invoice(
    draft: InvoiceDraft, *, actor: Actor, now: datetime, replaces: Collection[UUID] = ()
) -> InvoiceView:
    """Write an invoice and charge it. What was paid on ``replaces``, cancelled ones, moves to it.

    Raises NotSetUp, NothingToBill, TaxContradiction, InvalidInput, NotFound.
    """
    profile = required_profile()
    day = timezone.localdate(now)
    number = next_number(profile.number_prefix, day.year)
    reference = make_reference(
        profile.reference_scheme,
        prefix=profile.reference_prefix,
        year=number.year,
        number=number.sequence,
    )
    paper = write_paper(
        draft,
        profile,
        seller=seller_of(profile),
        number=str(number),
        reference=reference,
        issued_on=day,
        mandate=_usable_mandate(draft, profile, day),
    )
    invoice = _store(paper, number, party_id=draft.party_id, actor=actor, now=now)
    _post(invoice, EntryKind.CHARGE, paper.gross_cents, actor=actor, now=now)
    audit("invoice.issued", actor=actor, subject_type="invoice", subject_id=invoice.uuid)
    for uuid in replaces:
        _move_payments(uuid, invoice, actor=actor, now=now)
    return invoice_by_uuid(invoice.uuid)


@transaction.atomic
def cancel_invoice(uuid: UUID, *, reason: str, actor: Actor, now: datetime) -> InvoiceView:
    """Take an invoice back by a document of its own; returns that document. What was paid stays as a credit.

    Raises NotFound, InvoiceClosed (cancelled already, or itself a cancellation), InvalidInput without a reason.
    """
    if not reason.strip():
        raise InvalidInput(_("Bitte nennen Sie den Grund. Er steht auf der Stornorechnung."), field="reason")
    invoice = locked_invoice(uuid)
    if invoice.kind != InvoiceKind.INVOICE or Invoice.objects.filter(cancels=invoice).exists():
        raise InvoiceClosed(_("Diese Rechnung ist schon storniert."))
    day = timezone.localdate(now)
    number = next_number(invoice.prefix, day.year)
    paper = write_cancellation(
        Paper.model_validate(invoice.content),
        number=str(number),
        reference=str(number),
        issued_on=day,
        reason=reason.strip(),
    )
    document = _store(paper, number, party_id=invoice.party_id, actor=actor, now=now, cancels=invoice)
    _post(invoice, EntryKind.CANCELLATION, -invoice.gross_cents, actor=actor, now=now, text=str(number))
    audit("invoice.cancelled", actor=actor, subject_type="invoice", subject_id=uuid, reason=reason.strip())
    return invoice_by_uuid(document.uuid)


def locked_invoice(uuid: UUID) -> Invoice:
    """The invoice, locked until the transaction ends. Raises NotFound."""
    invoice = Invoice.objects.select_for_update(no_key=True).defer("pdf").filter(uuid=uuid).first()
    if invoice is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return invoice


def _store(
    paper: Paper,
    number: DocumentNumber,
    *,
    party_id: int,
    actor: Actor,
    now: datetime,
    cancels: Invoice | None = None,
) -> Invoice:
    pdf = invoice_pdf(paper)
    invoice = Invoice.objects.create(
        kind=paper.kind,
        number=paper.number,
        prefix=number.prefix,
        year=number.year,
        sequence=number.sequence,
        reference=paper.reference,
        party_id=party_id,
        cancels=cancels,
        issued_on=paper.issued_on,
        due_on=paper.due_on,
        net_cents=paper.net_cents,
        tax_cents=paper.tax_cents,
        gross_cents=paper.gross_cents,
        content=paper.model_dump(mode="json"),
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        reason=paper.reason,
        issued_at=now,
        issued_by_id=actor.user_id,
        issued_by_label=actor.label,
    )
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            position=position,
            booking_id=line.booking_id,
            label=line.label[:300],
            paragraph=line.paragraph[:200],
            net_cents=line.net_cents,
            category=line.category,
            percent=line.percent,
        )
        for position, line in enumerate(paper.lines, start=1)
    )
    return invoice


def _post(
    invoice: Invoice, kind: EntryKind, cents: int, *, actor: Actor, now: datetime, text: str = ""
) -> None:
    post_entry(
        account=Account.FEE,
        kind=kind,
        amount_cents=cents,
        invoice=invoice,
        party_id=invoice.party_id,
        valued_on=timezone.localdate(now),
        text=text,
        key=uuid4(),
        actor=actor,
        now=now,
    )


def _move_payments(old_uuid: UUID, new: Invoice, *, actor: Actor, now: datetime) -> None:
    """What was paid on the old invoice counts for the new one."""
    old = locked_invoice(old_uuid)
    payments = LedgerEntry.objects.filter(invoice=old, kind__in=_PAYMENT_KINDS)
    paid = payments.aggregate(cents=Sum("amount_cents"))["cents"]
    if not paid:
        return
    _post(old, EntryKind.MOVED, -paid, actor=actor, now=now, text=new.number)
    _post(new, EntryKind.MOVED, paid, actor=actor, now=now, text=old.number)


def _usable_mandate(draft: InvoiceDraft, profile: ProfileView, day: date) -> Mandate | None:
    if not (profile.creditor_id and profile.accepts_transfer):
        return None
    due_on = day + timedelta(days=profile.payment_days)
    return mandates_of([draft.party_id], on=due_on).get(draft.party_id)
