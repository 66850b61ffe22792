"""Moving: the old time is kept unless the new one is won; several bookings can swap."""

from uuid import uuid4

import pytest

from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import MoveData, PriceData, items_of
from booking_core.reservations.errors import Stale, Taken, WrongState
from booking_core.reservations.models import BookingItem
from booking_core.reservations.queries import Apart, booking_by_uuid, is_free
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.moves import move_bookings
from booking_core.reservations.services.transactions import with_retries
from tests.factories.bookings import GUEST, NOW, hours, make_booking
from tests.factories.catalogue import CLERK, make_room


def to(booking: BookingView, resource_id: int, span: Span, **changes: object) -> MoveData:
    facts = {"expected_version": booking.version, "price": PriceData(total=Money(500))}
    return MoveData(uuid=booking.uuid, items=items_of([resource_id], [span]), **{**facts, **changes})


@with_retries
def move(*moves: MoveData) -> tuple[BookingView, ...]:
    return move_bookings(moves, actor=GUEST, now=NOW)


def test_to_another_time_and_room() -> None:
    room, other = make_room(), make_room()
    booking = make_booking(room, hours(10, 12))
    (moved,) = move(to(booking, other.id, hours(14, 16)))
    assert [(item.resource_id, item.span) for item in moved.items] == [(other.id, hours(14, 16))]
    assert (moved.total, moved.version, moved.sequence, moved.state) == (Money(500), 2, 1, "requested")
    assert moved.events[-1].kind == "moved"
    assert is_free([room.id], hours(10, 12))
    assert not is_free([other.id], hours(14, 16))


def test_by_an_hour_over_its_own_old_time() -> None:
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    assert is_free([room.id], hours(11, 13), apart=Apart(booking=booking.uuid))
    (moved,) = move(to(booking, room.id, hours(11, 13)))
    assert moved.start == hours(11, 13).start


def test_the_old_time_is_kept_when_the_new_one_is_not_won() -> None:
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    make_booking(room, hours(14, 16))
    with pytest.raises(Taken):
        move(to(booking, room.id, hours(13, 15)))
    assert booking_by_uuid(booking.uuid) == booking
    assert not is_free([room.id], hours(10, 12))
    assert BookingItem.objects.filter(booking_id=booking.id).count() == 1


def test_two_bookings_swap() -> None:
    room = make_room()
    early, late = make_booking(room, hours(10, 12)), make_booking(room, hours(14, 16))
    moved = move(to(early, room.id, hours(14, 16)), to(late, room.id, hours(10, 12)))
    assert [booking.start for booking in moved] == [hours(14, 16).start, hours(10, 12).start]


def test_three_bookings_change_in_a_circle() -> None:
    rooms = [make_room() for _ in range(3)]
    bookings = [make_booking(room, hours(10, 12)) for room in rooms]
    moves = [to(booking, rooms[(at + 1) % 3].id, hours(10, 12)) for at, booking in enumerate(bookings)]
    moved = move(*moves)
    assert [booking.items[0].resource_id for booking in moved] == [rooms[1].id, rooms[2].id, rooms[0].id]


def test_a_swap_that_fails_half_way_moves_nobody() -> None:
    room = make_room()
    early, late = make_booking(room, hours(10, 12)), make_booking(room, hours(14, 16))
    with pytest.raises(Taken):
        move(to(early, room.id, hours(14, 16)), to(late, room.id, hours(15, 17)))
    assert booking_by_uuid(early.uuid) == early
    assert booking_by_uuid(late.uuid) == late


def test_a_confirmed_booking_may_go_back_to_the_clerks() -> None:
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    confirmed = transition(booking.uuid, "confirmed", actor=CLERK, expected_version=1, now=NOW)
    (moved,) = move(to(confirmed, room.id, hours(12, 14), state="requested"))
    assert moved.state == "requested"


def test_refusals() -> None:
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    with pytest.raises(Stale):
        move(to(booking, room.id, hours(12, 14), expected_version=7))
    with pytest.raises(NotFound):
        move(MoveData(uuid4(), 1, items_of([room.id], [hours(12, 14)]), PriceData()))
    with pytest.raises(InvalidInput):
        move(MoveData(booking.uuid, 1, (), PriceData()))
    with pytest.raises(InvalidInput):
        move(to(booking, room.id, hours(12, 14)), to(booking, room.id, hours(14, 16)))
    with pytest.raises(WrongState):
        move(to(booking, room.id, hours(12, 14), state="declined"))
    transition(booking.uuid, "cancelled", actor=CLERK, expected_version=1, now=NOW)
    with pytest.raises(WrongState):
        move(to(booking, room.id, hours(12, 14), expected_version=2))
