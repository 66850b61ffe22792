"""Swapping, going round and closing while others book, move and decide: whole, or not at all.

Not here: moving without a swap (``test_races``). Which defence makes which test red: README.md beside this.
"""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest

from booking_core.identity.contracts import Actor
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import items_of
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.queries import booking_by_uuid, closures
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.close_places import ClosureWish, Decision, Place, Proposal, close_places
from booking_core.workflows.exchange_bookings import exchange_bookings
from booking_core.workflows.move_booking import move_booking
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.factories.bookings import NOW, book, booking_data, hours, make_booking, make_party
from tests.factories.catalogue import make_location, make_room

KARLA = Actor("Karla Kern", by_staff=True)
TOLD = {"won", "taken", "stale", "wrong-state", "closure-hits-bookings"}
Jobs = list[Callable[[], object]]
decide = with_retries(transition)


def _places(bookings: list[BookingView]) -> list[tuple[int, object]]:
    fresh = [booking_by_uuid(one.uuid) for one in bookings]
    return sorted(((one.items[0].resource_id, one.items[0].span) for one in fresh), key=str)


def _go_round(*bookings: BookingView) -> Callable[[], object]:
    return partial(exchange_bookings, [(one.uuid, one.version) for one in bookings], actor=KARLA, now=NOW)


@pytest.mark.parametrize("rounds", [1, pytest.param(100, marks=pytest.mark.slow)])
def test_rings_and_swaps_and_strangers(race_town: Tenant, rounds: int) -> None:
    """Five clerks swap the same three bookings in every order, strangers wait for a gap: one ring wins, whole.

    The places change owners but stay the same three: nobody loses one, no stranger slips in between.
    """
    party = make_party()
    for _number in range(rounds):
        rooms = [make_room() for _ in range(3)]
        three = [make_booking(room, hours(8 + at, 10 + at), party_id=party) for at, room in enumerate(rooms)]
        first, second, third = three
        before = _places(three)
        jobs: Jobs = [
            _go_round(first, second), _go_round(second, first), _go_round(second, third),
            _go_round(first, second, third), _go_round(third, second, first),
        ]  # fmt: skip
        strangers = [
            booking_data(items_of([room.id], [hours(8 + at, 10 + at)]), party_id=party)
            for at, room in enumerate(rooms)
        ]
        jobs += [partial(book, one) for one in strangers]
        outcomes = tally(run_together(race_town, jobs))
        assert set(outcomes) <= TOLD, outcomes
        assert outcomes["won"] >= 1
        assert outcomes["taken"] >= len(strangers)
        assert _places(three) == before
        held = Occupancy.objects.filter(item__booking__uuid__in=[one.uuid for one in three])
        assert held.count() == len(three)


@pytest.mark.parametrize("rounds", [1, pytest.param(100, marks=pytest.mark.slow)])
def test_a_closure_settles_with_all_or_with_nobody(race_town: Tenant, rounds: int) -> None:
    """Two clerks close and cancel, move and keep, while a third confirms, an owner moves in, and strangers book."""
    party = make_party()
    for _number in range(rounds):
        place = make_location()
        room, other = make_room(place), make_room(place, capacity=80)
        gone, moved, kept = (make_booking(room, hours(9 + at, 10 + at), party_id=party) for at in range(3))
        outside = make_booking(other, hours(15, 16), party_id=party)
        wish = ClosureWish((Place(place.id, room.id),), (hours(8, 14),), "Bodenpflege")
        decisions = {
            gone.uuid: Decision("cancel", 1),
            moved.uuid: Decision("move", 1, Proposal(other.id, other.name, hours(10, 11))),
            kept.uuid: Decision("keep", 1),
        }
        jobs: Jobs = [partial(close_places, wish, decisions, actor=KARLA, now=NOW)] * 2
        jobs += [partial(decide, gone.uuid, "confirmed", actor=KARLA, expected_version=1, now=NOW)]
        jobs += [
            partial(
                move_booking, outside.uuid, spans=[hours(12, 13)], resource_ids=[room.id], actor=KARLA,
                expected_version=1, now=NOW,
            )
        ]  # fmt: skip
        jobs += [
            partial(book, booking_data(items_of([room.id], [span]), party_id=party))
            for span in (hours(8, 9), hours(9, 10), hours(13, 14))
        ]
        outcomes = tally(run_together(race_town, jobs))
        assert set(outcomes) <= TOLD, outcomes
        _check_closed_or_not(room.id, {kept.uuid}, gone.uuid, moved.uuid)


def _check_closed_or_not(room_id: int, kept: set[UUID], gone: UUID, moved: UUID) -> None:
    """Closed: only who may stay is inside. Not closed: nobody was cancelled or moved for it."""
    made = [one for one in closures() if one.resource_id == room_id]
    inside = set(
        Booking.objects.filter(items__resource_id=room_id, state__in=["requested", "confirmed"]).values_list(
            "uuid", flat=True
        )
    )
    if made:
        assert inside == kept, "somebody is inside whom nobody has asked"
        assert booking_by_uuid(gone).state == "cancelled"
    else:
        assert booking_by_uuid(gone).state != "cancelled"
        assert booking_by_uuid(moved).items[0].resource_id == room_id
