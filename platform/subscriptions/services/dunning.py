"""Send the reminders that are due. Each step of each invoice goes out once, whoever runs it how often.

Not here: which are due (``queries.runs``).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from booking_core.identity.contracts import Actor
from subscriptions import letters
from subscriptions.contracts import RunOutcome
from subscriptions.models import FeeReminder
from subscriptions.queries.invoices import invoice_row
from subscriptions.queries.plans import terms
from subscriptions.queries.runs import due_reminder, due_reminders
from subscriptions.services.invoicing import locked_invoice
from subscriptions.services.standing import locked_subscription, refresh_standing
from subscriptions.services.trail import record
from tenants.context import in_public


def send_due_reminders(*, actor: Actor, now: datetime) -> RunOutcome:
    """Remind of every invoice whose day has come."""
    today = timezone.localdate(now)
    found = due_reminders(today=today)
    return RunOutcome(sum(_send(one.invoice.uuid, actor=actor, now=now) for one in found))


def _send(uuid: UUID, *, actor: Actor, now: datetime) -> int:
    """1 where a reminder went out, 0 where somebody else was faster or it was paid meanwhile."""
    today = timezone.localdate(now)
    with in_public(), transaction.atomic():
        row = locked_subscription(invoice_row(uuid, today=today).tenant_id)
        invoice = locked_invoice(uuid)
        due = due_reminder(invoice_row(uuid, today=today), terms(), today=today)
        if row is None or due is None:
            return 0
        FeeReminder.objects.create(
            invoice=invoice, step=due.step, sent_on=today, read_only_on=due.read_only_on, sent_by=actor.label
        )
        data = {"number": invoice.number, "step": due.step}
        record("fee.reminded", invoice.tenant_id, actor=actor, data=data)
        letters.send_reminder(row, due)
        refresh_standing(row, today=today)
    return 1
