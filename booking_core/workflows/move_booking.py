"""Move a booking to another time or room.

Not here: taking the new time without losing the old one (``reservations.services.moves``), changing anything else
(``change_booking``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.parties import lock_party
from booking_core.identity.queries import party_by_uuid
from booking_core.identity.services import audit
from booking_core.kernel.errors import BookingError
from booking_core.kernel.spans import Span
from booking_core.messaging import composing
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import MoveData, PriceData, items_of
from booking_core.reservations.errors import Stale, Taken, WrongState
from booking_core.reservations.queries import Apart, booking_by_uuid, is_free
from booking_core.reservations.services import bookings
from booking_core.reservations.services.moves import move_bookings
from booking_core.reservations.services.settlements import refuse_settled
from booking_core.reservations.services.transactions import taken_sentence, with_retries
from booking_core.workflows.billing import keep_bill_right
from booking_core.workflows.checking import allowed_wish
from booking_core.workflows.confirming import confirms_itself, price_data
from booking_core.workflows.contracts import MovePreview, PricedWish, Viewer, Wish
from booking_core.workflows.errors import AlreadyOver
from booking_core.workflows.quoting import price_wish
from booking_core.workflows.tasks import look_for_waiting
from booking_core.workflows.wishes import pieces_taken, wish_of_booking


def preview_move(
    uuid: UUID,
    wish_spans: Iterable[Span],
    resource_ids: Iterable[int],
    *,
    now: datetime,
    by_staff: bool = False,
    pieces: Mapping[int, int] | None = None,
) -> MovePreview:
    """What moving would cost and whether it is possible; the sentence in ``fault`` says why not.

    The price is that of the ordinance in force on the new day. Raises NotFound, WrongState, AlreadyOver.
    """
    booking = booking_by_uuid(uuid, with_events=False)
    refuse_closed(booking, now=now, by_staff=by_staff)
    wish = _moved(booking, wish_spans, resource_ids, pieces)
    viewer = owner_of(booking, wish, by_staff=by_staff)
    fault: BookingError | None = None
    try:
        priced = allowed_wish(wish, viewer=viewer, now=now)
        if not all(
            is_free(wish.resource_ids, span, now=now, quantity=wish.wanted, apart=Apart(booking=uuid))
            for span in wish.spans
        ):
            fault = Taken(taken_sentence())
    except BookingError as refusal:
        priced, fault = price_wish(wish, viewer=viewer, now=now), refusal
    return MovePreview(booking.total, price_data(priced).total, priced, str(fault) if fault else "")


@with_retries
def move_booking(
    uuid: UUID,
    *,
    spans: Iterable[Span],
    resource_ids: Iterable[int],
    actor: Actor,
    expected_version: int,
    now: datetime,
    never_dearer: bool = False,
    reason: str = "",
    pieces: Mapping[int, int] | None = None,
) -> BookingView:
    """Move a booking; the old time is kept unless the new one is won. ``pieces``: another number of some things.

    Moved by staff it keeps its state. Moved by a citizen a confirmed booking waits for a clerk again, unless the
    town lets such requests confirm themselves. ``never_dearer``: where the new place costs more, the old price stays
    (the town moves people, not they themselves); ``reason`` stands in the mail. Raises everything
    ``allowed_wish`` raises, Taken, Stale, WrongState, AlreadyOver.
    """
    before = booking_by_uuid(uuid, with_events=False)
    refuse_stale(before, expected_version)
    refuse_closed(before, now=now, by_staff=actor.by_staff)
    wish = _moved(before, spans, resource_ids, pieces)
    viewer = owner_of(before, wish, by_staff=actor.by_staff)
    lock_party(before.party_id)
    priced = allowed_wish(wish, viewer=viewer, now=now)
    move = MoveData(
        uuid=uuid,
        expected_version=expected_version,
        items=items_of(wish.resource_ids, wish.spans, quantity=wish.wanted),
        price=_price_after(before, priced, never_dearer=never_dearer),
        state=_state_after(before, priced, viewer=viewer, actor=actor, now=now),
    )
    (moved,) = move_bookings([move], actor=actor, now=now)
    audit("booking.moved", actor=actor, subject_type="booking", subject_id=uuid)
    look_for_waiting()
    queue_mail(
        composing.booking_moved(
            moved, before=tuple(sorted({item.span for item in before.items})), reason=reason
        )
    )
    if not actor.by_staff and moved.state == "requested":
        queue_mail(composing.new_request(moved))
    keep_bill_right(moved, actor=actor, now=now)
    return moved


def _price_after(booking: BookingView, priced: PricedWish, *, never_dearer: bool) -> PriceData:
    price = price_data(priced)
    if not never_dearer or price.total.cents <= booking.total.cents:
        return price
    return PriceData(booking.total, booking.deposit, dict(booking.quote), booking.ordinance_version_id)


def _moved(
    booking: BookingView,
    spans: Iterable[Span],
    resource_ids: Iterable[int],
    pieces: Mapping[int, int] | None,
) -> Wish:
    if booking.series is not None:
        raise WrongState(_("Bei einer Serie verlegen Sie einzelne Termine, nicht die ganze Buchung."))
    wish, rooms = wish_of_booking(booking), tuple(resource_ids)
    had = wish.wanted
    left = [one for one in had if one not in rooms]
    instead = dict(zip([one for one in rooms if one not in had], left, strict=False))
    wanted = {one: had.get(instead.get(one, one), 1) for one in rooms}
    wanted |= pieces or {}
    return replace(
        wish,
        spans=tuple(sorted(spans)),
        resource_ids=rooms,
        quantity=wanted[rooms[0]] if rooms else 1,
        pieces=pieces_taken(wanted, wanted[rooms[0]]) if rooms else {},
    )


def owner_of(booking: BookingView, wish: Wish, *, by_staff: bool) -> Viewer:
    """Whom the rules are asked about: the party that booked. What it has already, it may keep."""
    party = party_by_uuid(booking.party_uuid)
    keeps_resources = set(wish.resource_ids) <= {item.resource_id for item in booking.items}
    return Viewer(
        user_id=booking.booked_by_id,
        email=booking.contact.email,
        is_staff=by_staff or keeps_resources,
        is_resident=party.is_resident,
        is_registered=party.is_registered,
        group=party.customer_group if party.group_verified_at else "",
        party_id=booking.party_id,
        changes=booking.uuid,
    )


def _state_after(
    booking: BookingView, priced: PricedWish, *, viewer: Viewer, actor: Actor, now: datetime
) -> str:
    if booking.state != "confirmed" or actor.by_staff or confirms_itself(priced, viewer=viewer, now=now):
        return ""
    return "requested"


def refuse_stale(booking: BookingView, expected_version: int) -> None:
    """Raise Stale where someone else changed the booking since ``expected_version``."""
    if booking.version != expected_version:
        raise Stale(bookings.stale_sentence())


def refuse_closed(booking: BookingView, *, now: datetime, by_staff: bool) -> None:
    """Raise WrongState where the booking is settled for good, AlreadyOver where it has begun and no clerk asks."""
    if not booking.is_open:
        raise WrongState(_("Diese Buchung ist abgeschlossen und ändert sich nicht mehr."))
    if booking.waits_for_payment:
        raise WrongState(_("Diese Buchung wartet auf ihre Zahlung. Danach lässt sie sich ändern."))
    if booking.start <= now and not by_staff:
        raise AlreadyOver(_("Die Buchung hat schon begonnen. Bitte wenden Sie sich an die Verwaltung."))
    refuse_settled(booking.id)
