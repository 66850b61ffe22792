"""Fifty people want the same time: one gets it, the others are told, nothing breaks.

Not here: other races (``test_races``). Which defence makes which test red: README.md beside this file.
"""

from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from booking_core.catalog.contracts import ResourceView
from booking_core.kernel.spans import Span
from booking_core.reservations.drafts import items_of
from booking_core.reservations.models import Occupancy
from booking_core.reservations.ranges import to_pieces, to_range
from tenants.models import Tenant
from tests.concurrency.crowd import meanwhile, overlaps, run_together, tally
from tests.factories.bookings import book, booking_data, hours, make_booking, make_party
from tests.factories.catalogue import make_room, make_stock

PEOPLE = 50


@pytest.mark.parametrize("rounds", [4, pytest.param(200, marks=pytest.mark.slow)])
def test_one_winner_each_round(race_town: Tenant, rounds: int) -> None:
    room, party = make_room(), make_party()
    for number in range(rounds):
        data = booking_data(items_of([room.id], [hours(number, number + 1)]), party_id=party)
        outcomes = run_together(race_town, [lambda data=data: book(data)] * PEOPLE)
        assert tally(outcomes) == {"won": 1, "taken": PEOPLE - 1}


@pytest.mark.parametrize("rounds", [2, pytest.param(50, marks=pytest.mark.slow)])
def test_one_winner_among_times_that_only_overlap(race_town: Tenant, rounds: int) -> None:
    """Everyone wants a slightly different time, all over one common hour, in two rooms in either order."""
    rooms, party = [make_room(), make_room()], make_party()
    ids = [room.id for room in rooms]
    for number in range(rounds):
        wishes = [
            booking_data(
                items_of(ids if person % 2 else ids[::-1], [hours(0, 2 + person / 60, day=number % 28 + 1)]),
                party_id=party,
            )
            for person in range(PEOPLE)
        ]
        outcomes = run_together(race_town, [lambda data=data: book(data) for data in wishes])
        assert tally(outcomes) == {"won": 1, "taken": PEOPLE - 1}
        Occupancy.objects.all().delete()


def test_the_control_books_twice(committed_town: Tenant) -> None:
    """Look first, then write, without lock and without constraint: the race is real, and everyone wins."""
    room = make_room()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reservations_occupancy DROP CONSTRAINT occupancy_never_twice")
    item = make_booking(room, hours(0, 1)).items[0]
    everyone_has_looked = Barrier(PEOPLE)

    def look_then_write() -> None:
        span = hours(10, 12)
        is_free = not Occupancy.objects.filter(span__overlap=to_range(span)).exists()
        everyone_has_looked.wait(timeout=60)
        assert is_free
        _write_row(room, span, item.id)

    outcomes = run_together(committed_town, [look_then_write] * PEOPLE)
    assert tally(outcomes) == {"won": PEOPLE}
    assert overlaps() == PEOPLE * (PEOPLE - 1) // 2


@pytest.mark.parametrize(
    ("start", "end"),
    [(10, 12), (9, 13), (11, 11.5), (8, 10.1)],
    ids=["same", "around", "inside", "beginning"],
)
def test_the_constraint_alone_still_lets_only_one_through(
    race_town: Tenant, start: float, end: float
) -> None:
    """Writers that forget ``occupy`` meet the table's own constraint, also before the first has committed.

    Two, not many: many writers without locks wait for each other in circles, which is why there is ``occupy``.
    """
    room = make_room()
    item = make_booking(room, hours(0, 1)).items[0]
    _, outcome = meanwhile(
        race_town,
        lambda: _write_row(room, hours(10, 12), item.id),
        lambda: _write_row(room, hours(start, end), item.id),
    )
    assert isinstance(outcome, IntegrityError), outcome
    assert "occupancy_never_twice" in str(outcome)
    _write_row(room, hours(12, 13), item.id)
    assert Occupancy.objects.filter(item_id=item.id).count() == 3


def _write_row(room: ResourceView, span: Span, item_id: int) -> None:
    Occupancy.objects.create(
        unit_id=room.claims[0].unit_id, pieces=to_pieces(0, 1), span=to_range(span), item_id=item_id
    )


@pytest.mark.parametrize("rounds", [2, pytest.param(50, marks=pytest.mark.slow)])
def test_pieces_up_to_the_stock_and_not_one_less(race_town: Tenant, rounds: int) -> None:
    """50 people want 3 of 60 chairs each: 20 get them, whatever pieces are free and in whatever shape."""
    chairs, party = make_stock(60), make_party()
    for number in range(rounds):
        span = hours(number * 2, number * 2 + 2)
        data = booking_data(items_of([chairs.id], [span], quantity=3), party_id=party)
        outcomes = run_together(race_town, [lambda data=data: book(data)] * PEOPLE)
        assert tally(outcomes) == {"won": 20, "taken": PEOPLE - 20}
        rows = Occupancy.objects.filter(span__overlap=to_range(span))
        assert sum(row.pieces.upper - row.pieces.lower for row in rows) == 60
