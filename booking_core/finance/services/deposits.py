"""Deposits: money the town keeps for somebody until the room is handed back.

A deposit is no income: it stands on no invoice and in an account of its own. Not here: fees (``ledger``). Each write
locks the booking's row.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.finance.contracts import DepositView, InvoiceRow
from booking_core.finance.errors import AlreadyRecorded, AmountRefused
from booking_core.finance.models import Account, EntryKind, LedgerEntry, Way
from booking_core.finance.queries.deposits import deposit_of
from booking_core.finance.queries.invoices import invoices_of_bookings
from booking_core.finance.queries.payments import deposit_refunds_underway
from booking_core.finance.services.ledger import (
    Movement,
    check_movement,
    record_payment,
    refuse_without_second_person,
)
from booking_core.finance.services.posting import post_entry
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money
from booking_core.reservations.models import Booking
from booking_core.reservations.services.bookings import locked_booking


def take_deposit(booking_uuid: UUID, movement: Movement, *, actor: Actor, now: datetime) -> DepositView:
    """Note a deposit that came in, at most what is missing. Raises NotFound, InvalidInput, AmountRefused."""
    return _record(booking_uuid, EntryKind.DEPOSIT_IN, movement, actor=actor, now=now)


def return_deposit(booking_uuid: UUID, movement: Movement, *, actor: Actor, now: datetime) -> DepositView:
    """Note a deposit that went back, at most what is held. Raises NotFound, InvalidInput, AmountRefused."""
    return _record(booking_uuid, EntryKind.DEPOSIT_OUT, movement, actor=actor, now=now)


def keep_deposit(booking_uuid: UUID, movement: Movement, *, actor: Actor, now: datetime) -> DepositView:
    """Keep a part for good, with the reason. Raises NotFound, InvalidInput, AmountRefused."""
    if not movement.text.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, warum die Kaution einbehalten wird."), field="text")
    return _record(booking_uuid, EntryKind.DEPOSIT_KEPT, movement, actor=actor, now=now)


def take_captured_deposit(
    booking_uuid: UUID, movement: Movement, *, actor: Actor, now: datetime
) -> DepositView:
    """Note what was taken from a reservation: it came, whatever is missing now. Raises NotFound, InvalidInput."""
    return _record(booking_uuid, EntryKind.DEPOSIT_IN, movement, actor=actor, now=now, is_limited=False)


@transaction.atomic
def keep_or_offset(booking_uuid: UUID, movement: Movement, *, actor: Actor, now: datetime) -> None:
    """Keep a part of the deposit: it pays the booking's open invoice as far as that reaches, the rest is kept.

    Raises NotFound, InvalidInput without a reason, AmountRefused.
    """
    deposit = deposit_of(locked_booking(booking_uuid).pk)
    invoice = _open_invoice(deposit.booking_id)
    paying = min(movement.amount.cents, invoice.balance.cents if invoice else 0)
    if paying:
        part = replace(movement, amount=Money(paying))
        offset_deposit(booking_uuid, part, actor=actor, now=now)
    if movement.amount.cents > paying:
        rest = replace(
            movement, amount=Money(movement.amount.cents - paying), key=uuid5(movement.key, "rest")
        )
        keep_deposit(booking_uuid, rest, actor=actor, now=now)


@transaction.atomic
def offset_deposit(booking_uuid: UUID, movement: Movement, *, actor: Actor, now: datetime) -> DepositView:
    """Let a part of the deposit pay the booking's open invoice, with the reason: both accounts move, or none.

    Raises NotFound, InvalidInput, AmountRefused (more than is held, or than is open).
    """
    if not movement.text.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, warum die Kaution verrechnet wird."), field="text")
    kept = replace(movement, way=Way.DEPOSIT)
    deposit = _record(booking_uuid, EntryKind.DEPOSIT_KEPT, kept, actor=actor, now=now)
    paying = replace(kept, key=uuid5(movement.key, "invoice"))
    known = LedgerEntry.objects.filter(key=paying.key).select_related("invoice").first()
    if known is not None:
        return deposit
    invoice = _open_invoice(deposit.booking_id)
    if invoice is None or movement.amount > invoice.balance:
        raise AmountRefused(_("So viel ist auf der Rechnung dieser Buchung nicht offen."), field="amount")
    record_payment(invoice.uuid, paying, actor=actor, now=now)
    return deposit


def _open_invoice(booking_id: int) -> InvoiceRow | None:
    rows = invoices_of_bookings([booking_id]).get(booking_id, ())
    return next((row for row in rows if row.kind == "invoice" and row.balance.cents > 0), None)


@transaction.atomic
def _record(
    booking_uuid: UUID,
    kind: EntryKind,
    movement: Movement,
    *,
    actor: Actor,
    now: datetime,
    is_limited: bool = True,
) -> DepositView:
    check_movement(movement, now=now)
    booking = locked_booking(booking_uuid)
    known = LedgerEntry.objects.filter(key=movement.key).first()
    if known is not None:
        if known.booking_id != booking.pk or known.kind != kind:
            raise AlreadyRecorded(
                _("Dieses Formular wurde schon abgeschickt. Bitte laden Sie die Seite neu.")
            )
        return deposit_of(booking.pk)
    if is_limited:
        _refuse_too_much(deposit_of(booking.pk), kind, movement)
    if kind == EntryKind.DEPOSIT_OUT:
        refuse_without_second_person(movement)
    _post(booking, kind, movement, actor=actor, now=now)
    audit(f"ledger.{kind.value}", actor=actor, subject_type="booking", subject_id=booking_uuid,
          data={"cents": movement.amount.cents})  # fmt: skip
    return deposit_of(booking.pk)


def _refuse_too_much(deposit: DepositView, kind: EntryKind, movement: Movement) -> None:
    if kind == EntryKind.DEPOSIT_IN:
        if movement.amount > deposit.missing:
            raise AmountRefused(_("So viel Kaution steht nicht aus."), field="amount")
    elif movement.amount.cents > deposit.held.cents - _underway(deposit, kind):
        raise AmountRefused(_("So viel Kaution ist nicht hinterlegt."), field="amount")


def _underway(deposit: DepositView, kind: EntryKind) -> int:
    """What is on its way back online already must not go back a second time."""
    if kind != EntryKind.DEPOSIT_OUT:
        return 0
    return deposit_refunds_underway(deposit.booking_id)


def _post(booking: Booking, kind: EntryKind, movement: Movement, *, actor: Actor, now: datetime) -> None:
    sign = 1 if kind == EntryKind.DEPOSIT_IN else -1
    post_entry(
        account=Account.DEPOSIT,
        kind=kind,
        amount_cents=sign * movement.amount.cents,
        booking=booking,
        party_id=booking.party_id,
        way=Way.NONE if kind == EntryKind.DEPOSIT_KEPT and movement.way != Way.DEPOSIT else movement.way,
        valued_on=movement.valued_on,
        text=movement.text.strip(),
        key=movement.key,
        actor=actor,
        now=now,
    )
