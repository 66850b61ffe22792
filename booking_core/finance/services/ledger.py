"""Movements on invoices: paid, paid back, written off, corrected. Entries are only added.

Not here: issuing (``invoicing``), reminders (``reminders``), deposits (``deposits``). Each write locks its
invoice, so that two at once see each other's sums. A repeated ``key`` gives back what was recorded the first time.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.errors import AlreadyRecorded, AmountRefused, InvoiceClosed, NotReleased
from booking_core.finance.models import (
    Account,
    BankOrder,
    EntryKind,
    Invoice,
    InvoiceKind,
    LedgerEntry,
    OrderKind,
    StatementLine,
    Way,
)
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.payments import online_refunds_underway
from booking_core.finance.queries.profile import required_profile
from booking_core.finance.services.invoicing import locked_invoice
from booking_core.finance.services.posting import post_entry
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money

LARGEST_CENTS = 100_000_000
_REVERSIBLE = frozenset({EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.WRITE_OFF, EntryKind.REMINDER})


@dataclass(frozen=True, slots=True)
class Movement:
    """What somebody records: ``amount`` above zero, how it moved, the day it counts from, words, a key of the form."""

    amount: Money
    way: str
    valued_on: date
    key: UUID
    text: str = ""


def record_payment(uuid: UUID, movement: Movement, *, actor: Actor, now: datetime) -> InvoiceView:
    """Note money that came in; more than is owed becomes a credit. Raises NotFound, InvalidInput, InvoiceClosed."""
    return _record(uuid, EntryKind.PAYMENT, movement, actor=actor, now=now)


def record_refund(uuid: UUID, movement: Movement, *, actor: Actor, now: datetime) -> InvoiceView:
    """Note money that went back, at most the credit. Raises NotFound, InvalidInput, AmountRefused."""
    return _record(uuid, EntryKind.REFUND, movement, actor=actor, now=now)


def record_sent_refund(uuid: UUID, movement: Movement, *, actor: Actor, now: datetime) -> InvoiceView:
    """Note money a provider has sent back already: it is gone, whatever the balance says by now. Raises NotFound."""
    return _record(uuid, EntryKind.REFUND, movement, actor=actor, now=now, is_limited=False)


def write_off(uuid: UUID, movement: Movement, *, actor: Actor, now: datetime) -> InvoiceView:
    """Give up what is owed, with words why. Raises NotFound, InvalidInput, AmountRefused."""
    if not movement.text.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, warum der Betrag ausgebucht wird."), field="text")
    return _record(uuid, EntryKind.WRITE_OFF, movement, actor=actor, now=now)


@transaction.atomic
def _record(
    uuid: UUID,
    kind: EntryKind,
    movement: Movement,
    *,
    actor: Actor,
    now: datetime,
    is_limited: bool = True,
) -> InvoiceView:
    check_movement(movement, now=now)
    invoice = locked_invoice(uuid)
    if invoice.kind != InvoiceKind.INVOICE:
        raise InvoiceClosed(
            _("Auf eine Stornorechnung wird nichts gezahlt. Öffnen Sie die stornierte Rechnung.")
        )
    known = LedgerEntry.objects.filter(key=movement.key).first()
    if known is not None:
        _refuse_other_use_of_key(known, invoice, kind)
        return invoice_by_uuid(uuid)
    balance = balance_of(invoice)
    if is_limited:
        if kind == EntryKind.REFUND:
            balance += _ordered_elsewhere(invoice, movement.key) + _underway(invoice)
            refuse_without_second_person(movement)
        _refuse_too_much(kind, movement.amount, balance)
    is_plus = kind == EntryKind.REFUND
    post_entry(
        account=Account.FEE,
        kind=kind,
        amount_cents=movement.amount.cents if is_plus else -movement.amount.cents,
        invoice=invoice,
        party_id=invoice.party_id,
        way=Way.NONE if kind == EntryKind.WRITE_OFF else movement.way,
        valued_on=movement.valued_on,
        text=movement.text.strip(),
        key=movement.key,
        actor=actor,
        now=now,
    )
    audit(f"ledger.{kind.value}", actor=actor, subject_type="invoice", subject_id=uuid,
          data={"cents": movement.amount.cents})  # fmt: skip
    return invoice_by_uuid(uuid)


def check_movement(movement: Movement, *, now: datetime) -> None:
    """Refuse amounts and days that cannot be. Raises InvalidInput by field."""
    if not 0 < movement.amount.cents <= LARGEST_CENTS:
        raise InvalidInput(_("Geben Sie einen Betrag zwischen 0,01 und 1.000.000 Euro ein."), field="amount")
    if movement.valued_on > timezone.localdate(now):
        raise InvalidInput(_("Dieser Tag liegt in der Zukunft."), field="valued_on")
    if movement.way not in Way.values:
        raise InvalidInput(_("Diesen Zahlungsweg gibt es nicht."), field="way")


def _refuse_other_use_of_key(known: LedgerEntry, invoice: Invoice, kind: EntryKind) -> None:
    if known.invoice_id != invoice.pk or known.kind != kind:
        raise AlreadyRecorded(_("Dieses Formular wurde schon abgeschickt. Bitte laden Sie die Seite neu."))


def _underway(invoice: Invoice) -> int:
    """What is on its way back online already must not go back a second time."""
    return online_refunds_underway([invoice.pk]).get(invoice.pk, 0)


def _refuse_too_much(kind: EntryKind, amount: Money, balance: int) -> None:
    if kind == EntryKind.REFUND and amount.cents > -balance:
        raise AmountRefused(_("So viel Guthaben ist auf dieser Rechnung nicht."), field="amount")
    if kind == EntryKind.WRITE_OFF and amount.cents > balance:
        raise AmountRefused(_("So viel ist auf dieser Rechnung nicht offen."), field="amount")


def _ordered_elsewhere(invoice: Invoice, key: UUID) -> int:
    """What other open orders will pay back of the invoice."""
    orders = BankOrder.objects.filter(
        invoice=invoice, kind=OrderKind.REFUND, executed_at__isnull=True, withdrawn_at__isnull=True
    ).exclude(uuid=key)
    return int(orders.aggregate(cents=Sum("amount_cents"))["cents"] or 0)


def refuse_without_second_person(movement: Movement) -> None:
    """Raise NotReleased for money that goes back above the town's limit, unless somebody else has released the order.

    What a bank statement tells has happened already, so it is only written down.
    """
    limit = required_profile().second_person_from
    if limit is None or movement.amount <= limit or movement.way not in {Way.TRANSFER, Way.CASH, Way.CARD}:
        return
    is_released = BankOrder.objects.filter(uuid=movement.key, releaser__isnull=False).exists()
    if not is_released and not StatementLine.objects.filter(uuid=movement.key).exists():
        raise NotReleased(
            _(
                "So hohe Erstattungen gibt eine zweite Person frei. Bereiten Sie sie unter „Erstattungen“ vor."
            ),
            field="amount",
        )


def balance_of(invoice: Invoice) -> int:
    """What is owed on the invoice in cents; below zero the town owes it. Call under the invoice's lock."""
    found = LedgerEntry.objects.filter(invoice=invoice).aggregate(cents=Sum("amount_cents"))
    return int(found["cents"] or 0)


@transaction.atomic
def reverse_entry(uuid: UUID, *, reason: str, actor: Actor, now: datetime) -> InvoiceView:
    """Take back an entry made by mistake, by an entry of its own. Raises NotFound, InvalidInput, AlreadyRecorded."""
    if not reason.strip():
        raise InvalidInput(_("Bitte schreiben Sie dazu, was falsch war."), field="text")
    entry = LedgerEntry.objects.select_related("invoice").filter(uuid=uuid, account=Account.FEE).first()
    if entry is None or entry.invoice is None or entry.kind not in _REVERSIBLE:
        raise NotFound(_("Diese Buchung im Kassenbuch gibt es nicht."))
    if entry.way == Way.ONLINE:
        raise AmountRefused(
            _("Das Geld ist wirklich gekommen oder gegangen. Erstatten Sie, was zu viel war.")
        )
    if entry.way == Way.DEPOSIT:
        raise AmountRefused(
            _(
                "Was aus der Kaution gezahlt ist, bleibt gezahlt. Erstatten Sie das Guthaben, wenn es zu viel war."
            )
        )
    invoice = locked_invoice(entry.invoice.uuid)
    if LedgerEntry.objects.filter(reverses=entry).exists():
        raise AlreadyRecorded(_("Dieser Eintrag ist schon berichtigt."))
    if entry.amount_cents:
        post_entry(
            account=Account.FEE,
            kind=EntryKind.REVERSAL,
            amount_cents=-entry.amount_cents,
            invoice=invoice,
            party_id=invoice.party_id,
            way=entry.way,
            valued_on=timezone.localdate(now),
            text=reason.strip(),
            key=uuid4(),
            reverses=entry,
            actor=actor,
            now=now,
        )
    audit(
        "ledger.reversed", actor=actor, subject_type="invoice", subject_id=invoice.uuid, reason=reason.strip()
    )
    return invoice_by_uuid(invoice.uuid)
