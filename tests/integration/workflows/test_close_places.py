"""A closure wins over bookings only through a dialogue: who is hit, what is proposed, what one transaction does."""

from datetime import UTC, datetime, timedelta

import pytest

from booking_core.kernel.errors import InvalidInput
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.drafts import items_of
from booking_core.reservations.errors import ClosureHitsBookings, Stale, Taken
from booking_core.reservations.models import Booking, Hold, Occupancy
from booking_core.reservations.queries import booking_by_uuid, closures
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.holds import hold
from booking_core.workflows.close_places import (
    ClosureWish,
    Decision,
    Place,
    Proposal,
    close_places,
    preview_closure,
)
from tests.concurrency.crowd import overlaps
from tests.factories.bookings import ahead, book, booking_data, make_booking
from tests.factories.catalogue import CLERK, make_hall, make_location, make_room
from tests.factories.series import make_series

pytestmark = pytest.mark.usefixtures("town")
NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
SHUT = ahead(8, 18)


def wish(*places: Place, spans: tuple[object, ...] = (SHUT,), reason: str = "Bodenpflege") -> ClosureWish:
    return ClosureWish(places, spans, reason)  # type: ignore[arg-type]  # spans


def test_another_room_is_proposed_then_another_day() -> None:
    place = make_location()
    room, other = make_room(place, capacity=80), make_room(place, capacity=80)
    small = make_room(place, capacity=5)
    booking = make_booking(room, ahead(10, 12))
    (hit,) = preview_closure(wish(Place(place.id, room.id)), now=NOW)
    assert hit.booking.uuid == booking.uuid
    assert hit.proposal == Proposal(other.id, other.name, ahead(10, 12))
    assert small.id != hit.proposal.resource_id, "too small for forty people"
    (hit,) = preview_closure(wish(Place(place.id)), now=NOW)
    assert hit.proposal is not None
    assert hit.proposal.resource_id == room.id
    assert hit.proposal.span.start == ahead(10, 12).start + timedelta(days=1)


def test_one_free_room_is_proposed_to_one_of_two() -> None:
    place = make_location()
    left, right, only = make_room(place), make_room(place), make_room(place, capacity=80)
    for room in (left, right):
        make_booking(room, ahead(10, 12))
    wanted = wish(Place(place.id, left.id), Place(place.id, right.id))
    hits = preview_closure(wanted, now=NOW)
    proposals = [hit.proposal for hit in hits if hit.proposal]
    assert [one.resource_id for one in proposals].count(only.id) == 1
    decisions = {hit.booking.uuid: Decision("move", 1, hit.proposal) for hit in hits}
    assert len(close_places(wanted, decisions, actor=CLERK, now=NOW)) == 2
    assert overlaps() == 0


def test_a_booking_that_changed_since_it_was_looked_at_stops_it_all() -> None:
    room = make_room()
    first, second = make_booking(room, ahead(9, 10)), make_booking(room, ahead(11, 12))
    transition(second.uuid, "confirmed", actor=CLERK, expected_version=1, now=NOW)
    for kind in ("cancel", "keep"):
        decisions = {first.uuid: Decision("cancel", 1), second.uuid: Decision(kind, 1)}
        with pytest.raises(Stale):
            close_places(wish(Place(room.location.id, room.id)), decisions, actor=CLERK, now=NOW)
    assert booking_by_uuid(first.uuid).state == "requested"
    assert closures() == ()


def test_moved_cancelled_kept_and_closed_in_one_go() -> None:
    place = make_location()
    room, other = make_room(place), make_room(place, capacity=80)
    moved, cancelled, kept = (make_booking(room, ahead(8 + at, 9 + at)) for at in range(3))
    held = hold(items_of([room.id], [ahead(14, 15)]), request={})
    asked = wish(Place(place.id, room.id))
    decisions = {
        moved.uuid: Decision("move", 1, Proposal(other.id, other.name, ahead(8, 9))),
        cancelled.uuid: Decision("cancel", 1),
        kept.uuid: Decision("keep", 1),
    }
    close_places(asked, decisions, actor=CLERK, now=NOW)
    assert booking_by_uuid(moved.uuid).items[0].resource_id == other.id
    gone = booking_by_uuid(cancelled.uuid)
    assert (gone.state, gone.cancellation_fee.cents) == ("cancelled", 0)  # type: ignore[union-attr]
    assert booking_by_uuid(kept.uuid).items[0].span == ahead(10, 11)
    assert not Hold.objects.get(uuid=held.uuid).occupancies.exists()
    kinds = sorted(OutboxMessage.objects.values_list("kind", flat=True))
    assert kinds == ["booking_cancelled", "booking_moved", "closed_around"]
    with pytest.raises(Taken):
        make_booking(room, ahead(8, 9))
    assert overlaps() == 0


@pytest.mark.parametrize("case", ["nobody decided", "moved into the closure", "target taken"])
def test_what_cannot_be_settled_changes_nothing_at_all(case: str) -> None:
    place = make_location()
    room, other = make_room(place), make_room(place, capacity=80)
    first, second = make_booking(room, ahead(9, 10)), make_booking(room, ahead(11, 12))
    if case == "target taken":
        make_booking(other, ahead(11, 12))
    target = {
        "nobody decided": None,
        "moved into the closure": Decision("move", 1, Proposal(room.id, room.name, ahead(14, 15))),
        "target taken": Decision("move", 1, Proposal(other.id, other.name, ahead(11, 12))),
    }[case]
    decisions = {first.uuid: Decision("cancel", 1)} | ({second.uuid: target} if target else {})
    before = sorted(Occupancy.objects.values_list("unit_id", "span", "item_id"), key=str)
    with pytest.raises((ClosureHitsBookings, Taken)):
        close_places(wish(Place(place.id, room.id)), decisions, actor=CLERK, now=NOW)
    assert sorted(Occupancy.objects.values_list("unit_id", "span", "item_id"), key=str) == before
    assert set(Booking.objects.values_list("state", flat=True)) == {"requested"}
    assert closures() == ()
    assert not OutboxMessage.objects.exists()


def test_several_places_and_years_at_once() -> None:
    one, two = make_location(), make_location()
    left, right = make_room(one), make_room(two)
    again = ahead(20, 22)
    made = close_places(
        wish(Place(one.id), Place(two.id, right.id), spans=(SHUT, again)), {}, actor=CLERK, now=NOW
    )
    assert len(made) == 4
    for room, span in ((left, SHUT), (left, again), (right, SHUT), (right, again)):
        with pytest.raises(Taken):
            make_booking(room, span)


def test_a_part_hits_who_booked_the_whole() -> None:
    whole, parts = make_hall()
    booking = make_booking(whole, ahead(10, 12))
    (hit,) = preview_closure(wish(Place(whole.location.id, parts[1].id)), now=NOW)
    assert hit.booking.uuid == booking.uuid


def test_the_past_is_not_closed() -> None:
    room = make_room()
    with pytest.raises(InvalidInput):
        close_places(
            wish(Place(room.location.id, room.id)), {}, actor=CLERK, now=SHUT.end + timedelta(minutes=1)
        )


def test_only_the_dates_of_a_series_that_are_hit_are_called_off() -> None:
    room = make_room()
    series = make_series(room.id, 4)
    second = series.items[1]
    shut = ClosureWish((Place(room.location.id),), (second.span,), "Maler")
    (hit,) = preview_closure(shut, now=NOW)
    assert (hit.slots, hit.is_partly, hit.spans) == ({second.slot}, True, (second.span,))
    assert hit.proposal is None, "a date of a series moves by its own page"
    close_places(shut, {series.uuid: Decision("cancel", 1)}, actor=CLERK, now=NOW)
    after = booking_by_uuid(series.uuid)
    assert after.is_open
    assert [item.slot for item in after.items] == [
        item.slot for item in series.items if item.slot != second.slot
    ]


def test_a_series_that_is_hit_as_a_whole_is_cancelled() -> None:
    room = make_room()
    series = make_series(room.id, 2)
    shut = ClosureWish((Place(room.location.id),), tuple(item.span for item in series.items), "Abriss")
    close_places(shut, {series.uuid: Decision("cancel", 1)}, actor=CLERK, now=NOW)
    assert booking_by_uuid(series.uuid).state == "cancelled"


def test_a_booking_with_buffers_is_hit_at_its_edge() -> None:
    room = make_room(buffer_after_minutes=60)
    data = booking_data(items_of([room.id], [ahead(6, 7)]))
    booking = book(data)
    assert [hit.booking.uuid for hit in preview_closure(wish(Place(room.location.id)), now=NOW)] == []
    early = ClosureWish((Place(room.location.id),), (ahead(7, 8),), "Maler")
    assert [hit.booking.uuid for hit in preview_closure(early, now=NOW)] == [booking.uuid]
