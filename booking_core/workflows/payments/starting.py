"""Begin to pay: one row, one page to pay on, however often somebody clicks.

    click ─ lock booking ─ row (key, request) ─ COMMIT ─ call with key ─ row: open, address ─ COMMIT ─ to the page

Not here: what comes of it (``looking``). Do not call inside a transaction: the row must be there before the call.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils import translation
from django.utils.translation import gettext as _

from booking_core.finance.contracts_payments import PaymentView
from booking_core.finance.errors import NothingToPay, PaymentUnderway, ProviderRefused
from booking_core.finance.providers import ONLINE
from booking_core.finance.providers.contracts import CheckoutOrder, Offer
from booking_core.finance.queries.invoices import invoice_id_of
from booking_core.finance.queries.payments import live_payment, payment_by_uuid
from booking_core.finance.services.payments import NewPayment, Seen, advance, begin, locked_payment
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.messaging.payment_links import payment_link
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.bookings import locked_booking
from booking_core.reservations.services.transactions import with_retries
from booking_core.reservations.services.unpaid import keep_until
from booking_core.workflows.payments.actors import STRIPE
from booking_core.workflows.payments.looking import close_payment
from booking_core.workflows.payments.ways import LONGEST_DEBIT, OpenDue, dues_of_booking
from tenants.context import current_tenant
from tenants.stripe_accounts import connected_account

PAGE_MINUTES = 60  # Stripe allows 30 minutes to 24 hours
FIRST_PAGE_MINUTES = 31
GRACE_MINUTES = 10  # the time is kept for so much longer than anybody can pay for it
LONGEST_WAIT = timedelta(hours=2)
_ABOUT_TO_END = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class _Found:
    payment: PaymentView
    is_usable: bool


def begin_payment(booking_uuid: UUID, *, purpose: str, actor: Actor, now: datetime) -> PaymentView:
    """A payment with the address of the page to pay on (``pay_url``); ``purpose`` is fee or deposit.

    A second click gets the same page. Raises NotFound, NothingToPay, PaymentUnderway, ProviderUnreachable,
    ProviderRefused, StripeNotSetUp.
    """
    found = _reserve(booking_uuid, purpose, actor=actor, now=now)
    if not found.is_usable:  # another sum, or its page is about to close: nobody may pay there any more
        close_payment(found.payment.uuid, now=now)
        found = _reserve(booking_uuid, purpose, actor=actor, now=now)
    if not found.is_usable:
        raise PaymentUnderway(_underway_words(), context={"payment": str(found.payment.uuid)})
    return open_page(found.payment, now=now)


@with_retries
def _reserve(booking_uuid: UUID, purpose: str, *, actor: Actor, now: datetime) -> _Found:
    row = locked_booking(booking_uuid)
    live = live_payment(row.pk, purpose)
    if live is not None and live.state == "processing":
        raise PaymentUnderway(_underway_words(), context={"payment": str(live.uuid)})
    booking = booking_by_uuid(booking_uuid, with_events=False)
    due, offer = _wanted(booking, purpose, now=now)
    if live is not None:
        return _Found(live, _is_usable(live, due, offer, now=now))
    return _Found(_new_row(booking, due, offer, actor=actor, now=now), is_usable=True)


def _wanted(booking: BookingView, purpose: str, *, now: datetime) -> tuple[OpenDue, Offer]:
    for due in dues_of_booking(booking, now=now):
        if due.due.purpose == purpose and due.online is not None:
            return due, due.online
    raise NothingToPay(_("Hier ist gerade nichts online zu bezahlen."))


def _is_usable(live: PaymentView, due: OpenDue, offer: Offer, *, now: datetime) -> bool:
    account = connected_account()
    return (
        live.amount == due.due.amount
        and (live.kind == "hold") == offer.is_hold
        and account is not None
        and live.account == account.account_id
        and live.expires_at is not None
        and live.expires_at > now + _ABOUT_TO_END
    )


def _new_row(booking: BookingView, due: OpenDue, offer: Offer, *, actor: Actor, now: datetime) -> PaymentView:
    account = connected_account()
    if account is None:
        raise NothingToPay(_("Hier ist gerade nichts online zu bezahlen."))
    key, expires_at = uuid4(), _page_end(booking, now=now)
    link = payment_link(booking.uuid, key)
    order = CheckoutOrder(
        key=key,
        tenant=current_tenant().uuid,
        amount=due.due.amount,
        label=_label(booking, due),
        email=booking.contact.email,
        language=booking.language,
        success_url=link,
        cancel_url=f"{link}?abgebrochen=1",
        expires_at=expires_at,
        is_hold=offer.is_hold,
        allows_debit=not booking.waits_for_payment or booking.start > now + LONGEST_DEBIT,
    )
    new = NewPayment(
        kind="hold" if offer.is_hold else "payment",
        purpose=due.due.purpose,
        amount=due.due.amount,
        account=account.account_id,
        party_id=booking.party_id,
        booking_id=booking.id,
        invoice_id=invoice_id_of(due.invoice.uuid) if due.invoice is not None else None,
        request=ONLINE.request_for(order),
        expires_at=expires_at,
        key=key,
    )
    made = begin(new, actor=actor, now=now)
    audit("payment.started", actor=actor, subject_type="booking", subject_id=booking.uuid,
          data={"payment": str(key), "cents": due.due.amount.cents, "purpose": due.due.purpose})  # fmt: skip
    return made


def _page_end(booking: BookingView, *, now: datetime) -> datetime:
    """When the page to pay closes. What waits for its payment is kept a little longer than that."""
    if not booking.waits_for_payment:
        return now + timedelta(minutes=PAGE_MINUTES)
    end = now + timedelta(minutes=FIRST_PAGE_MINUTES)
    kept = end + timedelta(minutes=GRACE_MINUTES)
    over = booking.pay_by is not None and booking.pay_by <= now
    if over or end > booking.requested_at + LONGEST_WAIT or kept >= booking.start:
        raise NothingToPay(_("Die Zeit zum Bezahlen ist vorbei. Bitte buchen Sie noch einmal."))
    keep_until(booking.uuid, kept)
    return end


def open_page(payment: PaymentView, *, now: datetime) -> PaymentView:
    """Make the page to pay on; asked again, the same page. Raises ProviderUnreachable, ProviderRefused."""
    if payment.state != "started":
        return payment
    try:
        made = ONLINE.open(payment.request, account=payment.account, key=payment.uuid)
    except ProviderRefused as no:
        _note(payment.uuid, Seen("failed", reason=str(no)), now=now)
        raise
    seen = Seen("open", remote_ref=made.remote_ref, intent_ref=made.intent_ref, pay_url=made.url)
    return _note(payment.uuid, seen, now=now)


@with_retries
def _note(uuid: UUID, seen: Seen, *, now: datetime) -> PaymentView:
    payment = locked_payment(uuid)
    return (
        advance(payment, seen, actor=STRIPE, now=now) if payment.state == "started" else payment_by_uuid(uuid)
    )


def _label(booking: BookingView, due: OpenDue) -> str:
    with translation.override(booking.language):
        words = {"number": booking.number, "title": booking.title}
        if due.due.purpose == "deposit":
            return _("Kaution für Buchung %(number)s: %(title)s") % words
        return _("Buchung %(number)s: %(title)s") % words


def _underway_words() -> str:
    return _("Ihre Zahlung ist schon unterwegs. Eine Lastschrift dauert einige Tage.")
