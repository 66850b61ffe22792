"""Prepare money that goes back by transfer, and take such an order back before it is in a file.

Not here: files and their release (``bank_runs``), what is owed back (``queries.bank_orders``).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from booking_core.finance.errors import AlreadyRecorded, AmountRefused
from booking_core.finance.models import BankOrder, Invoice, InvoiceKind, OrderKind
from booking_core.finance.queries.deposits import deposit_of
from booking_core.finance.queries.payments import deposit_refunds_underway, online_refunds_underway
from booking_core.finance.services.invoicing import locked_invoice
from booking_core.finance.services.ledger import LARGEST_CENTS, balance_of
from booking_core.finance.services.profile import check_account
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.models import Booking
from booking_core.reservations.services.bookings import locked_booking


@dataclass(frozen=True, slots=True)
class RefundWish:
    """How much goes back, to whom, and why."""

    amount: Money
    holder: str
    iban: str
    bic: str = ""
    reason: str = ""


@transaction.atomic
def order_refund(invoice_uuid: UUID, wish: RefundWish, *, actor: Actor, now: datetime) -> UUID:
    """Prepare the refund of a credit, at most what is owed back. Raises NotFound, InvalidInput, AmountRefused."""
    invoice = locked_invoice(invoice_uuid)
    if invoice.kind != InvoiceKind.INVOICE:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    _refuse_odd(wish)
    online = online_refunds_underway([invoice.pk]).get(invoice.pk, 0)
    if wish.amount.cents > -balance_of(invoice) - ordered_cents(invoice) - online:
        raise AmountRefused(_("So viel Guthaben ist auf dieser Rechnung nicht."), field="amount")
    text = _("Erstattung zu %(number)s") % {"number": invoice.number}
    return _store(OrderKind.REFUND, wish, invoice=invoice, text=text, actor=actor, now=now)


@transaction.atomic
def order_return(booking_uuid: UUID, wish: RefundWish, *, actor: Actor, now: datetime) -> UUID:
    """Prepare the return of a deposit, at most what is held. Raises NotFound, InvalidInput, AmountRefused."""
    booking = locked_booking(booking_uuid)
    _refuse_odd(wish)
    if wish.amount.cents > deposit_of(booking.pk).held.cents - deposit_refunds_underway(booking.pk):
        raise AmountRefused(_("So viel Kaution ist nicht hinterlegt."), field="amount")
    text = _("Kaution zu %(number)s") % {"number": booking.number}
    return _store(OrderKind.RETURN, wish, booking=booking, text=text, actor=actor, now=now)


@transaction.atomic
def withdraw_order(uuid: UUID, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take back an order that is in no file yet. Raises NotFound, AlreadyRecorded, InvalidInput without a reason."""
    if not reason.strip():
        raise InvalidInput(
            _("Bitte schreiben Sie dazu, warum der Auftrag zurückgenommen wird."), field="text"
        )
    order = BankOrder.objects.select_for_update().filter(uuid=uuid).first()
    if order is None:
        raise NotFound(_("Diesen Auftrag gibt es nicht."))
    if order.run is not None or order.withdrawn_at is not None:
        raise AlreadyRecorded(_("Dieser Auftrag steht schon in einer Datei oder ist zurückgenommen."))
    order.withdrawn_at, order.withdrawn_reason = now, reason.strip()[:500]
    order.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    audit(
        "bank_order.withdrawn", actor=actor, subject_type="bank_order", subject_id=uuid, reason=reason.strip()
    )


def ordered_cents(invoice: Invoice) -> int:
    """What open orders will pay back of the invoice. Call under the invoice's lock."""
    found = BankOrder.objects.filter(
        invoice=invoice, kind=OrderKind.REFUND, executed_at__isnull=True, withdrawn_at__isnull=True
    ).aggregate(cents=Sum("amount_cents"))
    return int(found["cents"] or 0)


def _refuse_odd(wish: RefundWish) -> None:
    if not 0 < wish.amount.cents <= LARGEST_CENTS:
        raise InvalidInput(_("Geben Sie einen Betrag zwischen 0,01 und 1.000.000 Euro ein."), field="amount")
    if not wish.holder.strip():
        raise InvalidInput(_("Bitte nennen Sie, wem das Konto gehört."), field="holder")


def _store(
    kind: OrderKind,
    wish: RefundWish,
    *,
    text: str,
    actor: Actor,
    now: datetime,
    invoice: Invoice | None = None,
    booking: Booking | None = None,
) -> UUID:
    account = check_account(wish.iban, wish.bic)
    source = invoice if invoice is not None else booking
    assert source is not None  # noqa: S101 — one of both, by the constraint
    open_orders = BankOrder.objects.filter(executed_at__isnull=True, withdrawn_at__isnull=True)
    if open_orders.filter(invoice=invoice, booking=booking).exists():
        raise AlreadyRecorded(_("Dafür gibt es schon einen offenen Auftrag."))
    order = BankOrder.objects.create(
        kind=kind,
        invoice=invoice,
        booking=booking,
        party_id=source.party_id,
        amount_cents=wish.amount.cents,
        holder=wish.holder.strip()[:70],
        iban=account.iban,
        bic=account.bic,
        text=text[:140],
        reason=wish.reason.strip()[:500],
        created_at=now,
        creator=actor.user_id,
        creator_label=actor.label,
    )
    audit("bank_order.prepared", actor=actor, subject_type="bank_order", subject_id=order.uuid,
          data={"cents": wish.amount.cents})  # fmt: skip
    return order.uuid
