"""Change a booking where its time and place stay: words and contact; or people, extras and answers at the new price.

Not here: another time or room (``move_booking``), writing it down (``reservations.services``).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.messaging import composing
from booking_core.messaging.outbox import queue_mail
from booking_core.ordinances.queries import document_of_version
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.reservations.drafts import DetailsData, PriceData, ScopeData
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services import bookings
from booking_core.reservations.services import scope as scopes
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.billing import keep_bill_right
from booking_core.workflows.conditions import count_faults
from booking_core.workflows.confirming import confirms_itself, price_data
from booking_core.workflows.contracts import PricedWish, Scope, ScopePreview, Wish
from booking_core.workflows.earlier_bookings import past_of_booking
from booking_core.workflows.errors import PriceNotAgreed
from booking_core.workflows.move_booking import owner_of, refuse_closed, refuse_stale
from booking_core.workflows.quoting import (
    choices_of_booking,
    is_price_known,
    price_wish_by_version,
    priced_wish,
    refusal_of,
)
from booking_core.workflows.wishes import wish_of_booking, wish_to_data, wished_resources


@with_retries
def change_details(
    uuid: UUID,
    *,
    title: str,
    message: str,
    contact: Contact,
    actor: Actor,
    expected_version: int,
    title_is_public: bool | None = None,
) -> BookingView:
    """Change words and contact, which no price depends on.

    Raises NotFound, Stale, WrongState, AlreadyOver, InvalidInput.
    """
    now = timezone.now()
    booking = booking_by_uuid(uuid, with_events=False)
    refuse_stale(booking, expected_version)
    refuse_closed(booking, now=now, by_staff=actor.by_staff)
    details = DetailsData(title, contact, message, title_is_public)
    return bookings.change_details(uuid, details, actor=actor, expected_version=expected_version, now=now)


def scope_of(booking: BookingView) -> Scope:
    """What the booking asks for now."""
    wish = wish_of_booking(booking)
    return Scope(wish.persons, wish.group, wish.purpose, wish.extras, wish.facts, wish.further_groups)


def preview_scope(uuid: UUID, scope: Scope, *, now: datetime, by_staff: bool = False) -> ScopePreview:
    """What the change would cost, by the ordinance version the booking was quoted with.

    Raises NotFound, WrongState, AlreadyOver, TooManyPersons, InvalidInput, RefusedByOrdinance.
    """
    booking = booking_by_uuid(uuid, with_events=False)
    refuse_closed(booking, now=now, by_staff=by_staff)
    return _preview(booking, _priced(booking, scope, by_staff=by_staff), now=now, by_staff=by_staff)


@with_retries
def change_scope(
    uuid: UUID, scope: Scope, *, agreed: str, actor: Actor, expected_version: int, now: datetime
) -> BookingView:
    """Change people, group, purpose, extras and answers, at the price that goes with them; the time stays taken.

    ``agreed`` is the ``terms`` of the preview that was agreed to; empty where the change has no consequences. A
    confirmed booking changed by its owner waits for a clerk again where the ordinance leaves the case to the
    administration, or where group, purpose or an answer changed and the town does not let that confirm itself.
    Where nothing changes, nothing is written. Raises what ``preview_scope`` raises, Stale, PriceNotAgreed.
    """
    before = booking_by_uuid(uuid, with_events=False)
    refuse_stale(before, expected_version)
    refuse_closed(before, now=now, by_staff=actor.by_staff)
    priced = _priced(before, scope, by_staff=actor.by_staff)
    if _is_same(wish_of_booking(before), priced.wish):
        return before
    preview = _preview(before, priced, now=now, by_staff=actor.by_staff)
    if preview.terms and preview.terms != agreed:
        raise PriceNotAgreed(
            _("Bitte sehen Sie sich zuerst an, was sich dadurch ändert, und stimmen Sie zu.")
        )
    changed = scopes.change_scope(
        uuid, _scope_data(before, priced, preview), actor=actor, expected_version=expected_version, now=now
    )
    audit("booking.changed", actor=actor, subject_type="booking", subject_id=uuid)
    queue_mail(composing.booking_changed(changed, old_total=before.total))
    if preview.back_to_request:
        queue_mail(composing.new_request(changed))
    keep_bill_right(changed, actor=actor, now=now)
    return changed


def _priced(booking: BookingView, scope: Scope, *, by_staff: bool) -> PricedWish:
    """The booking with another scope, priced as on the day it was asked for. Raises the gravest refusal."""
    wish = replace(
        wish_of_booking(booking),
        persons=scope.persons,
        group=scope.group,
        purpose=scope.purpose,
        extras=dict(scope.extras),
        facts=_answers_after(booking, scope, by_staff=by_staff),
        further_groups=scope.further_groups,
    )
    viewer = owner_of(booking, wish, by_staff=by_staff)
    resources = wished_resources(wish, viewer=viewer)
    for fault in count_faults(wish, resources):
        raise fault
    if booking.ordinance_version_id is None:
        return PricedWish(wish, resources, None, None)
    price = price_wish_by_version(
        wish,
        booking.ordinance_version_id,
        requested_at=booking.requested_at,
        viewer=viewer,
        past=past_of_booking(booking, wish.all_spans),
    )
    refusal = refusal_of(price.quote if price else None)
    if refusal is not None:
        raise refusal
    return replace(priced_wish(wish, resources, price), ordinance_version_id=booking.ordinance_version_id)


def _answers_after(booking: BookingView, scope: Scope, *, by_staff: bool) -> dict[str, object]:
    """The answers given now, with those that were not asked for: the citizen keeps what staff answered."""
    if booking.ordinance_version_id is None:
        return dict(scope.facts)
    asked = {one.id for one in choices_of_booking(booking, by_staff=by_staff).questions}
    known = document_of_version(booking.ordinance_version_id).facts
    unasked = {one.id for one in known} - asked
    kept = {fact: answer for fact, answer in wish_of_booking(booking).facts.items() if fact in unasked}
    return {**{fact: answer for fact, answer in scope.facts.items() if fact not in unasked}, **kept}


def _preview(booking: BookingView, priced: PricedWish, *, now: datetime, by_staff: bool) -> ScopePreview:
    price = _price(booking, priced)
    back = (
        booking.state == "confirmed"
        and not by_staff
        and not _is_same(wish_of_booking(booking), priced.wish)
        and _needs_clerk(booking, priced, now=now)
    )
    unchanged = (price.total, price.deposit) == (booking.total, booking.deposit) and not back
    state = "requested" if back else booking.state
    return ScopePreview(
        old_total=booking.total,
        new_total=price.total,
        old_deposit=booking.deposit,
        new_deposit=price.deposit,
        quote=priced.quote,
        back_to_request=back,
        terms="" if unchanged else f"{price.total.cents}-{price.deposit.cents}-{state}",
    )


def _needs_clerk(booking: BookingView, priced: PricedWish, *, now: datetime) -> bool:
    """A clerk agreed to what the booking was; what he could not have agreed to yet is asked for again."""
    quote = priced.quote
    if quote is None or not is_price_known(quote):
        return True
    if quote.needs_approval and not booking.quote.get("needs_approval"):
        return True
    before, after = wish_of_booking(booking), priced.wish
    if _claims(before) == _claims(after):
        return False
    return not confirms_itself(priced, viewer=owner_of(booking, after, by_staff=False), now=now)


def _claims(wish: Wish) -> tuple[str, str, Mapping[str, object]]:
    """What someone says of themselves, and the price believes."""
    return wish.group, wish.purpose, {**_answered(wish), "": wish.further_groups}


def _is_same(before: Wish, after: Wish) -> bool:
    return (before.persons, before.extras, _claims(before)) == (after.persons, after.extras, _claims(after))


def _answered(wish: Wish) -> dict[str, object]:
    """The answers as they are stored, without those that say nothing."""
    stored = wish_to_data(wish)["facts"]
    assert isinstance(stored, dict)  # noqa: S101 — wish_to_data writes one
    return {fact: value for fact, value in stored.items() if value not in (None, "", [], False)}


def _price(booking: BookingView, priced: PricedWish) -> PriceData:
    """The new price; the old one where no ordinance can name another."""
    if priced.quote is not None:
        return price_data(priced)
    return PriceData(
        booking.total,
        booking.deposit,
        dict(booking.quote),
        booking.ordinance_version_id,
        booking.priced_requests,
    )


def _scope_data(booking: BookingView, priced: PricedWish, preview: ScopePreview) -> ScopeData:
    wish, stored = priced.wish, wish_to_data(priced.wish)
    return ScopeData(
        purpose=wish.purpose,
        customer_group=wish.group,
        persons=wish.persons,
        extras={extra: str(amount) for extra, amount in wish.extras.items()},
        facts=dict(stored["facts"]),  # type: ignore[call-overload]  # wish_to_data writes an object there
        price=_price(booking, priced),
        state="requested" if preview.back_to_request else "",
    )
