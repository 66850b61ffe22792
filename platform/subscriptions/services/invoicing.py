"""Write the invoices that are due: number, document, file, charge and mail in one transaction per town.

Safe under repetition and concurrency: the town's row is locked, what is settled is remembered on it, and the database
refuses a second invoice for the same days. Not here: which ones are due (``queries.runs``).
"""

import hashlib
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.engines.payment_reference import Scheme, make_reference
from booking_core.finance.paper.content import Paper
from booking_core.finance.paper.pdf import invoice_pdf
from booking_core.finance.services.drafting import write_cancellation, write_paper
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError, InvalidInput, NotFound
from booking_core.kernel.money import ZERO
from subscriptions import letters
from subscriptions.contracts import DueFee, FeeInvoiceRow, RunOutcome, Terms
from subscriptions.drafts import draft_of, profile_of, seller_of
from subscriptions.errors import FeeClosed, FeeNotReady
from subscriptions.models import FeeEntry, FeeInvoice, FeeNumberRange, Plan, Subscription
from subscriptions.queries.invoices import invoice_row, period_of
from subscriptions.queries.plans import terms
from subscriptions.queries.runs import due_fees, fees_of_town
from subscriptions.queries.towns import billing_of
from subscriptions.services.standing import locked_subscription, refresh_standing
from subscriptions.services.trail import record
from tenants.context import in_public


def issue_due(*, until: date, actor: Actor, now: datetime, most_towns: int | None = None) -> RunOutcome:
    """Write every invoice that is due ``until`` a day, town by town; one that cannot be written stops no other."""
    if not terms().is_complete:
        raise FeeNotReady(
            _(
                "Tragen Sie zuerst unter „Bedingungen“ ein, wer die Rechnungen schreibt und wohin gezahlt wird."
            )
        )
    towns = list(dict.fromkeys(due.tenant_id for due in due_fees(until=until) if not due.obstacle))
    done, refused = 0, []
    for tenant_id in towns[:most_towns]:
        try:
            done += issue_for_town(tenant_id, until=until, actor=actor, now=now)
        except BookingError as fault:
            refused.append(str(fault))
    return RunOutcome(done, tuple(refused), left=len(towns[most_towns:]) if most_towns is not None else 0)


def issue_for_town(tenant_id: int, *, until: date, actor: Actor, now: datetime) -> int:
    """Write one town's due invoices; how many. Raises NotFound, and what ``finance`` refuses."""
    rules, count = terms(), 0
    with in_public(), transaction.atomic():
        row = locked_subscription(tenant_id)
        if row is None:
            raise NotFound(_("Für diese Kommune ist noch kein Beitrag eingerichtet."))
        known = {one.pk: one for one in Plan.objects.prefetch_related("prices")}
        for due in list(fees_of_town(row, known, rules, until=until)):
            if due.obstacle:
                break
            if due.net:
                _issue(row, due, rules, actor=actor, now=now)
                count += 1
            _settle(row, due)
    return count


def _settle(row: Subscription, due: DueFee) -> None:
    """Remember that these days are dealt with; what was chosen for "next" is now the plan."""
    if row.billed_until is not None and (row.next_plan_id or row.next_interval):
        row.plan_id, row.interval = row.next_plan_id or row.plan_id, row.next_interval or row.interval
        row.next_plan_id, row.next_interval = None, ""
    row.billed_until = due.period.last_on
    row.save()


def _issue(row: Subscription, due: DueFee, rules: Terms, *, actor: Actor, now: datetime) -> FeeInvoice:
    day = timezone.localdate(now)
    billing = billing_of(row)
    sequence = _next_number(rules.number_prefix, day.year)
    paper = write_paper(
        draft_of(due, billing),
        profile_of(rules),
        seller=seller_of(rules),
        number=_number(rules.number_prefix, day.year, sequence),
        reference=make_reference(Scheme.RF, prefix=rules.number_prefix, year=day.year, number=sequence),
        issued_on=day,
    )
    invoice = _store(
        paper, row.tenant_id, due, (rules.number_prefix, day.year, sequence), actor=actor, now=now
    )
    post(invoice, "charge", paper.gross_cents, valued_on=day, actor=actor, now=now)
    record("fee.invoice_issued", row.tenant_id, actor=actor, data={"number": invoice.number})
    letters.send_invoice(row, invoice)
    return invoice


def cancel_invoice(uuid: UUID, *, reason: str, actor: Actor, now: datetime) -> FeeInvoiceRow:
    """Take an invoice back by a document of its own; the last one's days can be billed again.

    What was paid on it stays as a credit to be returned. Raises InvalidInput, NotFound, FeeClosed.
    """
    if not reason.strip():
        raise InvalidInput(_("Bitte nennen Sie den Grund. Er steht auf der Stornorechnung."), field="reason")
    day = timezone.localdate(now)
    with in_public(), transaction.atomic():
        tenant_id = FeeInvoice.objects.filter(uuid=uuid).values_list("tenant_id", flat=True).first()
        row = locked_subscription(tenant_id) if tenant_id else None
        invoice = locked_invoice(uuid)
        if row is None or invoice.kind != "invoice" or invoice.is_cancelled:
            raise FeeClosed(_("Diese Rechnung ist schon storniert."))
        FeeInvoice.objects.filter(pk=invoice.pk).update(is_cancelled=True)
        sequence = _next_number(invoice.prefix, day.year)
        number = _number(invoice.prefix, day.year, sequence)
        paper = write_cancellation(
            Paper.model_validate(invoice.content), number=number, reference=number, issued_on=day,
            reason=reason.strip(),
        )  # fmt: skip
        due = DueFee(row.tenant_id, "", period_of(invoice), invoice.plan_name, ZERO, ZERO)
        document = _store(
            paper,
            row.tenant_id,
            due,
            (invoice.prefix, day.year, sequence),
            actor=actor,
            now=now,
            cancels=invoice,
        )
        post(invoice, "cancellation", -invoice.gross_cents, valued_on=day, text=number, actor=actor, now=now)
        if row.billed_until == due.period.last_on:
            row.billed_until = _day_before(row, due.period.first_on)
            row.save(update_fields=["billed_until"])
        record(
            "fee.invoice_cancelled",
            row.tenant_id,
            actor=actor,
            reason=reason.strip(),
            data={"number": number},
        )
        letters.send_cancellation(row, document, reason.strip())
        refresh_standing(row, today=day)
    return invoice_row(document.uuid, today=day)


def _day_before(row: Subscription, first_on: date) -> date | None:
    return None if first_on == row.starts_on else first_on - timedelta(days=1)


def locked_invoice(uuid: UUID) -> FeeInvoice:
    """The invoice, locked until the transaction ends. Call in public. Raises NotFound."""
    found = FeeInvoice.objects.select_for_update(no_key=True).defer("pdf").filter(uuid=uuid).first()
    if found is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return found


def post(
    invoice: FeeInvoice,
    kind: str,
    cents: int,
    *,
    valued_on: date,
    actor: Actor,
    now: datetime,
    text: str = "",
    key: UUID | None = None,
    reverses: FeeEntry | None = None,
) -> FeeEntry:
    """Add a movement. Call in public, with the invoice locked or just made."""
    return FeeEntry.objects.create(
        invoice=invoice, kind=kind, amount_cents=cents, valued_on=valued_on, text=text, key=key or uuid4(),
        reverses=reverses, at=now, actor_label=actor.label,
    )  # fmt: skip


def _next_number(prefix: str, year: int) -> int:
    """The next number of a year; the row stays locked until the transaction ends, so a failure leaves no gap."""
    FeeNumberRange.objects.get_or_create(prefix=prefix, year=year)
    row = FeeNumberRange.objects.select_for_update().get(prefix=prefix, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _number(prefix: str, year: int, sequence: int) -> str:
    return f"{prefix}-{year}-{sequence:06d}"


def _store(
    paper: Paper,
    tenant_id: int,
    due: DueFee,
    number: tuple[str, int, int],
    *,
    actor: Actor,
    now: datetime,
    cancels: FeeInvoice | None = None,
) -> FeeInvoice:
    pdf = invoice_pdf(paper)
    prefix, year, sequence = number
    return FeeInvoice.objects.create(
        tenant_id=tenant_id,
        kind=paper.kind,
        number=paper.number,
        prefix=prefix,
        year=year,
        sequence=sequence,
        reference=paper.reference,
        period=DateRange(due.period.first_on, due.period.next_first_on),
        plan_name=due.plan_name,
        issued_on=paper.issued_on,
        due_on=paper.due_on,
        net_cents=paper.net_cents,
        tax_cents=paper.tax_cents,
        gross_cents=paper.gross_cents,
        content=paper.model_dump(mode="json"),
        pdf=pdf,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        cancels=cancels,
        issued_at=now,
        issued_by=actor.label,
    )
