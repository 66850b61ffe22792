"""Move bookings: all of them, or none. The old time is kept unless the new one is won.

Not here: what moving costs or whether the rules allow it (``workflows.move_booking``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import ItemData, MoveData
from booking_core.reservations.errors import Stale, WrongState
from booking_core.reservations.models import Booking, BookingItem, Occupancy
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.reservations.ranges import to_span
from booking_core.reservations.services.bookings import (
    OPEN_STATES,
    add_items,
    log_event,
    stale_sentence,
    wrong_state_sentence,
)
from booking_core.reservations.services.claims import check_items, claims_for
from booking_core.reservations.services.columns import price_columns
from booking_core.reservations.services.occupy import occupy


@transaction.atomic
def move_bookings(moves: Sequence[MoveData], *, actor: Actor, now: datetime) -> tuple[BookingView, ...]:
    """Give each booking its new items and price; several at once may swap places.

    One transaction: booking rows locked by id, old and new units locked together by id, old rows deleted, new rows
    written. Raises NotFound, WrongState, Stale, Taken, TooMany, InvalidInput; then nothing has moved.
    """
    bookings = _locked_bookings(moves)
    old_items = BookingItem.objects.filter(booking__in=bookings)
    before = _spans_by_booking(old_items)
    old_ids = list(old_items.values_list("pk", flat=True))
    items: list[ItemData] = []
    rows: list[BookingItem] = []
    slots = _slots_given_up(old_items)
    for booking, move in zip(bookings, moves, strict=True):
        items += move.items
        rows += add_items(booking.pk, _with_slots(move.items, slots.get(booking.pk, [])))
    occupy(claims_for(items, rows=rows), freeing=Occupancy.objects.filter(item_id__in=old_ids))
    BookingItem.objects.filter(pk__in=old_ids).delete()
    for booking, move in zip(bookings, moves, strict=True):
        Booking.objects.filter(pk=booking.pk).update(
            version=F("version") + 1,
            sequence=F("sequence") + 1,
            state=move.state or booking.state,
            **price_columns(move.price),
        )
        log_event(booking.pk, "moved", actor=actor, now=now, data={"from": before.get(booking.pk, [])})
    return tuple(booking_by_uuid(move.uuid) for move in moves)


def _locked_bookings(moves: Sequence[MoveData]) -> list[Booking]:
    """The bookings in the order of ``moves``, locked by id."""
    if len({move.uuid for move in moves}) != len(moves):
        raise InvalidInput(_("Wählen Sie für jede Buchung genau eine neue Zeit."))
    for move in moves:
        check_items(move.items)
    uuids = [move.uuid for move in moves]
    locked = Booking.objects.select_for_update(no_key=True).filter(uuid__in=uuids).order_by("id")
    by_uuid = {booking.uuid: booking for booking in locked}
    for move in moves:
        if move.uuid not in by_uuid:
            raise NotFound(_("Diese Buchung gibt es nicht."))
        booking = by_uuid[move.uuid]
        if booking.version != move.expected_version:
            raise Stale(stale_sentence())
        if booking.state not in OPEN_STATES or (move.state and move.state not in OPEN_STATES):
            raise WrongState(wrong_state_sentence())
    return [by_uuid[uuid] for uuid in uuids]


def _slots_given_up(items: QuerySet[BookingItem]) -> dict[int, list[ItemData]]:
    """Which date of its series each item was, by booking; the old rows let go of the names."""
    named = items.exclude(slot="")
    slots: dict[int, list[ItemData]] = {}
    for item in named:
        kept = ItemData(item.resource_id, to_span(item.span), slot=item.slot)
        slots.setdefault(item.booking_id, []).append(kept)
    if slots:
        named.update(slot="")
    return slots


def _with_slots(items: Sequence[ItemData], old: list[ItemData]) -> tuple[ItemData, ...]:
    """A date that stays keeps its name; those that moved take the names left over, in order of time."""
    stay = {(one.resource_id, one.span): one.slot for one in old}
    taken = {slot for item in items if (slot := stay.get((item.resource_id, item.span)))}
    left = iter(sorted({one.slot for one in old} - taken))
    by_span: dict[Span, str] = {}
    named = []
    for item in sorted(items, key=lambda one: one.span):
        slot = item.slot or stay.get((item.resource_id, item.span)) or by_span.get(item.span)
        by_span[item.span] = slot = slot or next(left, "")
        named.append(replace(item, slot=slot))
    order = {(item.resource_id, item.span): item for item in named}
    return tuple(order[item.resource_id, item.span] for item in items)


def _spans_by_booking(items: Iterable[BookingItem]) -> dict[int, list[list[str]]]:
    before: dict[int, list[list[str]]] = {}
    for item in items:
        span = to_span(item.span)
        before.setdefault(item.booking_id, []).append([span.start.isoformat(), span.end.isoformat()])
    return before
