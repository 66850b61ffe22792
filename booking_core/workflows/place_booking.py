"""Place a booking: check everything, take the time, store the price, tell the people. One transaction.

Not here: what happens to a request afterwards (``decide_booking``).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from booking_core.finance.contracts import ProfileView
from booking_core.finance.queries.profile import finance_profile
from booking_core.identity.contracts import Actor
from booking_core.identity.models import BillingRhythm, Party
from booking_core.identity.parties import party_for
from booking_core.kernel.errors import InvalidInput
from booking_core.messaging.contracts import LetterOrder
from booking_core.messaging.outbox import mail_rows
from booking_core.messaging.unwritten import order_letter
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.reservations.drafts import BookingData
from booking_core.reservations.errors import HoldExpired
from booking_core.reservations.services.new_bookings import create_booking
from booking_core.reservations.services.transactions import joining
from booking_core.reservations.services.waiting import take_up
from booking_core.workflows.billing import keep_bill_right, moment_of
from booking_core.workflows.checking import allowed_wish, refuse_unanswered
from booking_core.workflows.confirming import confirms_itself, price_data
from booking_core.workflows.contracts import PricedWish, Viewer, Wish
from booking_core.workflows.errors import EmailNotProven, GuestsNotAllowed, HouseRulesNotAccepted
from booking_core.workflows.payments.ways import pay_by_for
from booking_core.workflows.wishes import items_of_wish, wish_to_data
from tenants.context import current_tenant

Source = Literal["site", "staff", "api"]

LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class _Request:
    wish: Wish
    contact: Contact
    title: str
    message: str
    viewer: Viewer
    actor: Actor
    source: str
    language: str
    house_rules_accepted: bool
    now: datetime


def place_booking(
    *,
    wish: Wish,
    contact: Contact,
    title: str,
    message: str,
    viewer: Viewer,
    actor: Actor,
    source: str,
    language: str,
    house_rules_accepted: bool,
    hold_uuid: UUID | None = None,
    now: datetime,
) -> BookingView:
    """Place a booking and return it: confirmed where the town wants that and the rules allow it, else requested.

    ``source`` is site, staff or api. With ``hold_uuid`` the held time is used; where the hold is gone but the time
    is still free, that is used too. Raises everything ``allowed_wish`` raises, Taken, HouseRulesNotAccepted,
    GuestsNotAllowed, EmailNotProven, InvalidInput.
    """
    request = _Request(
        wish, contact, title, message, viewer, actor, source, language, house_rules_accepted, now
    )
    _refuse_incomplete(request)
    if hold_uuid is None:
        return _place(request, None)
    try:
        return _place(request, hold_uuid)
    except HoldExpired:
        return _place(request, None)


@joining
def _place(request: _Request, hold_uuid: UUID | None) -> BookingView:
    party = _party(request)
    viewer = replace(request.viewer, party_id=party.pk)
    priced = allowed_wish(request.wish, viewer=viewer, now=request.now)
    refuse_unanswered(priced)
    _refuse_without_house_rules(request, priced)
    is_firm = confirms_itself(priced, viewer=viewer, now=request.now)
    pay_by = _pay_by(request, priced) if is_firm else None
    profile = finance_profile() if is_firm and pay_by is None else None
    booking = create_booking(
        _booking_data(request, priced, party=party, is_firm=is_firm, pay_by=pay_by),
        actor=request.actor,
        now=request.now,
        hold_uuid=hold_uuid,
        about_it=lambda made: mail_rows(*_letters(made, source=request.source, party=party, profile=profile)),
    )
    if hold_uuid is not None:
        take_up(hold_uuid)
    if booking.state == "confirmed" and profile is not None:
        keep_bill_right(booking, actor=request.actor, now=request.now, profile=profile)
    return booking


def _letters(
    booking: BookingView, *, source: str, party: Party, profile: ProfileView | None
) -> list[LetterOrder]:
    """Who is told, and what: that it is agreed, that it waits for the payment, or that it was asked for."""
    if booking.state == "confirmed":
        collective = party.billing_rhythm in BillingRhythm.collective()
        moment = moment_of(profile, is_collective=collective)
        return [order_letter("booking_confirmed", booking, invoice_moment=moment)]
    if booking.pay_by is not None:
        return [order_letter("payment_wanted", booking)]
    to_the_town = [order_letter("new_request", booking)] if source != "staff" else []
    return [order_letter("booking_requested", booking), *to_the_town]


def _pay_by(request: _Request, priced: PricedWish) -> datetime | None:
    """Until when the payment must have come that makes the booking firm; None where it is firm at once."""
    start = priced.wish.all_spans[0].start
    return pay_by_for(price_data(priced).total, source=request.source, start=start, now=request.now)


def _party(request: _Request) -> Party:
    """Whose booking it will be, locked: what they used before counts, so one booking comes after the other."""
    contact = request.contact
    return party_for(
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        street=contact.street,
        postal_code=contact.postal_code,
        city=contact.city,
        organisation_name=contact.organisation_name,
        user_id=_account(request),
    )


def _booking_data(
    request: _Request, priced: PricedWish, *, party: Party, is_firm: bool, pay_by: datetime | None
) -> BookingData:
    wish, contact = request.wish, request.contact
    stored = wish_to_data(wish)
    return BookingData(
        items=items_of_wish(wish),
        party_id=party.pk,
        party_uuid=party.uuid,
        contact=contact,
        title=request.title,
        state="confirmed" if is_firm and pay_by is None else "requested",
        pay_by=pay_by,
        source=request.source,
        price=price_data(priced),
        purpose=wish.purpose,
        customer_group=wish.group or request.viewer.group,
        persons=wish.persons,
        extras={extra: str(amount) for extra, amount in wish.extras.items()},
        facts=dict(stored["facts"]),  # type: ignore[call-overload]  # wish_to_data writes an object there
        message=request.message.strip(),
        language="en" if request.language.startswith("en") else "de",
        booked_by_id=_account(request),
        house_rules_accepted_at=request.now if request.house_rules_accepted else None,
        repeat=wish.repeat,
    )


def _account(request: _Request) -> int | None:
    """The account the booking belongs to; a clerk who books for somebody is not its owner."""
    return None if request.source == "staff" else request.viewer.user_id


def _refuse_incomplete(request: _Request) -> None:
    if not request.title.strip():
        raise InvalidInput(_("Geben Sie an, worum es geht."), field="title")
    if len(request.title.strip()) > LONGEST_TITLE:
        raise InvalidInput(
            _("Der Anlass hat höchstens %(count)s Zeichen.") % {"count": LONGEST_TITLE}, field="title"
        )
    if not request.contact.name.strip():
        raise InvalidInput(_("Geben Sie an, wer die Buchung verantwortet."), field="name")
    try:
        validate_email(request.contact.email)
    except ValidationError as fault:
        raise InvalidInput(_("Geben Sie eine gültige E-Mail-Adresse ein."), field="email") from fault
    _refuse_unknown_guest(request)


def _refuse_unknown_guest(request: _Request) -> None:
    if request.source != "site" or request.viewer.user_id is not None:
        return
    if not current_tenant().guests_allowed:
        raise GuestsNotAllowed(
            _("Hier buchen Sie mit einem Konto. Bitte melden Sie sich an oder legen Sie eines an.")
        )
    if request.viewer.email.lower() != request.contact.email.strip().lower():
        raise EmailNotProven(_("Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse."), field="email")


def _refuse_without_house_rules(request: _Request, priced: PricedWish) -> None:
    if not request.house_rules_accepted and any(one.house_rules for one in priced.resources):
        raise HouseRulesNotAccepted(_("Bitte stimmen Sie der Hausordnung zu."), field="house_rules_accepted")
