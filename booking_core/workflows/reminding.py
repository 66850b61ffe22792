"""Remind people of unpaid invoices: one by hand, or many in a run that may stop and go on at any point.

Not here: which are due (``finance.queries.reminders``), noting them (``finance.services.reminders``). A reminder's
entry and its mail are one transaction, under the invoice's lock; a run delivered twice finds nothing left to do.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.services import reminders
from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import BookingError
from booking_core.messaging import composing_money
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.services.transactions import with_retries


@with_retries
def remind_of_invoice(uuid: UUID, *, actor: Actor) -> InvoiceView:
    """Send the next reminder of an overdue invoice. Raises NotFound, InvoiceClosed, AmountRefused."""
    return _remind(uuid, actor=actor, now=timezone.now())


@with_retries
def start_reminder_run(uuids: Collection[UUID], *, actor: Actor, now: datetime) -> UUID:
    """Choose the invoices to be reminded of together; the run's name. Raises NothingToRemind."""
    return reminders.choose_for_run(uuids, actor=actor, now=now)


def send_reminder_run(run: UUID, *, actor: Actor, now: datetime) -> int:
    """Send what is left of a run, one by one; how many went out. What is refused keeps its reason."""
    return sum(_remind_in_run(uuid, run, actor=actor, now=now) for uuid in reminders.waiting_in_run(run))


@with_retries
def _remind_in_run(uuid: UUID, run: UUID, *, actor: Actor, now: datetime) -> bool:
    if not reminders.locked_waiting(uuid, run):
        return False
    try:
        with transaction.atomic():
            _remind(uuid, actor=actor, now=now)
    except BookingError as refusal:  # paid in the meantime, stopped, …
        reminders.note_result(uuid, str(refusal))
        return False
    reminders.note_result(uuid, reminders.SENT)
    return True


def _remind(uuid: UUID, *, actor: Actor, now: datetime) -> InvoiceView:
    invoice = reminders.remind(uuid, actor=actor, now=now)
    recipient = invoice.paper.buyer.email or invoice.party_email
    queue_mail(composing_money.payment_reminder(invoice, recipient=recipient, step=invoice.row.reminders))
    return invoice
