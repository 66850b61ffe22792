"""Taking time: what fits is given, what does not is refused, and the table itself refuses the rest."""

import pytest
from django.db import IntegrityError, connection, transaction

from booking_core.catalog.contracts import ClaimData, ResourceView
from booking_core.catalog.services import save_unit, set_claims
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.spans import Span
from booking_core.reservations.drafts import ItemData
from booking_core.reservations.errors import Taken, TooMany
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.ranges import to_pieces, to_range
from booking_core.reservations.services.holds import hold
from tests.factories.bookings import book, booking_data, hours, make_booking
from tests.factories.catalogue import CLERK, make_hall, make_location, make_room, make_stock


def rows_of(resource: ResourceView) -> list[tuple[int, int, int]]:
    """(start hour, first piece, pieces' end) of what takes the resource's units."""
    units = [claim.unit_id for claim in resource.claims]
    return sorted(
        (row.span.lower.hour, row.pieces.lower, row.pieces.upper)
        for row in Occupancy.objects.filter(unit_id__in=units)
    )


def test_a_room_is_taken_once() -> None:
    room = make_room()
    make_booking(room, hours(10, 12))
    before = Booking.objects.count()
    with pytest.raises(Taken) as refused:
        make_booking(room, hours(11, 13))
    assert refused.value.http_status == 409
    assert Booking.objects.count() == before, "a refused booking must leave nothing behind"


@pytest.mark.parametrize("span", [hours(8, 10), hours(12, 14)], ids=["before", "after"])
def test_touching_is_not_overlapping(span: Span) -> None:
    room = make_room()
    make_booking(room, hours(10, 12))
    assert make_booking(room, span).state == "requested"


@pytest.mark.parametrize(
    ("span", "fits"),
    [
        (hours(7, 9 - 1 / 60), True),
        (hours(7, 9), True),
        (hours(7, 9 + 1 / 60), False),
        (hours(13 + 29 / 60, 15), False),
        (hours(13.5, 15), True),
    ],
    ids=["a minute early", "just fits before", "a minute late", "a minute early after", "just fits after"],
)
def test_buffers_are_part_of_what_is_taken(span: Span, fits: bool) -> None:
    """30 minutes to set up, 60 to clean: between two uses lie both, cleaning first."""
    room = make_room(buffer_before_minutes=30, buffer_after_minutes=60)
    make_booking(room, hours(10.5, 12))
    if fits:
        make_booking(room, span)
    else:
        with pytest.raises(Taken):
            make_booking(room, span)


def test_a_hall_and_its_parts_exclude_each_other() -> None:
    whole, thirds = make_hall()
    make_booking(thirds[1], hours(10, 12))
    make_booking(thirds[0], hours(10, 12))
    with pytest.raises(Taken):
        make_booking(whole, hours(11, 13))
    make_booking(whole, hours(12, 14))
    with pytest.raises(Taken):
        make_booking(thirds[2], hours(13, 15))


def test_two_rooms_that_share_a_foyer() -> None:
    place = make_location()
    foyer = save_unit(name="Foyer", location_id=place.id, actor=CLERK)
    rooms = [make_room(place), make_room(place)]
    for room in rooms:
        own = room.claims[0].unit_id
        set_claims(room.id, [ClaimData(own), ClaimData(foyer.id)], actor=CLERK)
    make_booking(rooms, hours(10, 12))  # both in one booking share it
    with pytest.raises(Taken):
        make_booking(rooms[0], hours(11, 13))
    make_booking(rooms[0], hours(14, 16))
    with pytest.raises(Taken):
        make_booking(rooms[1], hours(14, 16))


def test_pieces_up_to_the_stock() -> None:
    chairs = make_stock(120)
    make_booking(chairs, hours(10, 12), quantity=80)
    make_booking(chairs, hours(11, 13), quantity=40)
    with pytest.raises(Taken):
        make_booking(chairs, hours(11.5, 12), quantity=1)
    make_booking(chairs, hours(12, 13), quantity=80)


def test_pieces_that_are_only_free_in_turns_are_given() -> None:
    chairs = make_stock(2)
    first = make_booking(chairs, hours(8, 10), quantity=1)  # piece 0
    make_booking(chairs, hours(9, 11), quantity=1)  # piece 1
    assert first.state == "requested"
    make_booking(chairs, hours(8, 9), quantity=1)
    make_booking(chairs, hours(10, 12), quantity=1)
    assert Occupancy.objects.count() == 4
    make_booking(chairs, hours(11, 12), quantity=1)
    with pytest.raises(Taken):
        make_booking(chairs, hours(8, 12), quantity=1)


def test_more_than_the_stock_is_told_apart_from_taken() -> None:
    chairs = make_stock(12)
    with pytest.raises(TooMany) as refused:
        make_booking(chairs, hours(10, 12), quantity=13)
    assert refused.value.context == {"most": 12}
    assert refused.value.field == "quantity"


@pytest.mark.parametrize("quantity", [0, -1])
def test_no_pieces_at_all(quantity: int) -> None:
    with pytest.raises(InvalidInput):
        make_booking(make_stock(5), hours(10, 12), quantity=quantity)


def test_nothing_to_take() -> None:
    with pytest.raises(InvalidInput):
        book(booking_data([]))


def test_a_resource_that_does_not_exist() -> None:
    with pytest.raises(NotFound), transaction.atomic():
        hold([ItemData(999_999, hours(10, 12))], request={})


def test_a_whole_unit_takes_all_pieces() -> None:
    """A foyer with a stock, claimed whole: one row over all pieces, not only the first."""
    place = make_location()
    tables = save_unit(name="Tische", location_id=place.id, pieces=10, actor=CLERK)
    room = make_room(place)
    set_claims(room.id, [ClaimData(tables.id)], actor=CLERK)
    make_booking(room, hours(10, 12))
    assert [(row.pieces.lower, row.pieces.upper) for row in Occupancy.objects.all()] == [(0, 10)]


def test_the_table_itself_refuses_what_overlaps() -> None:
    """The last defence, without any of our code before it."""
    room = make_room()
    make_booking(room, hours(10, 12))
    taken = Occupancy.objects.get()
    with pytest.raises(IntegrityError, match="occupancy_never_twice"), transaction.atomic():
        Occupancy.objects.create(
            unit_id=taken.unit_id, pieces=taken.pieces, span=to_range(hours(11, 13)), item_id=taken.item_id
        )


@pytest.mark.parametrize(
    ("pieces", "span", "name"),
    [
        ("[0,0)", "[2026-09-12 10:00+00,2026-09-12 12:00+00)", "occupancy_pieces_are_bounded"),
        ("[0,)", "[2026-09-12 10:00+00,2026-09-12 12:00+00)", "occupancy_pieces_are_bounded"),
        ("[-1,1)", "[2026-09-12 10:00+00,2026-09-12 12:00+00)", "occupancy_pieces_are_bounded"),
        ("[0,1)", "[2026-09-12 10:00+00,)", "occupancy_span_is_half_open"),
        ("[0,1)", "empty", "occupancy_span_is_half_open"),
        ("[0,1)", "[2026-09-12 10:00+00,2026-09-12 12:00+00]", "occupancy_span_is_half_open"),
    ],
)
def test_the_table_holds_only_sound_ranges(pieces: str, span: str, name: str) -> None:
    room = make_room()
    item = make_booking(room, hours(8, 9)).items[0]
    with pytest.raises(IntegrityError, match=name), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reservations_occupancy (unit_id, pieces, span, item_id)"
            " VALUES (%s, %s::int4range, %s::tstzrange, %s)",
            [room.claims[0].unit_id, pieces, span, item.id],
        )


def test_every_row_has_exactly_one_reason() -> None:
    room = make_room()
    unit_id = room.claims[0].unit_id
    with pytest.raises(IntegrityError, match="occupancy_has_one_reason"), transaction.atomic():
        Occupancy.objects.create(unit_id=unit_id, pieces=to_pieces(0, 1), span=to_range(hours(1, 2)))
