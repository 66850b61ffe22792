"""Import bank statements and assign their movements to invoices.

Not here: reading the files (``finance.bank``), what a payment does (``ledger``). A movement comes in once, however
often its file is loaded: the digest is unique.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.finance.bank.lines import BankLine
from booking_core.finance.errors import AlreadyRecorded
from booking_core.finance.models import LedgerEntry, StatementLine, StatementState, Way
from booking_core.finance.services.ledger import Movement, record_payment, record_refund
from booking_core.finance.services.posting import bookable_day
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many movements of a file were new, and how many were known already."""

    new: int
    known: int


@transaction.atomic
def import_lines(lines: Sequence[BankLine], *, actor: Actor, now: datetime) -> ImportReport:
    """Store what is new in the file; all or nothing."""
    before = StatementLine.objects.filter(digest__in=[line.digest for line in lines]).count()
    StatementLine.objects.bulk_create(
        [
            StatementLine(
                digest=line.digest,
                account=line.account[:34],
                booked_on=line.booked_on,
                valued_on=bookable_day(line.valued_on),
                amount_cents=line.cents,
                name=line.name[:140],
                iban=line.iban[:34],
                purpose=line.purpose[:500],
                reference=line.reference[:35],
                imported_at=now,
                imported_by=actor.label,
            )
            for line in lines
            if line.cents
        ],
        ignore_conflicts=True,
    )
    moving = sum(1 for line in lines if line.cents)
    report = ImportReport(new=moving - before, known=before)
    audit("statement.imported", actor=actor, data={"new": report.new, "known": report.known})
    return report


@transaction.atomic
def assign(line_uuid: UUID, invoice_uuid: UUID, *, actor: Actor, now: datetime) -> None:
    """Record a movement on an invoice: money in as a payment, money out as a refund.

    A value in a closed month counts from the first open day. The line's row is locked; its uuid is the key of the
    entry, so that twice is once. Raises NotFound, AlreadyRecorded, AmountRefused, InvoiceClosed.
    """
    line = locked_line(line_uuid)
    movement = Movement(
        amount=Money(abs(line.amount_cents)),
        way=Way.TRANSFER,
        valued_on=bookable_day(line.valued_on),
        key=line.uuid,
        text=" · ".join(part for part in (line.name, line.purpose) if part)[:500],
    )
    record = record_payment if line.amount_cents > 0 else record_refund
    record(invoice_uuid, movement, actor=actor, now=now)
    line.entry = LedgerEntry.objects.get(key=line.uuid)
    line.state = StatementState.ASSIGNED
    line.save(update_fields=["entry", "state"])


@transaction.atomic
def ignore(line_uuid: UUID, *, note: str, actor: Actor) -> None:
    """Lay a movement aside that has nothing to do with bookings. Raises NotFound, AlreadyRecorded, InvalidInput."""
    if not note.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, was das für eine Bewegung ist."), field="text")
    line = locked_line(line_uuid)
    line.state, line.note = StatementState.IGNORED, note.strip()[:300]
    line.save(update_fields=["state", "note"])
    audit(
        "statement.ignored",
        actor=actor,
        subject_type="statement_line",
        subject_id=line_uuid,
        reason=line.note,
    )


def locked_line(line_uuid: UUID) -> StatementLine:
    """An open movement, locked until the transaction ends. Raises NotFound, AlreadyRecorded."""
    line = StatementLine.objects.select_for_update().filter(uuid=line_uuid).first()
    if line is None:
        raise NotFound(_("Diese Bewegung gibt es nicht."))
    if line.state != StatementState.OPEN:
        raise AlreadyRecorded(_("Diese Bewegung ist schon zugeordnet oder zur Seite gelegt."))
    return line
