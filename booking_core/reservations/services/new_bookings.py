"""Make a booking with its time: the rows, and the statement that writes all of them together.

Not here: what happens to bookings afterwards (``bookings``), prices and rules, mail (``workflows``). Call inside
``with_retries``.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import BookingData, ItemData
from booking_core.reservations.models import (
    Booking,
    BookingEvent,
    BookingItem,
    BookingState,
    Hold,
    Occupancy,
    Series,
)
from booking_core.reservations.presenting import view_of
from booking_core.reservations.ranges import to_range, to_span
from booking_core.reservations.series_data import series_columns, series_view
from booking_core.reservations.services.claims import (
    check_items,
    claims_held_still,
    hold_still_and_draw,
    locked_claims,
)
from booking_core.reservations.services.columns import contact_columns, price_columns
from booking_core.reservations.services.holds import locked_hold
from booking_core.reservations.services.occupy import occupy
from booking_core.reservations.services.transactions import joining


@joining
def create_booking(
    data: BookingData,
    *,
    actor: Actor,
    now: datetime,
    hold_uuid: UUID | None = None,
    about_it: Callable[[BookingView], Sequence[Model]] | None = None,
) -> BookingView:
    """Make a booking and take its time, or make nothing.

    ``about_it`` makes rows about the booking (its letters) that are written by the same statement.

    With ``hold_uuid`` the held time becomes the booking's. Raises HoldExpired (catch it, then try without the hold
    in a new transaction), Taken, TooMany, InvalidInput, NotFound. Four statements, seven more with a hold.
    """
    if data.state not in {BookingState.REQUESTED, BookingState.CONFIRMED}:
        raise InvalidInput(_("Eine neue Buchung ist angefragt oder bestätigt."), field="state")
    check_items(data.items)
    held = locked_hold(hold_uuid) if hold_uuid is not None else None
    booking_id, item_ids = hold_still_and_draw(data.items)
    booking = _booking(booking_id, data, now=now)
    items = [_item(booking_id, key, item) for key, item in zip(item_ids, data.items, strict=True)]
    events = _events(booking_id, data, actor=actor, now=now)
    series = [] if data.repeat is None else [Series(booking_id=booking_id, **series_columns(data.repeat))]
    made: list[BookingView] = []

    def rows() -> Sequence[Sequence[Model]]:
        made.append(_view(booking, items, events, series, party_uuid=data.party_uuid))
        return [booking], items, events, series, about_it(made[0]) if about_it else []

    _take_time(data.items, items, held=held, together_with=rows)
    return made[0]


def _view(
    booking: Booking,
    items: list[BookingItem],
    events: list[BookingEvent],
    series: list[Series],
    *,
    party_uuid: UUID | None,
) -> BookingView:
    """The booking from rows in hand, whose items have their resources by now."""
    return view_of(
        booking,
        items=sorted(items, key=lambda item: (to_span(item.span), item.resource_id)),
        events=events,
        party_uuid=party_uuid or booking.party.uuid,
        series=series_view(series[0]) if series else None,
    )


def _take_time(
    items: Sequence[ItemData],
    rows: Sequence[BookingItem],
    *,
    held: Hold | None,
    together_with: Callable[[], Sequence[Sequence[Model]]],
) -> None:
    """Occupy what the items need, and write the rows with it. The held time is given up in the same breath."""
    if held is None:
        claims, stock = locked_claims(items, rows=rows)
        occupy(claims, locked=stock, together_with=together_with)
        return
    freeing = Occupancy.objects.filter(hold=held)
    occupy(claims_held_still(items, rows=rows), freeing=freeing, together_with=together_with)
    done = Hold.objects.filter(pk=held.pk)
    done._raw_delete(done.db)  # its time, all that names it, is gone already


def _booking(booking_id: int, data: BookingData, *, now: datetime) -> Booking:
    confirmed = data.state == BookingState.CONFIRMED
    return Booking(
        pk=booking_id,
        number=f"{timezone.localtime(now).year}-{booking_id:06d}",
        party_id=data.party_id,
        booked_by_id=data.booked_by_id,
        state=data.state,
        source=data.source,
        title=data.title.strip(),
        purpose=data.purpose,
        customer_group=data.customer_group,
        persons=data.persons,
        extras=dict(data.extras),
        facts=dict(data.facts),
        message=data.message,
        language=data.language,
        requested_at=now,
        decided_at=now if confirmed else None,
        house_rules_accepted_at=data.house_rules_accepted_at,
        pay_by=data.pay_by,
        **contact_columns(data.contact),
        **price_columns(data.price),
    )


def _item(booking_id: int, key: int, item: ItemData) -> BookingItem:
    return BookingItem(
        pk=key,
        booking_id=booking_id,
        resource_id=item.resource_id,
        span=to_range(item.span),
        quantity=item.quantity,
        slot=item.slot,
    )


def _events(booking_id: int, data: BookingData, *, actor: Actor, now: datetime) -> list[BookingEvent]:
    """That it was asked for, with the words that came along; that it was confirmed, where it was at once."""
    words = {BookingState.REQUESTED: data.message.strip()}
    if data.state == BookingState.CONFIRMED:
        words[BookingState.CONFIRMED] = ""
    return [
        BookingEvent(
            booking_id=booking_id,
            at=now,
            kind=kind,
            actor_id=actor.user_id,
            actor_label=actor.label,
            by_staff=actor.by_staff,
            text=text,
            data={},
        )
        for kind, text in words.items()
    ]
