"""A movement on the account shows an order of ours: book that it was carried out, or that it came back. Once.

A file one of whose orders shows on the account was carried out, so all of it is booked. What comes back is taken back
in the ledger by an entry of its own: the claim of a returned debit is open again. Not here: finding the order
(``queries.order_items``). Locked are the movement, the orders of the file by id, then invoices and bookings.
"""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.finance.bank.order_matching import match_order
from booking_core.finance.errors import AlreadyRecorded
from booking_core.finance.models import (
    BankOrder,
    EntryKind,
    LedgerEntry,
    OrderKind,
    StatementLine,
    StatementState,
)
from booking_core.finance.queries.order_items import bank_line_of, order_items
from booking_core.finance.services.bank_runs import execute_run
from booking_core.finance.services.invoicing import locked_invoice
from booking_core.finance.services.posting import bookable_day, post_entry
from booking_core.finance.services.statements import locked_line
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import NotFound
from booking_core.reservations.services.bookings import locked_booking


@transaction.atomic
def settle_order(line_uuid: UUID, order_uuid: UUID, *, actor: Actor, now: datetime) -> str:
    """Book what this movement shows of this order; returns "executed" or "returned".

    Raises NotFound, AlreadyRecorded (assigned already, or they do not fit), NotReleased.
    """
    line = locked_line(line_uuid)
    order = _locked_order(order_uuid)
    match = match_order(bank_line_of(line), order_items(order=order_uuid))
    if match is None:
        raise AlreadyRecorded(_("Diese Bewegung passt nicht (mehr) zu dem Auftrag."))
    if match.event == "returned":
        entry = _take_back(order, line, actor=actor, now=now)
    else:
        entry = _carried_out(order, actor=actor, now=now)
    line.entry, line.state = entry, StatementState.ASSIGNED
    line.save(update_fields=["entry", "state"])
    audit(f"bank_order.{match.event}", actor=actor, subject_type="bank_order", subject_id=order_uuid,
          data={"cents": line.amount_cents})  # fmt: skip
    return match.event


def _locked_order(uuid: UUID) -> BankOrder:
    run = BankOrder.objects.filter(uuid=uuid, run__isnull=False).values_list("run", flat=True).first()
    if run is None:
        raise NotFound(_("Diesen Auftrag gibt es nicht."))
    rows = BankOrder.objects.select_for_update(of=("self",)).filter(run=run).order_by("id")
    return next(row for row in rows if row.uuid == uuid)


def _carried_out(order: BankOrder, *, actor: Actor, now: datetime) -> LedgerEntry:
    if order.executed_at is None:
        assert order.run is not None  # noqa: S101 — found by its run
        execute_run(order.run, actor=actor, now=now)
        order.refresh_from_db()
    assert order.entry is not None  # noqa: S101 — by the constraint
    return order.entry


def _take_back(order: BankOrder, line: StatementLine, *, actor: Actor, now: datetime) -> LedgerEntry:
    entry = order.entry
    assert entry is not None  # noqa: S101 — matched as returned, so it is booked
    if entry.invoice is not None:
        locked_invoice(entry.invoice.uuid)
    elif entry.booking is not None:
        locked_booking(entry.booking.uuid)
    if LedgerEntry.objects.filter(reverses=entry).exists():
        raise AlreadyRecorded(_("Dieser Eintrag ist schon berichtigt."))
    is_debit = order.kind == OrderKind.DEBIT
    words = _("Lastschrift zurückgegeben") if is_debit else _("Überweisung zurückgekommen")
    BankOrder.objects.filter(pk=order.pk).update(returned_at=now, returned_reason=line.purpose[:300])
    return post_entry(
        account=entry.account,
        kind=EntryKind.REVERSAL,
        amount_cents=-entry.amount_cents,
        invoice_id=entry.invoice_id,
        booking_id=entry.booking_id,
        party_id=entry.party_id,
        way=entry.way,
        valued_on=bookable_day(line.valued_on),
        text=f"{words}: {line.purpose}"[:500] if line.purpose else words,
        key=uuid5(order.uuid, "returned"),
        reverses=entry,
        actor=actor,
        now=now,
    )
