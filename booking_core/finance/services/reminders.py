"""Reminders of unpaid invoices: note the next one, stop them for an invoice in dispute, choose many for one run.

Not here: their mails (``workflows.reminding``), which are due (``queries.reminders``). Each write locks its invoice;
the key of a reminder's entry is made of the invoice and the step, so the ledger takes each reminder once whatever
happens.
"""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.contracts import InvoiceView, ReminderStep
from booking_core.finance.errors import AmountRefused, InvoiceClosed, NothingToRemind
from booking_core.finance.models import Account, EntryKind, Invoice, InvoiceKind, LedgerEntry
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.profile import required_profile
from booking_core.finance.queries.reminders import due_reminders, next_reminder_on
from booking_core.finance.queries.stops import stop_of
from booking_core.finance.services.invoicing import locked_invoice
from booking_core.finance.services.ledger import balance_of
from booking_core.finance.services.posting import post_entry
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput

SENT = "sent"


@transaction.atomic
def remind(uuid: UUID, *, actor: Actor, now: datetime) -> InvoiceView:
    """Note the next reminder of an overdue invoice with its fee. Raises NotFound, InvoiceClosed, AmountRefused."""
    steps, today = required_profile().reminder_steps, timezone.localdate(now)
    invoice = locked_invoice(uuid)
    if balance_of(invoice) <= 0 or invoice.kind != InvoiceKind.INVOICE:
        raise InvoiceClosed(_("Auf dieser Rechnung ist nichts offen."))
    if stop_of(invoice, today) is not None:
        raise AmountRefused(
            _("Für diese Rechnung gilt eine Mahnsperre: %(reason)s") % {"reason": invoice.stopped_reason}
        )
    number, step = _next_step(invoice, steps, today)
    post_entry(
        account=Account.FEE,
        kind=EntryKind.REMINDER,
        amount_cents=step.fee.cents,
        invoice=invoice,
        party_id=invoice.party_id,
        valued_on=today,
        text=_("%(number)s. Mahnung") % {"number": number},
        key=uuid5(invoice.uuid, f"reminder-{number}"),
        actor=actor,
        now=now,
    )
    audit("ledger.reminded", actor=actor, subject_type="invoice", subject_id=uuid)
    return invoice_by_uuid(uuid)


def _next_step(invoice: Invoice, steps: tuple[ReminderStep, ...], today: date) -> tuple[int, ReminderStep]:
    sent = LedgerEntry.objects.filter(invoice=invoice, kind=EntryKind.REMINDER).order_by("id")
    dates = list(sent.values_list("valued_on", flat=True))
    if len(dates) >= len(steps):
        raise AmountRefused(
            _("Alle vorgesehenen Mahnungen sind verschickt. Das Weitere entscheidet die Kasse.")
        )
    step = steps[len(dates)]
    if today < next_reminder_on(invoice.due_on, dates[-1] if dates else None, step):
        raise AmountRefused(_("Die Frist bis zur nächsten Mahnung läuft noch."))
    return len(dates) + 1, step


@transaction.atomic
def stop_reminders(uuid: UUID, *, reason: str, until: date | None, actor: Actor, now: datetime) -> None:
    """Send no reminder of this invoice until the end of a day, or until somebody lifts the stop (None).

    Raises NotFound, InvoiceClosed, InvalidInput by field.
    """
    today = timezone.localdate(now)
    if not reason.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, warum nicht gemahnt wird."), field="text")
    if until is not None and until < today:
        raise InvalidInput(_("Dieser Tag liegt in der Vergangenheit."), field="until")
    invoice = locked_invoice(uuid)
    if invoice.kind != InvoiceKind.INVOICE or balance_of(invoice) <= 0:
        raise InvoiceClosed(_("Auf dieser Rechnung ist nichts offen."))
    Invoice.objects.filter(pk=invoice.pk).update(
        stopped_on=today, stopped_until=until, stopped_reason=reason.strip()[:300], stopped_by=actor.label
    )
    audit(
        "reminders.stopped", actor=actor, subject_type="invoice", subject_id=uuid, reason=reason.strip()[:300]
    )


@transaction.atomic
def allow_reminders(uuid: UUID, *, actor: Actor) -> None:
    """Lift the stop. Raises NotFound. Without a stop nothing happens."""
    invoice = locked_invoice(uuid)
    if invoice.stopped_on is None:
        return
    Invoice.objects.filter(pk=invoice.pk).update(
        stopped_on=None, stopped_until=None, stopped_reason="", stopped_by=""
    )
    audit(
        "reminders.allowed",
        actor=actor,
        subject_type="invoice",
        subject_id=uuid,
        reason=invoice.stopped_reason,
    )


@transaction.atomic
def choose_for_run(uuids: Collection[UUID], *, actor: Actor, now: datetime) -> UUID:
    """Mark invoices whose reminder is due for one run and name it. What is in an open run already stays there.

    Raises NothingToRemind where none of them is due any more.
    """
    locked = set(
        Invoice.objects.select_for_update(no_key=True)
        .filter(uuid__in=uuids)
        .order_by("pk")
        .values_list("uuid", flat=True)
    )
    due = [row for row in due_reminders(today=timezone.localdate(now)) if row.uuid in locked]
    if not due:
        raise NothingToRemind(_("Keine der gewählten Rechnungen ist noch zu mahnen."))
    run = uuid4()
    for row in due:
        Invoice.objects.filter(uuid=row.uuid).update(
            reminder_run=run, reminder_step=row.step, reminder_result=""
        )
    audit(
        "reminders.run_started",
        actor=actor,
        subject_type="reminders",
        subject_id=run,
        data={"count": len(due)},
    )
    return run


def waiting_in_run(run: UUID) -> tuple[UUID, ...]:
    """The invoices of a run that are still to be reminded of, in order."""
    found = Invoice.objects.filter(reminder_run=run, reminder_result="").order_by("pk")
    return tuple(found.values_list("uuid", flat=True))


def locked_waiting(uuid: UUID, run: UUID) -> bool:
    """Lock the invoice; False where this run has dealt with it. Call in a transaction."""
    invoice = locked_invoice(uuid)
    return invoice.reminder_run == run and not invoice.reminder_result


def note_result(uuid: UUID, result: str) -> None:
    """Write what came of the invoice in its run. Call under its lock."""
    Invoice.objects.filter(uuid=uuid).update(reminder_result=result[:300])
