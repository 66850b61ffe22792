"""Reminders in steps, sent together, stopped in dispute; nobody is reminded twice of the same thing.

How each was seen red (1 December 2026) stands with it.
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4, uuid5

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from booking_core.finance.errors import AmountRefused, NothingToRemind
from booking_core.finance.models import Invoice, LedgerEntry
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.reminders import due_reminders, open_runs, reminder_run, stopped_invoices
from booking_core.finance.services import ledger, reminders
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money
from booking_core.messaging.models import OutboxMessage
from booking_core.workflows.reminding import send_reminder_run, start_reminder_run
from tests.factories.finance import movement
from tests.integration.finance.conftest import Treasury

pytestmark = pytest.mark.django_db


def in_days(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)


def day(days: int) -> date:
    return timezone.localdate(in_days(days))


def mails() -> int:
    return OutboxMessage.objects.filter(kind="payment_reminder").count()


def test_many_are_reminded_together_and_a_second_delivery_finds_nothing(treasury: Treasury) -> None:
    """Seen red without the look at ``reminder_result`` in ``locked_waiting`` and ``waiting_in_run``."""
    uuids = [treasury.invoice(5000, day=number).row.uuid for number in (1, 2, 3)]
    assert due_reminders(today=day(20)) == ()
    due = due_reminders(today=day(22))
    assert [(row.uuid, row.step, row.fee) for row in due] == [(uuid, 1, Money(0)) for uuid in uuids]
    run = start_reminder_run(uuids, actor=treasury.kim, now=in_days(22))
    ledger.record_payment(uuids[1], movement(5000), actor=treasury.kim, now=timezone.now())
    assert [send_reminder_run(run, actor=treasury.kim, now=in_days(22)) for _again in range(2)] == [2, 0]
    assert mails() == 2
    found = reminder_run(run)
    assert found is not None and found.is_over
    assert [line.result for line in found.lines] == ["sent", "Auf dieser Rechnung ist nichts offen.", "sent"]
    assert due_reminders(today=day(22)) == () == open_runs()
    second = due_reminders(today=day(36))
    assert [(row.step, row.fee) for row in second] == [(2, Money(500))] * 2
    run = start_reminder_run(uuids, actor=treasury.kim, now=in_days(36))
    send_reminder_run(run, actor=treasury.kim, now=in_days(36))
    assert invoice_by_uuid(uuids[0]).row.balance == Money(5500)
    assert due_reminders(today=day(90)) == ()  # the town has two steps


def test_what_is_in_an_open_run_is_in_no_second_one(treasury: Treasury) -> None:
    """Seen red without leaving open runs out of ``due_reminders``."""
    uuid = treasury.invoice().row.uuid
    start_reminder_run([uuid], actor=treasury.kim, now=in_days(22))
    with pytest.raises(NothingToRemind):
        start_reminder_run([uuid], actor=treasury.toni, now=in_days(22))
    assert len(open_runs()) == 1


def test_the_ledger_takes_each_reminder_once(treasury: Treasury) -> None:
    """Seen red with a key of chance (``uuid4``) instead of the invoice's and the step's."""
    uuid = treasury.invoice().row.uuid
    reminders.remind(uuid, actor=treasury.kim, now=in_days(22))
    entry = LedgerEntry.objects.get(kind="reminder")
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(
            account="fee", kind="reminder", amount_cents=0, invoice_id=entry.invoice_id, party_id=entry.party_id,
            valued_on=entry.valued_on, key=uuid5(uuid, "reminder-1"), at=entry.at, actor_label="Kim",
        )  # fmt: skip


def test_an_invoice_in_dispute_is_left_in_peace(treasury: Treasury) -> None:
    """Seen red without ``is_stopped`` in ``remind``, and without ``_stopped`` in ``due_reminders``."""
    uuid = treasury.invoice().row.uuid
    with pytest.raises(InvalidInput):
        reminders.stop_reminders(uuid, reason=" ", until=None, actor=treasury.kim, now=timezone.now())
    with pytest.raises(InvalidInput):
        reminders.stop_reminders(uuid, reason="Streit", until=day(-1), actor=treasury.kim, now=timezone.now())
    reminders.stop_reminders(
        uuid, reason="Widerspruch", until=day(30), actor=treasury.kim, now=timezone.now()
    )
    assert due_reminders(today=day(30)) == ()
    assert [(one.reason, one.until) for one in stopped_invoices(today=day(30))] == [("Widerspruch", day(30))]
    with pytest.raises(AmountRefused, match="Widerspruch"):
        reminders.remind(uuid, actor=treasury.kim, now=in_days(30))
    assert [row.uuid for row in due_reminders(today=day(31))] == [uuid]
    reminders.allow_reminders(uuid, actor=treasury.kim)
    assert [row.uuid for row in due_reminders(today=day(30))] == [uuid]


@pytest.mark.parametrize(
    "change", [{"gross_cents": 1}, {"number": "R-1"}, {"content": {}}, {"reason": "neu"}]
)
def test_the_document_itself_stays_as_it_was(treasury: Treasury, change: dict[str, object]) -> None:
    """Seen red with the trigger taken off the table."""
    uuid: UUID = treasury.invoice().row.uuid
    Invoice.objects.filter(uuid=uuid).update(reminder_run=uuid4(), reminder_step=1)
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        Invoice.objects.filter(uuid=uuid).update(**change)
