"""Races between different operations: halls and parts, deciding and booking, moving, holding, closing, dividing.

Not here: many people after one and the same time (``test_one_winner``).
"""

import pytest
from django.db import OperationalError, connection, transaction

from booking_core.catalog.contracts import ResourceData, ResourceView
from booking_core.catalog.models import ResourceUnit
from booking_core.catalog.services import make_parts
from booking_core.kernel.errors import BookingError
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import MoveData, PriceData, items_of
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.queries import booking_by_uuid, is_free
from booking_core.reservations.services import occupy as occupy_module
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.closures import close
from booking_core.reservations.services.holds import hold
from booking_core.reservations.services.moves import move_bookings
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.offering import save_offer
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.factories.bookings import GUEST, NOW, ahead, book, booking_data, hours, make_booking, make_party
from tests.factories.catalogue import CLERK, make_hall, make_location, make_room

PEOPLE = 30
decide = with_retries(transition)


@pytest.mark.parametrize("rounds", [3, pytest.param(100, marks=pytest.mark.slow)])
def test_halls_and_their_parts(race_town: Tenant, rounds: int) -> None:
    """People ask for the whole hall or for parts; whatever wins, nothing overlaps and nothing free is refused."""
    whole, thirds = make_hall()
    offers, party = [whole, *thirds], make_party()
    for number in range(rounds):
        chosen = [offers[(person * 7 + number) % 4] for person in range(PEOPLE)]
        span = hours(number * 3, number * 3 + 2)
        wishes = [booking_data(items_of([one.id], [span]), party_id=party) for one in chosen]
        outcomes = run_together(race_town, [lambda data=data: book(data) for data in wishes])
        won = [
            one.name
            for one, outcome in zip(chosen, outcomes, strict=True)
            if isinstance(outcome, BookingView)
        ]
        parts_wanted = {one.name for one in chosen} - {whole.name}
        assert won == [whole.name] or sorted(won) == sorted(parts_wanted)
        assert set(tally(outcomes)) <= {"won", "taken"}


def test_two_approvers_and_those_who_book(race_town: Tenant) -> None:
    """One approval counts, the other approvers are told; nobody books over the request meanwhile."""
    room, party = make_room(), make_party()
    request = make_booking(room, hours(10, 12), party_id=party)
    data = booking_data(items_of([room.id], [hours(11, 13)]), party_id=party)

    def approve() -> BookingView:
        return decide(request.uuid, "confirmed", actor=CLERK, expected_version=1, now=NOW)

    outcomes = run_together(race_town, [approve] * 10 + [lambda: book(data)] * 10)
    assert tally(outcomes[:10]) == {"won": 1, "stale": 9}
    assert tally(outcomes[10:]) == {"taken": 10}
    assert booking_by_uuid(request.uuid).state == "confirmed"


def test_approving_and_cancelling_at_once(race_town: Tenant) -> None:
    room, party = make_room(), make_party()
    request = make_booking(room, hours(10, 12), party_id=party)

    def become(state: str) -> BookingView:
        return decide(request.uuid, state, actor=CLERK, expected_version=1, now=NOW)

    jobs = [lambda: become("confirmed"), lambda: become("cancelled"), lambda: become("declined")] * 4
    assert tally(run_together(race_town, jobs)) == {"won": 1, "stale": 11}
    after = booking_by_uuid(request.uuid)
    assert Occupancy.objects.count() == (1 if after.is_open else 0)


def _swap(early: BookingView, late: BookingView, *, turned: bool) -> tuple[BookingView, ...]:
    moves = [
        MoveData(one.uuid, one.version, items_of([place.resource_id], [place.span]), PriceData())
        for one, place in ((early, late.items[0]), (late, early.items[0]))
    ]
    return move_bookings(moves[::-1] if turned else moves, actor=GUEST, now=NOW)


def test_swaps_named_in_either_order(race_town: Tenant) -> None:
    """Everyone swaps the same two bookings, half of them the other way round: one does it, none deadlocks."""
    party = make_party()
    early = make_booking(make_room(), hours(10, 12), party_id=party)
    late = make_booking(make_room(), hours(14, 16), party_id=party)
    swap = with_retries(_swap)
    jobs = [lambda turned=turned: swap(early, late, turned=turned) for turned in (False, True) * 8]
    assert tally(run_together(race_town, jobs)) == {"won": 1, "stale": 15}
    assert booking_by_uuid(early.uuid).items[0].span == hours(14, 16)
    assert booking_by_uuid(late.uuid).items[0].span == hours(10, 12)


def test_a_move_that_loses_keeps_its_old_time(race_town: Tenant) -> None:
    room, party = make_room(), make_party()
    movers = [make_booking(room, hours(at, at + 1), party_id=party) for at in range(8)]

    @with_retries
    def move(booking: BookingView) -> tuple[BookingView, ...]:
        wish = MoveData(booking.uuid, 1, items_of([room.id], [hours(20, 21)]), PriceData())
        return move_bookings([wish], actor=GUEST, now=NOW)

    outcomes = run_together(race_town, [lambda booking=booking: move(booking) for booking in movers])
    assert tally(outcomes) == {"won": 1, "taken": 7}
    starts = {booking_by_uuid(booking.uuid).start for booking in movers}
    kept = {
        booking.start
        for booking, outcome in zip(movers, outcomes, strict=True)
        if isinstance(outcome, Exception)
    }
    assert starts == kept | {hours(20, 21).start}


def test_a_move_that_dies_half_way_has_not_happened(race_town: Tenant) -> None:
    """The server ends the connection after everything was written and before the commit."""
    room = make_room()
    booking = make_booking(room, hours(10, 12))

    def die() -> None:
        with transaction.atomic():
            wish = MoveData(booking.uuid, 1, items_of([room.id], [hours(20, 22)]), PriceData())
            move_bookings([wish], actor=GUEST, now=NOW)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    (outcome,) = run_together(race_town, [die])
    assert isinstance(outcome, OperationalError)
    assert booking_by_uuid(booking.uuid) == booking
    assert Occupancy.objects.get().span.lower == hours(10, 12).start


def test_one_hold_becomes_one_booking(race_town: Tenant) -> None:
    """The same form sent twelve times."""
    room, party = make_room(), make_party()
    items = items_of([room.id], [hours(10, 12)])
    kept, data = hold(items, request={}), booking_data(items, party_id=party)
    outcomes = run_together(race_town, [lambda: book(data, hold_uuid=kept.uuid)] * 12)
    assert tally(outcomes) == {"won": 1, "hold-expired": 11}


def test_closing_and_booking_at_once(race_town: Tenant) -> None:
    """Either the booking is first and the closure is told, or the closure is first and the booking is refused."""
    room, party = make_room(), make_party()
    for number in range(6):
        span = hours(number * 3, number * 3 + 2)
        data = booking_data(items_of([room.id], [span]), party_id=party)
        booked, closed = run_together(
            race_town,
            [
                lambda data=data: book(data),
                lambda span=span: close(room.location.id, room.id, span, "Maler", actor=CLERK),
            ],
        )
        told = {_code(booked), _code(closed)}
        assert told in ({"won", "taken"}, {"won", "closure-hits-bookings"})


def test_dividing_a_hall_while_it_is_booked(race_town: Tenant) -> None:
    """Never is a whole hall booked by a claim that no longer covers its parts."""
    party = make_party()
    for _ in range(6):
        hall = make_room(kind="hall")
        data = booking_data(items_of([hall.id], [ahead(10, 12)]), party_id=party)
        booked, divided = run_together(
            race_town,
            [lambda data=data: book(data), lambda hall=hall: make_parts(hall.id, ["A", "B"], actor=CLERK)],
        )
        assert _code(booked) == "won"
        assert _code(divided) in {"won", "units-in-use"}
        claimed = ResourceUnit.objects.filter(resource_id=hall.id).values_list("unit_id", flat=True)
        held = Occupancy.objects.filter(item__booking_id=booked.id).values_list("unit_id", flat=True)
        assert sorted(held) == sorted(claimed)


def test_occupy_waits_for_the_units(race_town: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """While someone holds a unit, nobody else looks at what is free; after four short waits: busy."""
    monkeypatch.setattr(occupy_module, "LOCK_TIMEOUT_MS", 50)
    room, party = make_room(), make_party()
    data = booking_data(items_of([room.id], [hours(10, 12)]), party_id=party)
    with transaction.atomic():
        occupy_module.lock_units([room.claims[0].unit_id])
        (outcome,) = run_together(race_town, [lambda: book(data)])
    assert _code(outcome) == "busy"
    assert Booking.objects.count() == 0


def _code(outcome: object) -> str:
    return outcome.code if isinstance(outcome, BookingError) else "won"


def test_closing_a_house_and_adding_a_room_wait_for_each_other(race_town: Tenant) -> None:
    """Either sees the other's work or comes after it: a closing that is not through yet keeps the next one out."""
    house = make_location()
    room = ResourceData(location_id=house.id, name="Neuer Raum", kind="room")

    def add_impatiently() -> ResourceView:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
            return save_offer(room, actor=CLERK)

    with transaction.atomic():
        close(house.id, None, ahead(8, 18), "Umbau", actor=CLERK)
        (outcome,) = run_together(race_town, [add_impatiently])
    assert isinstance(outcome, OperationalError), "added before the closing was through, it would stay open"
    added = save_offer(room, actor=CLERK)
    assert not is_free([added.id], ahead(10, 12))
