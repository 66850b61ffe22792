"""Bookings take each other's places: two swap, three go round, and a refusal leaves everything as it was."""

from datetime import UTC, datetime

import pytest

from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.spans import Span
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale, WrongState
from booking_core.reservations.models import Occupancy
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.bookings import transition
from booking_core.workflows.errors import TooManyPieces
from booking_core.workflows.exchange_bookings import exchange_bookings, preview_exchange
from tests.concurrency.crowd import overlaps
from tests.factories.bookings import ahead, make_booking
from tests.factories.catalogue import CLERK, make_hall, make_room, make_stock
from tests.factories.series import make_series

pytestmark = pytest.mark.usefixtures("town")
NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def places(*bookings: BookingView) -> list[tuple[int, Span]]:
    fresh = [booking_by_uuid(booking.uuid) for booking in bookings]
    return [(one.items[0].resource_id, one.items[0].span) for one in fresh]


def exchange(*bookings: BookingView) -> tuple[BookingView, ...]:
    return exchange_bookings([(one.uuid, one.version) for one in bookings], actor=CLERK, now=NOW)


def test_two_swap_rooms_and_times() -> None:
    left, right = make_room(), make_room(buffer_after_minutes=30)
    first, second = make_booking(left, ahead(8, 10)), make_booking(right, ahead(14, 15))
    before = places(first, second)
    preview = preview_exchange([first.uuid, second.uuid], actor=CLERK, now=NOW)
    assert preview.is_possible
    assert places(first, second) == before, "a preview moves nothing"
    assert not OutboxMessage.objects.filter(kind="booking_moved").exists()
    exchange(first, second)
    assert places(second, first) == before
    assert overlaps() == 0
    assert OutboxMessage.objects.filter(kind="booking_moved").count() == 2


def test_neighbours_on_one_room_swap_though_each_stands_in_the_others_way() -> None:
    room = make_room()
    first, second = make_booking(room, ahead(8, 10)), make_booking(room, ahead(10, 12))
    before = places(first, second)
    exchange(first, second)
    assert places(second, first) == before


def test_three_go_round() -> None:
    rooms = [make_room() for _ in range(3)]
    three = [make_booking(room, ahead(8 + at, 10 + at)) for at, room in enumerate(rooms)]
    before = places(*three)
    exchange(*three)
    assert places(*three) == [*before[1:], before[0]]
    assert overlaps() == 0


def test_a_hall_and_one_of_its_parts_swap() -> None:
    whole, parts = make_hall()
    first, second = make_booking(whole, ahead(8, 10)), make_booking(parts[0], ahead(10, 12))
    exchange(first, second)
    assert Occupancy.objects.filter(item__booking_id=second.id).count() == 3
    assert Occupancy.objects.filter(item__booking_id=first.id).count() == 1


def test_a_refusal_leaves_everything_and_is_known_beforehand() -> None:
    many, few = make_stock(50), make_stock(5)
    first = make_booking(many, ahead(8, 10), quantity=20)
    second = make_booking(few, ahead(8, 10), quantity=2)
    before = places(first, second)
    preview = preview_exchange([first.uuid, second.uuid], actor=CLERK, now=NOW)
    assert not preview.is_possible
    assert [bool(step.fault) for step in preview.steps] == [True, False]
    with pytest.raises(TooManyPieces):
        exchange(first, second)
    assert places(first, second) == before


def test_stale_closed_and_equal_bookings_do_not_swap() -> None:
    first, second = make_booking(make_room(), ahead(8, 10)), make_booking(make_room(), ahead(8, 10))
    with pytest.raises(InvalidInput):
        exchange(first, first)
    with pytest.raises(Stale):
        exchange_bookings([(first.uuid, 7), (second.uuid, 1)], actor=CLERK, now=NOW)
    transition(second.uuid, "cancelled", actor=CLERK, expected_version=1, now=NOW)
    with pytest.raises(WrongState):
        exchange(first, booking_by_uuid(second.uuid))


def test_a_series_does_not_swap_as_a_whole() -> None:
    series, other = make_series(make_room().id, 2), make_booking(make_room(), ahead(8, 10))
    preview = preview_exchange([series.uuid, other.uuid], actor=CLERK, now=NOW)
    assert "einzelne Termine" in preview.fault
    with pytest.raises(WrongState):
        exchange(series, other)
