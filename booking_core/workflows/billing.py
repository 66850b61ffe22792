"""Write the invoice of a booking, keep it right when the booking changes.

Not here: what stands on it (``bill_lines``, ``finance``), payments (``finance.services.ledger``),
reminders (``reminding``).
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from booking_core.finance.contracts import InvoiceRow, InvoiceView, ProfileView
from booking_core.finance.errors import AlreadyBilled, NothingToBill
from booking_core.finance.models import InvoiceMoment, Way
from booking_core.finance.queries.deposits import deposit_of
from booking_core.finance.queries.invoices import invoice_by_uuid, invoices_of_bookings
from booking_core.finance.queries.profile import finance_profile, required_profile
from booking_core.finance.queries.unbilled import paid_cancelled_invoices
from booking_core.finance.services import deposits, invoicing, ledger
from booking_core.identity.contracts import Actor
from booking_core.identity.queries import is_billed_collectively
from booking_core.kernel.errors import BookingError
from booking_core.kernel.money import Money
from booking_core.messaging import composing_money
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.settlements import settlements_of
from booking_core.reservations.services.bookings import locked_booking, log_event
from booking_core.reservations.services.transactions import with_retries
from booking_core.reservations.settling import SettlementView
from booking_core.workflows.bill_lines import OwnLine, draft_for, owed_now
from booking_core.workflows.payments.returning import return_credits


@with_retries
def bill_booking(uuid: UUID, *, own_lines: tuple[OwnLine, ...] = (), actor: Actor) -> InvoiceView:
    """Write the invoice of a booking and send it, with lines a clerk adds.

    Raises NotFound, NotSetUp, NothingToBill, AlreadyBilled, TaxContradiction, InvalidInput.
    """
    required_profile()
    locked_booking(uuid)
    booking = booking_by_uuid(uuid, with_events=False)
    if current_invoice(booking) is not None:
        raise AlreadyBilled(_("Für diese Buchung gibt es schon eine Rechnung. Stornieren Sie sie zuerst."))
    if booking.state in {"requested", "declined"}:
        raise NothingToBill(_("Die Buchung ist noch nicht bestätigt."))
    now = timezone.now()
    invoice = _issue(booking, _last_settlement(booking), own_lines=own_lines, actor=actor, now=now)
    return_credits(booking.id, actor=actor, now=now)
    return invoice


@with_retries
def cancel_invoice(uuid: UUID, *, reason: str, actor: Actor) -> InvoiceView:
    """Take an invoice back and say so by mail. Raises NotFound, InvoiceClosed, InvalidInput."""
    document = invoicing.cancel_invoice(uuid, reason=reason, actor=actor, now=timezone.now())
    queue_mail(composing_money.invoice_cancelled(document, recipient=_recipient(document)))
    return document


def invoice_moment(booking: BookingView | None = None) -> str:
    """When the town writes invoices; manual where it has not said so yet, collective for parties that get one."""
    profile = finance_profile()
    is_collective = bool(profile and booking and is_billed_collectively(booking.party_id))
    return moment_of(profile, is_collective=is_collective)


def moment_of(profile: ProfileView | None, *, is_collective: bool) -> str:
    """The same of a profile in hand, None where there is none. Reads nothing."""
    if profile is None:
        return InvoiceMoment.MANUAL.value
    return "collective" if is_collective else profile.invoice_moment


def keep_bill_right(
    booking: BookingView,
    *,
    actor: Actor,
    now: datetime,
    is_over: bool = False,
    profile: ProfileView | None = None,
) -> None:
    """After every change of a booking: write the invoice that is due, replace one that is no longer right.

    ``is_over``: the use has ended and waits for no settlement. A bill that cannot be written never stops the change
    itself; the reason stands in the booking's history for the clerk, once. Call in the transaction of the change,
    which holds the booking's row. ``profile``: how the town bills, where it was read already.
    """
    profile = profile or finance_profile()
    if profile is None:
        return
    try:
        with transaction.atomic():
            _keep_right(booking, profile, actor=actor, now=now, is_over=is_over)
            return_credits(booking.id, actor=actor, now=now)
    except BookingError as fault:
        words = _("Die Rechnung wurde nicht geschrieben: %(reason)s") % {"reason": fault}
        if all(event.text != words for event in booking_by_uuid(booking.uuid).events):
            log_event(booking.id, "noted", actor=actor, now=now, text=words)


def _keep_right(
    booking: BookingView, profile: ProfileView, *, actor: Actor, now: datetime, is_over: bool
) -> None:
    current, settlement = current_invoice(booking), _last_settlement(booking)
    owed = owed_now(booking, settlement)
    if current is None:
        if is_billed_collectively(booking.party_id):
            return
        if owed and _is_due(booking, profile, is_over=is_over or settlement is not None):
            _issue(booking, settlement, actor=actor, now=now)
        return
    if current.gross.cents == owed and booking.is_open:
        return
    _refuse_what_clerks_wrote(current)
    reason = _why_replaced(booking, settlement)
    document = invoicing.cancel_invoice(current.uuid, reason=reason, actor=actor, now=now)
    queue_mail(composing_money.invoice_cancelled(document, recipient=_recipient(document)))
    if owed:
        _issue(booking, settlement, actor=actor, now=now)


def ensure_bill(booking: BookingView, *, actor: Actor, now: datetime) -> InvoiceRow:
    """The invoice a payment is booked on: the one that counts, or one written now, which the caller sends.

    Call under the booking's lock. Raises NotSetUp, NothingToBill, TaxContradiction.
    """
    known = current_invoice(booking)
    if known is not None:
        return known
    return _issue(booking, _last_settlement(booking), actor=actor, now=now, is_sent=False).row


def _is_due(booking: BookingView, profile: ProfileView, *, is_over: bool) -> bool:
    """Whether the first invoice writes itself now, as the town wants it."""
    if booking.state == "cancelled" or profile.invoice_moment == InvoiceMoment.CONFIRMATION:
        return True
    return is_over and profile.invoice_moment == InvoiceMoment.SETTLEMENT


def _why_replaced(booking: BookingView, settlement: SettlementView | None) -> str:
    with translation.override(booking.language):
        if booking.state == "cancelled":
            return _("Die Buchung wurde storniert.")
        return _("Die Nutzung wurde abgerechnet.") if settlement else _("Die Buchung wurde geändert.")


def set_off_deposit(booking: BookingView, settlement: SettlementView, *, actor: Actor, now: datetime) -> None:
    """Let what a settlement keeps of the deposit pay the booking's invoice, as far as both reach.

    Only what earlier settlements have not used already. Call in the settlement's transaction, after the invoice.
    """
    current = current_invoice(booking)
    deposit = deposit_of(booking.id)
    wanted = settlement.deposit_kept.cents - deposit.kept.cents
    cents = min(wanted, deposit.held.cents, current.balance.cents if current else 0)
    if cents <= 0:
        return
    movement = ledger.Movement(
        amount=Money(cents),
        way=Way.DEPOSIT,
        valued_on=timezone.localdate(now),
        key=uuid4(),
        text=settlement.deposit_reason or _("Abrechnung %(number)s") % {"number": settlement.number},
    )
    deposits.offset_deposit(booking.uuid, movement, actor=actor, now=now)


def _refuse_what_clerks_wrote(current: InvoiceRow) -> None:
    """Lines added by hand, and invoices over several bookings, are for a clerk to change."""
    invoice = invoice_by_uuid(current.uuid)
    if any(line.is_own for line in invoice.paper.lines) or len(invoice.booking_uuids) > 1:
        raise AlreadyBilled(
            _("Die Buchung hat sich geändert. Bitte prüfen Sie die Rechnung %(number)s.")
            % {"number": current.number}
        )


def _issue(
    booking: BookingView,
    settlement: SettlementView | None,
    *,
    own_lines: tuple[OwnLine, ...] = (),
    actor: Actor,
    now: datetime,
    is_sent: bool = True,
) -> InvoiceView:
    """Write and send it. What was paid on an earlier, cancelled invoice of the booking counts for this one."""
    paid = paid_cancelled_invoices({booking.id})
    invoice = invoicing.issue_invoice(
        draft_for(booking, settlement, own_lines), actor=actor, now=now, replaces=paid
    )
    if is_sent:
        queue_mail(composing_money.invoice_issued(invoice, recipient=booking.contact.email))
    return invoice


def current_invoice(booking: BookingView) -> InvoiceRow | None:
    """The invoice that counts: not a cancellation, not cancelled."""
    rows = invoices_of_bookings([booking.id]).get(booking.id, ())
    return next((row for row in rows if row.kind == "invoice" and not row.is_cancelled), None)


def _last_settlement(booking: BookingView) -> SettlementView | None:
    return next(reversed(settlements_of(booking.id)), None)


def _recipient(invoice: InvoiceView) -> str:
    return invoice.paper.buyer.email or invoice.party_email
