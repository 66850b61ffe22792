"""Two people in the middle of each other's work, always at the same point: what one row's lock is there for.

Not here: many at once (``test_races``, ``test_series_races``, ``test_waiting_races``).
Seen red, one by one, without the lock each test names; which that is, with the date: README.md beside this.
"""

from functools import partial

import pytest

from booking_core.kernel.errors import BookingError
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import DatesChange, MoveData, PriceData, items_of
from booking_core.reservations.models import BookingItem, Hold, Occupancy, WaitingEntry
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.moves import move_bookings
from booking_core.reservations.services.series import change_dates
from booking_core.reservations.services.transactions import with_retries
from booking_core.reservations.services.waiting import WaitingData, join, leave, offer_next
from booking_core.reservations.waiting_contracts import WaitingView
from tenants.models import Tenant
from tests.concurrency.crowd import meanwhile
from tests.factories.bookings import GUEST, NOW, hours, make_booking
from tests.factories.catalogue import make_room
from tests.factories.series import make_series

move, change = with_retries(move_bookings), with_retries(change_dates)


def _is_refused(outcome: object, code: str) -> bool:
    return isinstance(outcome, BookingError) and outcome.code == code


def test_a_booking_that_is_being_moved_is_not_moved_from_its_old_place(race_town: Tenant) -> None:
    """The row locks of the bookings in ``move_bookings``."""
    room = make_room()
    booking = make_booking(room, hours(10, 12))
    evening, night = (
        [MoveData(booking.uuid, 1, items_of([room.id], [hours(at, at + 1)]), PriceData())] for at in (18, 22)
    )
    moved, outcome = meanwhile(
        race_town, partial(move, evening, actor=GUEST, now=NOW), partial(move, night, actor=GUEST, now=NOW)
    )
    assert isinstance(moved, tuple)
    assert _is_refused(outcome, "stale"), outcome
    assert [item.span for item in booking_by_uuid(booking.uuid).items] == [hours(18, 19)]


def _drop(series: BookingView, place: int) -> DatesChange:
    slots = frozenset({series.items[place].slot})
    return DatesChange(series.uuid, series.version, "dates_cancelled", PriceData(), drop=slots)


@pytest.mark.parametrize("place", [1, 2], ids=["the same date", "another date"])
def test_dates_are_not_given_up_by_what_somebody_saw_before(race_town: Tenant, place: int) -> None:
    """The row lock of the booking in ``change_dates``: without it a date can end up away and taking place."""
    room = make_room()
    series = make_series(room.id, 4)
    _, outcome = meanwhile(
        race_town,
        partial(change, _drop(series, 1), actor=GUEST, now=NOW),
        partial(change, _drop(series, place), actor=GUEST, now=NOW),
    )
    assert _is_refused(outcome, "stale"), outcome
    after = booking_by_uuid(series.uuid)
    assert after.series is not None
    assert [one.key for one in after.series.away] == [series.items[1].slot]
    assert BookingItem.objects.filter(booking__uuid=series.uuid).count() == Occupancy.objects.count() == 3


def _two_in_line(room_id: int) -> list[WaitingView]:
    people = (
        WaitingData(room_id, hours(10, 12), {}, f"Nr. {n}", f"n{n}@example.org", priority=n) for n in range(2)
    )
    return [join(one, now=NOW) for one in people]


def test_nothing_is_offered_to_somebody_who_is_leaving(race_town: Tenant) -> None:
    """The locks on the entries in ``offer_next``: the next in line gets the offer instead."""
    first, second = _two_in_line(make_room().id)
    _, offer = meanwhile(
        race_town, partial(leave, first.uuid), partial(offer_next, first.uuid, hours=24, now=NOW)
    )
    assert isinstance(offer, WaitingView), offer
    assert offer.uuid == second.uuid
    assert WaitingEntry.objects.get(uuid=first.uuid).state == "left"


def test_who_leaves_while_an_offer_is_made_gives_it_back(race_town: Tenant) -> None:
    """The lock on the entry in ``leave``: without it the time stays held for nobody until the offer lapses."""
    first, _ = _two_in_line(make_room().id)
    offer, _ = meanwhile(
        race_town, partial(offer_next, first.uuid, hours=24, now=NOW), partial(leave, first.uuid)
    )
    assert isinstance(offer, WaitingView)
    assert WaitingEntry.objects.get(uuid=first.uuid).state == "left"
    assert not Hold.objects.exists()
