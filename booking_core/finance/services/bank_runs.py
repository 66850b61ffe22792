"""Files for the bank: choose orders, let a second person release them, note that the bank has carried them out.

Not here: single orders (``bank_orders``), the bytes (``bank.sepa_files``). Orders are locked in the order of their ids,
then invoices and bookings.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.errors import AlreadyRecorded, NotReleased
from booking_core.finance.models import BankOrder, LedgerEntry, OrderKind, Way
from booking_core.finance.queries.bank_candidates import debit_candidates
from booking_core.finance.queries.profile import required_profile
from booking_core.finance.services import deposits, ledger
from booking_core.finance.services.invoicing import locked_invoice
from booking_core.finance.services.posting import bookable_day
from booking_core.identity.contracts import Actor
from booking_core.identity.mandates import mandate_of, note_mandate_used
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money

MOST_ORDERS = 1000
_FURTHEST_DAYS = 90


@transaction.atomic
def make_run(orders: Collection[UUID], *, run_on: date, actor: Actor, now: datetime) -> UUID:
    """Put prepared refunds into one file, to be carried out on ``run_on``; returns the run.

    Raises InvalidInput (none chosen, a day that lies behind), AlreadyRecorded (one of them is in a file already).
    """
    _refuse_odd_day(run_on, len(orders), now=now)
    rows = list(BankOrder.objects.select_for_update().filter(uuid__in=orders).order_by("id"))
    if len(rows) != len(set(orders)) or any(row.run or row.withdrawn_at or row.executed_at for row in rows):
        raise AlreadyRecorded(
            _("Einer dieser Aufträge steht schon in einer Datei. Bitte wählen Sie noch einmal.")
        )
    return _put_into_run(rows, run_on=run_on, actor=actor, now=now)


@transaction.atomic
def make_debit_run(invoices: Collection[UUID], *, run_on: date, actor: Actor, now: datetime) -> UUID:
    """Debit these open invoices in one file on ``run_on``; returns the run.

    Raises InvalidInput (none chosen, before the day an invoice announced, both kinds of mandates), AlreadyRecorded (one
    is paid or in a file already).
    """
    _refuse_odd_day(run_on, len(invoices), now=now)
    found = [one for one in debit_candidates(now=now) if one.invoice in set(invoices)]
    if len(found) != len(set(invoices)):
        raise AlreadyRecorded(_("Eine dieser Rechnungen ist bezahlt oder steht schon in einer Datei."))
    early = next((one for one in found if one.announced_on > run_on), None)
    if early is not None:
        raise InvalidInput(
            _("Rechnung %(number)s hat einen späteren Tag angekündigt.") % {"number": early.number},
            field="run_on",
        )
    if len({one.mandate_kind for one in found}) > 1:
        raise InvalidInput(_("Basislastschriften und Firmenlastschriften brauchen getrennte Dateien."))
    rows = [_debit_order(one.invoice, actor=actor, now=now) for one in found]
    return _put_into_run(rows, run_on=run_on, actor=actor, now=now)


@transaction.atomic
def release_run(run: UUID, *, actor: Actor, now: datetime) -> None:
    """Agree to a run as the second person. Raises NotFound, NotReleased (who made it, or one of its orders)."""
    rows = _locked(run)
    if rows[0].released_at is not None:
        raise AlreadyRecorded(_("Diese Datei ist schon freigegeben."))
    hands = {rows[0].run_creator, *(row.creator for row in rows)}
    if actor.user_id is None or actor.user_id in hands:
        raise NotReleased(_("Freigeben muss jemand anderes als die Person, die den Auftrag angelegt hat."))
    BankOrder.objects.filter(run=run).update(
        releaser=actor.user_id, releaser_label=actor.label, released_at=now
    )
    audit("bank_run.released", actor=actor, subject_type="bank_run", subject_id=run, data=_sums(rows))


@transaction.atomic
def execute_run(run: UUID, *, actor: Actor, now: datetime) -> None:
    """Note that the bank has carried the file out: an entry in the ledger for each order, or none.

    Raises NotFound, NotReleased, AmountRefused (meanwhile less is owed), InvalidInput before the day of the run.
    """
    rows = _locked(run)
    refuse_unreleased(rows)
    if rows[0].run_on is None or rows[0].run_on > timezone.localdate(now):
        raise InvalidInput(_("Der Tag der Ausführung liegt noch vor Ihnen."))
    for row in rows:
        entry = _record(row, actor=actor, now=now)
        BankOrder.objects.filter(pk=row.pk).update(executed_at=now, executor_label=actor.label, entry=entry)
    audit("bank_run.executed", actor=actor, subject_type="bank_run", subject_id=run, data=_sums(rows))


@transaction.atomic
def withdraw_run(run: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """Give up a file that did not go to the bank; its orders end with it. Raises NotFound, InvalidInput."""
    if not reason.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, warum die Datei verworfen wird."), field="text")
    _locked(run)
    BankOrder.objects.filter(run=run).update(withdrawn_at=now, withdrawn_reason=reason.strip()[:500])
    audit("bank_run.withdrawn", actor=actor, subject_type="bank_run", subject_id=run, reason=reason.strip())


def refuse_unreleased(rows: Sequence[BankOrder]) -> None:
    """Raise NotReleased for a run above the limit that nobody else has agreed to."""
    first = rows[0]
    limit, total = first.run_limit_cents, first.run_total_cents or 0
    if limit is not None and total > limit and first.released_at is None:
        raise NotReleased(_("Diese Datei muss erst eine zweite Person freigeben."))


def _put_into_run(rows: Sequence[BankOrder], *, run_on: date, actor: Actor, now: datetime) -> UUID:
    profile = required_profile()
    if not profile.iban:
        raise InvalidInput(_("Tragen Sie unter „Zahlung und Rechnung“ erst das Konto der Kommune ein."))
    run = uuid4()
    total = sum(row.amount_cents for row in rows)
    limit = profile.second_person_from
    BankOrder.objects.filter(pk__in=[row.pk for row in rows]).update(
        run=run,
        run_at=now,
        run_on=run_on,
        run_creator=actor.user_id or 0,
        run_creator_label=actor.label,
        run_total_cents=total,
        run_limit_cents=limit.cents if limit is not None else None,
        town_name=profile.creditor_name,
        town_iban=profile.iban,
        town_bic=profile.bic,
        town_creditor_id=profile.creditor_id,
    )
    audit("bank_run.made", actor=actor, subject_type="bank_run", subject_id=run,
          data={"cents": total, "count": len(rows)})  # fmt: skip
    return run


def _debit_order(invoice_uuid: UUID, *, actor: Actor, now: datetime) -> BankOrder:
    """The debit of all that is open on an invoice, by the party's mandate."""
    invoice = locked_invoice(invoice_uuid)
    cents = ledger.balance_of(invoice)
    mandate = mandate_of(invoice.party_id)
    is_ordered = BankOrder.objects.filter(
        invoice=invoice, executed_at__isnull=True, withdrawn_at__isnull=True
    ).exists()
    if cents <= 0 or mandate is None or is_ordered:
        raise AlreadyRecorded(_("Eine dieser Rechnungen ist bezahlt oder steht schon in einer Datei."))
    return BankOrder.objects.create(
        kind=OrderKind.DEBIT,
        invoice=invoice,
        party_id=invoice.party_id,
        amount_cents=cents,
        holder=mandate.holder[:70],
        iban=mandate.iban,
        bic=mandate.bic,
        text=f"{invoice.number} {invoice.reference}"[:140],
        mandate_reference=mandate.reference,
        mandate_signed_on=mandate.signed_on,
        mandate_kind=mandate.kind,
        sequence="OOFF" if mandate.is_one_off else "RCUR",
        created_at=now,
        creator=actor.user_id,
        creator_label=actor.label,
    )


def _record(row: BankOrder, *, actor: Actor, now: datetime) -> LedgerEntry:
    assert row.run_on is not None  # noqa: S101 — by the constraint
    movement = ledger.Movement(
        amount=Money(row.amount_cents),
        way=Way.DEBIT if row.kind == OrderKind.DEBIT else Way.TRANSFER,
        valued_on=bookable_day(row.run_on),
        key=row.uuid,
        text=row.reason or row.text,
    )
    if row.kind == OrderKind.RETURN and row.booking is not None:
        deposits.return_deposit(row.booking.uuid, movement, actor=actor, now=now)
    elif row.invoice is not None:
        record = ledger.record_payment if row.kind == OrderKind.DEBIT else ledger.record_refund
        record(row.invoice.uuid, movement, actor=actor, now=now)
    if row.kind == OrderKind.DEBIT:
        note_mandate_used(row.party_id, row.run_on)
    return LedgerEntry.objects.get(key=row.uuid)


def _locked(run: UUID) -> list[BankOrder]:
    found = BankOrder.objects.select_for_update(of=("self",)).filter(run=run).order_by("id")
    rows = list(found.select_related("booking", "invoice").defer("invoice__pdf", "invoice__content"))
    if not rows:
        raise NotFound(_("Diese Datei gibt es nicht."))
    if rows[0].executed_at is not None or rows[0].withdrawn_at is not None:
        raise AlreadyRecorded(_("Diese Datei ist schon ausgeführt oder verworfen."))
    return rows


def _refuse_odd_day(run_on: date, count: int, *, now: datetime) -> None:
    if not count:
        raise InvalidInput(_("Wählen Sie mindestens einen Eintrag aus."))
    if count > MOST_ORDERS:
        raise InvalidInput(_("Höchstens tausend Aufträge in einer Datei."))
    if run_on < timezone.localdate(now):
        raise InvalidInput(_("Dieser Tag liegt hinter Ihnen."), field="run_on")
    if (run_on - timezone.localdate(now)).days > _FURTHEST_DAYS:
        raise InvalidInput(_("Höchstens neunzig Tage im Voraus."), field="run_on")


def _sums(rows: Sequence[BankOrder]) -> dict[str, object]:
    return {"cents": rows[0].run_total_cents, "count": len(rows)}
