"""Closures: they take what is free, wait behind what is booked, and give back what was theirs."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.reservations.drafts import items_of
from booking_core.reservations.errors import ClosureHitsBookings, HoldExpired, Taken
from booking_core.reservations.models import Occupancy
from booking_core.reservations.queries import closures, conflicts_of, is_free
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.closures import close, reopen
from booking_core.reservations.services.holds import hold
from tests.factories.bookings import NOW, book, booking_data, hours, make_booking
from tests.factories.catalogue import CLERK, make_hall, make_location, make_room, make_stock


def test_closing_one_resource() -> None:
    room, neighbour = make_room(), make_room()
    closure = close(room.location.id, room.id, hours(8, 18), "Maler", actor=CLERK)
    assert (closure.resource_name, closure.span, closure.created_by_label) == (
        room.name,
        hours(8, 18),
        CLERK.label,
    )
    with pytest.raises(Taken):
        make_booking(room, hours(10, 12))
    make_booking(room, hours(18, 20))
    make_booking(neighbour, hours(10, 12))


def test_closing_a_location_closes_all_units_in_it() -> None:
    place = make_location()
    rooms = [make_room(place), make_stock(20, place)]
    elsewhere = make_room()
    close(place.id, None, hours(8, 18), "Betriebsferien", actor=CLERK)
    assert not is_free([rooms[0].id], hours(10, 12))
    assert not is_free([rooms[1].id], hours(10, 12))
    assert is_free([elsewhere.id], hours(10, 12))


def test_closing_a_hall_closes_its_parts() -> None:
    whole, thirds = make_hall()
    close(whole.location.id, whole.id, hours(8, 18), "Bodenpflege", actor=CLERK)
    assert not is_free([thirds[2].id], hours(10, 12))


def test_bookings_in_the_way_are_told_and_nothing_is_closed() -> None:
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    with pytest.raises(ClosureHitsBookings) as refused:
        close(room.location.id, room.id, hours(8, 18), "Maler", actor=CLERK)
    assert [row.number for row in refused.value.bookings] == [booking.number]
    assert closures() == ()
    assert is_free([room.id], hours(8, 10))


def test_a_closure_over_bookings_waits_behind_them() -> None:
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    close(room.location.id, room.id, hours(8, 18), "Maler", actor=CLERK, over_bookings=True)
    assert not is_free([room.id], hours(8, 10))
    assert [view.label for view in conflicts_of(booking.uuid)] == ["Maler"]
    transition(booking.uuid, "cancelled", actor=CLERK, expected_version=1, now=NOW)
    assert not is_free([room.id], hours(10, 12)), "the closure takes the time of the cancelled booking"
    with pytest.raises(Taken):
        make_booking(room, hours(10, 12))


def test_pieces_left_beside_bookings_are_closed() -> None:
    chairs = make_stock(10)
    make_booking(chairs, hours(10, 12), quantity=4)
    close(chairs.location.id, chairs.id, hours(8, 18), "Inventur", actor=CLERK, over_bookings=True)
    with pytest.raises(Taken):
        make_booking(chairs, hours(10, 12), quantity=1)


def test_a_hold_in_the_way_is_dropped() -> None:
    room = make_room()
    items = items_of([room.id], [hours(10, 12)])
    kept = hold(items, request={})
    close(room.location.id, room.id, hours(8, 18), "Maler", actor=CLERK)
    with pytest.raises(HoldExpired):
        book(booking_data(items), hold_uuid=kept.uuid)
    assert not Occupancy.objects.filter(hold__isnull=False).exists()


def test_reopening() -> None:
    room = make_room()
    closure = close(room.location.id, room.id, hours(8, 18), "Maler", actor=CLERK)
    reopen(closure.uuid, actor=CLERK)
    assert is_free([room.id], hours(8, 18), now=datetime(2026, 9, 1, tzinfo=UTC))
    assert closures() == ()


def test_reopening_leaves_another_closure_over_the_same_time() -> None:
    room = make_room()
    first = close(room.location.id, room.id, hours(8, 14), "Maler", actor=CLERK)
    close(room.location.id, None, hours(12, 18), "Ferien", actor=CLERK)
    reopen(first.uuid, actor=CLERK)
    assert is_free([room.id], hours(8, 12))
    assert not is_free([room.id], hours(12, 14))


def test_refusals() -> None:
    room, other = make_room(), make_room()
    with pytest.raises(InvalidInput):
        close(room.location.id, room.id, hours(8, 18), "  ", actor=CLERK)
    with pytest.raises(NotFound):
        close(room.location.id, other.id, hours(8, 18), "Maler", actor=CLERK)
    with pytest.raises(NotFound):
        close(999_999, None, hours(8, 18), "Maler", actor=CLERK)
    with pytest.raises(NotFound):
        reopen(uuid4(), actor=CLERK)


def test_a_location_without_resources_can_be_closed() -> None:
    place = make_location()
    closure = close(place.id, None, hours(8, 18), "Umbau", actor=CLERK)
    assert closures(location_ids=[place.id]) == (closure,)
