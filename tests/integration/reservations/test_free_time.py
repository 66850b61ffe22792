"""Free times: opening hours minus everything that is taken, in as many statements for twenty as for one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import HoursView, ResourceView, SpecialDayData
from booking_core.catalog.services import save_special_day, set_opening_hours
from booking_core.kernel.spans import Span
from booking_core.reservations.drafts import items_of
from booking_core.reservations.queries import Apart, free_times, is_free, taken
from booking_core.reservations.services.closures import close
from booking_core.reservations.services.holds import hold
from tests.factories.bookings import NOW, hours, make_booking
from tests.factories.catalogue import CLERK, make_hall, make_location, make_room, make_stock

DAY = hours(0, 24)


def free(resource: ResourceView, span: Span = DAY, **options: object) -> tuple[Span, ...]:
    return free_times([resource.id], span, now=NOW, **options)[resource.id]


def test_an_untouched_room_is_free_around_the_clock() -> None:
    assert free(make_room()) == (DAY,)


def test_within_opening_hours_of_the_town() -> None:
    room = make_room()
    set_opening_hours([HoursView(5, 480, 1320)], resource_id=room.id, actor=CLERK)  # Saturday 8–22 in Berlin
    assert free(room) == (hours(6, 20),)
    assert free(room, hours(7, 9)) == (hours(7, 9),)
    assert free(room, hours(0, 5)) == ()


def test_opening_hours_come_from_the_place_unless_the_room_has_its_own() -> None:
    place = make_location()
    room, hall = make_room(place), make_room(place)
    set_opening_hours([HoursView(5, 600, 720)], location_id=place.id, actor=CLERK)
    set_opening_hours([HoursView(5, 480, 540)], resource_id=hall.id, actor=CLERK)
    assert free(room) == (hours(8, 10),)
    assert free(hall) == (hours(6, 7),)


def test_a_special_day_of_the_place_closes_the_room_unless_the_room_says_otherwise() -> None:
    place = make_location()
    room, hall = make_room(place), make_room(place)
    day = hours(0, 1).start.date()
    save_special_day(SpecialDayData(day, day, "Stadtfest"), location_id=place.id, actor=CLERK)
    save_special_day(SpecialDayData(day, day, "Stadtfest", 600, 720), resource_id=hall.id, actor=CLERK)
    within_the_day = Span(datetime(2026, 9, 11, 22, tzinfo=UTC), datetime(2026, 9, 12, 22, tzinfo=UTC))
    assert free(room, within_the_day) == ()
    assert free(hall, within_the_day) == (hours(8, 10),)


@pytest.mark.parametrize(
    ("month", "day", "length"), [(3, 28, 23), (10, 31, 25), (9, 12, 24)], ids=["spring", "autumn", "plain"]
)
def test_a_day_of_the_town_has_its_real_length(month: int, day: int, length: int) -> None:
    room = make_room()
    weekday = datetime(2027, month, day, tzinfo=UTC).weekday()
    set_opening_hours([HoursView(weekday, 0, 1440)], resource_id=room.id, actor=CLERK)
    noon = datetime(2027, month, day, 12, tzinfo=UTC)
    (whole,) = free(room, Span(noon - timedelta(hours=20), noon + timedelta(hours=20)))
    assert whole.duration == timedelta(hours=length)


def test_bookings_holds_and_closures_take_time() -> None:
    room = make_room()
    make_booking(room, hours(2, 4))
    hold(items_of([room.id], [hours(6, 8)]), request={})
    close(room.location.id, room.id, hours(10, 12), "Maler", actor=CLERK)
    expected = (hours(0, 2), hours(4, 6), hours(8, 10), hours(12, 24))
    assert free_times([room.id], DAY, now=NOW)[room.id] == expected
    assert [(view.reason, view.span) for view in taken([room.id], DAY, now=NOW)] == [
        ("booking", hours(2, 4)),
        ("hold", hours(6, 8)),
        ("closure", hours(10, 12)),
    ]


def test_set_up_and_cleaning_time_keeps_uses_apart() -> None:
    room = make_room(buffer_before_minutes=30, buffer_after_minutes=60)
    make_booking(room, hours(10, 12))  # takes 9:30 to 13:00
    assert free(room) == (hours(0, 8.5), hours(13.5, 24))
    make_booking(room, hours(0, 8.5))
    make_booking(room, hours(13.5, 24))


def test_a_neighbour_just_outside_the_window_counts_with_its_buffers() -> None:
    room = make_room(buffer_after_minutes=60)
    make_booking(room, hours(24, 25))
    assert free(room) == (hours(0, 23),)


def test_a_hall_is_free_when_all_its_parts_are() -> None:
    whole, thirds = make_hall()
    make_booking(thirds[0], hours(2, 4))
    make_booking(thirds[1], hours(3, 6))
    assert free(whole) == (hours(0, 2), hours(6, 24))
    assert free(thirds[2]) == (DAY,)


def test_pieces_are_free_while_enough_are_left() -> None:
    chairs = make_stock(120)
    make_booking(chairs, hours(2, 6), quantity=80)
    make_booking(chairs, hours(4, 8), quantity=30)
    assert free(chairs, quantity=10) == (DAY,)
    assert free(chairs, quantity=40) == (hours(0, 4), hours(6, 24))
    assert free(chairs, quantity=91) == (hours(0, 2), hours(8, 24))
    assert free(chairs, quantity=121) == ()


def test_ones_own_hold_and_booking_can_be_left_out() -> None:
    room = make_room()
    booking = make_booking(room, hours(2, 4))
    kept = hold(items_of([room.id], [hours(6, 8)]), request={})
    assert free(room, apart=Apart(booking=booking.uuid)) == (hours(0, 6), hours(8, 24))
    assert free(room, apart=Apart(hold=kept.uuid)) == (hours(0, 2), hours(4, 24))
    assert free(room, apart=Apart(hold=uuid4(), booking=uuid4())) == (hours(0, 2), hours(4, 6), hours(8, 24))


def test_an_expired_hold_takes_nothing() -> None:
    room = make_room()
    kept = hold(items_of([room.id], [hours(6, 8)]), request={})
    later = kept.expires_at + timedelta(seconds=1)
    assert free_times([room.id], DAY, now=later)[room.id] == (DAY,)
    assert taken([room.id], DAY, now=later) == ()


def test_is_free_means_all_of_it_and_all_of_them() -> None:
    room, other = make_room(), make_room()
    make_booking(room, hours(10, 12))
    assert is_free([other.id], hours(9, 11))
    assert not is_free([room.id, other.id], hours(9, 11))
    assert not is_free([other.id, 999_999], hours(9, 11)), "what does not exist is never free"
    assert free_times([999_999], DAY, now=NOW) == {}


def test_a_hall_taken_by_one_booking_shows_once() -> None:
    whole, thirds = make_hall()
    booking = make_booking(whole, hours(10, 12))
    (view,) = taken([whole.id], DAY)
    assert (view.booking_uuid, view.booking_title, view.booking_state) == (
        booking.uuid,
        "Geburtstag",
        "requested",
    )
    assert len(taken([whole.id, *[third.id for third in thirds]], DAY)) == 4


@pytest.mark.parametrize(
    ("read", "statements"),
    [
        # location of each resource, weekly hours, special days, and all that is taken in one
        pytest.param(lambda ids: free_times(ids, DAY, now=NOW), 4, id="free_times"),
        pytest.param(lambda ids: is_free(ids, DAY), 4, id="is_free"),
        pytest.param(lambda ids: taken(ids, DAY), 1, id="taken"),
    ],
)
def test_twenty_resources_take_as_many_statements_as_one(
    read: Callable[[list[int]], object], statements: int
) -> None:
    rooms = [make_room(buffer_after_minutes=15) for _ in range(19)] + [make_stock(50)]
    for room in rooms:
        make_booking(room, hours(10, 12))
    for ids in ([rooms[0].id], [room.id for room in rooms]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(ids)
        real = [query for query in queries if not query["sql"].startswith("SET search_path")]
        assert len(real) == statements, real
