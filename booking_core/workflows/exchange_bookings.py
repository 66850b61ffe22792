"""Let bookings take each other's places: two swap, three or more go round. All of them, or none.

Not here: taking the times without losing the old ones (``reservations.services.moves``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import BookingError, InvalidInput
from booking_core.kernel.money import Money
from booking_core.messaging import composing
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import MoveData, items_of
from booking_core.reservations.errors import WrongState
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.moves import move_bookings
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.billing import keep_bill_right
from booking_core.workflows.checking import allowed_wish
from booking_core.workflows.confirming import price_data
from booking_core.workflows.contracts import PricedWish, Wish
from booking_core.workflows.move_booking import owner_of, refuse_closed, refuse_stale
from booking_core.workflows.quoting import price_wish
from booking_core.workflows.tasks import look_for_waiting
from booking_core.workflows.wishes import wish_of_booking

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class ExchangeStep:
    """One booking and the place it would take: that of ``place``. ``fault`` says why the rules do not allow it."""

    booking: BookingView
    place: BookingView
    new_total: Money
    fault: str = ""

    @property
    def old_total(self) -> Money:
        return self.booking.total


@dataclass(frozen=True, slots=True)
class ExchangePreview:
    """All steps; ``fault`` is what stands in the way of all of them together, such as time that is taken."""

    steps: tuple[ExchangeStep, ...]
    fault: str = ""

    @property
    def is_possible(self) -> bool:
        return not self.fault and not any(step.fault for step in self.steps)


@with_retries
def exchange_bookings(
    versions: Sequence[tuple[UUID, int]], *, actor: Actor, now: datetime
) -> tuple[BookingView, ...]:
    """Let each booking take the place of the next, the last that of the first; staff only, states stay.

    ``versions`` are the bookings with the version the clerk saw. Each is priced by the ordinance at its new place.
    Raises what moving raises; then nothing has moved.
    """
    bookings = _in_order([uuid for uuid, _version in versions])
    _refuse_series(bookings)
    moves = []
    for booking, place, (_uuid, version) in zip(bookings, _next(bookings), versions, strict=True):
        refuse_stale(booking, version)
        refuse_closed(booking, now=now, by_staff=True)
        wish, priced = _priced(booking, place, now=now)
        moves.append(
            MoveData(
                booking.uuid,
                version,
                items_of(wish.resource_ids, wish.spans, quantity=wish.wanted),
                price_data(priced),
            )
        )
    moved = move_bookings(moves, actor=actor, now=now)
    for before, after in zip(bookings, moved, strict=True):
        audit("booking.moved", actor=actor, subject_type="booking", subject_id=before.uuid)
        queue_mail(composing.booking_moved(after, before=tuple(sorted({item.span for item in before.items}))))
        keep_bill_right(after, actor=actor, now=now)
    look_for_waiting()
    return moved


def preview_exchange(uuids: Sequence[UUID], *, actor: Actor, now: datetime) -> ExchangePreview:
    """What it would cost and whether it is possible; tried for real and taken back. Raises NotFound, WrongState."""
    bookings = _in_order(uuids)
    try:
        _refuse_series(bookings)
    except WrongState as refusal:
        pairs = zip(bookings, _next(bookings), strict=True)
        return ExchangePreview(tuple(ExchangeStep(*pair, pair[0].total) for pair in pairs), str(refusal))
    steps = []
    for booking, place in zip(bookings, _next(bookings), strict=True):
        refuse_closed(booking, now=now, by_staff=True)
        fault = ""
        try:
            _wish, priced = _priced(booking, place, now=now)
        except BookingError as refusal:
            wish = _at(booking, place)
            viewer = owner_of(booking, wish, by_staff=True)
            priced, fault = price_wish(wish, viewer=viewer, now=now), str(refusal)
        steps.append(ExchangeStep(booking, place, price_data(priced).total, fault))
    if any(step.fault for step in steps):
        return ExchangePreview(tuple(steps))
    versions = [(booking.uuid, booking.version) for booking in bookings]
    return ExchangePreview(tuple(steps), _tried(versions, actor=actor, now=now))


def _in_order(uuids: Sequence[UUID]) -> list[BookingView]:
    if len(set(uuids)) < _FEWEST or len(set(uuids)) != len(uuids):
        raise InvalidInput(_("Wählen Sie zwei verschiedene Buchungen."))
    return [booking_by_uuid(uuid, with_events=False) for uuid in uuids]


def _refuse_series(bookings: Sequence[BookingView]) -> None:
    if any(booking.series is not None for booking in bookings):
        raise WrongState(_("Serien tauschen nicht als Ganzes. Verlegen Sie einzelne Termine."))


def _next(bookings: Sequence[BookingView]) -> list[BookingView]:
    return [*bookings[1:], bookings[0]]


def _at(booking: BookingView, place: BookingView) -> Wish:
    there = wish_of_booking(place)
    return replace(wish_of_booking(booking), spans=there.spans, resource_ids=there.resource_ids)


def _priced(booking: BookingView, place: BookingView, *, now: datetime) -> tuple[Wish, PricedWish]:
    wish = _at(booking, place)
    return wish, allowed_wish(wish, viewer=owner_of(booking, wish, by_staff=True), now=now)


@with_retries
def _tried(versions: Sequence[tuple[UUID, int]], *, actor: Actor, now: datetime) -> str:
    """Why the exchange would fail; empty where it would go through. Nothing stays of it."""
    try:
        with transaction.atomic():
            exchange_bookings(versions, actor=actor, now=now)
            transaction.set_rollback(True)
    except BookingError as refusal:
        return str(refusal)
    return ""
