"""A year of weeks against single bookings: what was promised is what is stored (RELIABILITY "series versus single").

Not here: races of single bookings (``test_one_winner``). Which defence makes which test red: README.md beside this.
"""

from collections.abc import Callable
from functools import partial

import pytest

from booking_core.kernel.money import Money
from booking_core.reservations.drafts import DatesChange, ItemData, PriceData, items_of
from booking_core.reservations.models import Booking, BookingItem, Occupancy
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services.series import change_dates
from booking_core.reservations.services.transactions import with_retries
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.factories.bookings import GUEST, NOW, book, booking_data, make_party
from tests.factories.catalogue import make_room
from tests.factories.series import make_series, series_data, weekly_items

WEEKS = 52
SINGLES = 24


@pytest.mark.parametrize("rounds", [2, pytest.param(60, marks=pytest.mark.slow)])
def test_a_year_of_weeks_against_singles(race_town: Tenant, rounds: int) -> None:
    """Two series and many singles want overlapping times: each is stored whole, or not at all."""
    party = make_party()
    for _number in range(rounds):
        room = make_room()
        weeks = weekly_items(room.id, WEEKS)
        series = series_data(room.id, WEEKS, party_id=party)
        singles = [
            booking_data(items_of([room.id], [weeks[number * 2].span]), party_id=party)
            for number in range(SINGLES)
        ]
        jobs: list[Callable[[], object]] = [partial(book, series), partial(book, series)]
        jobs += [partial(book, data) for data in singles]
        assert set(tally(run_together(race_town, jobs))) <= {"won", "taken"}
        made = Booking.objects.filter(items__resource_id=room.id).distinct()
        held = [
            (booking.items.count(), Occupancy.objects.filter(item__booking=booking).count())
            for booking in made
        ]
        assert all(items == rows and items in {1, WEEKS} for items, rows in held)
        assert sum(items == WEEKS for items, _rows in held) <= 1
        if any(items == WEEKS for items, _rows in held):
            assert len(held) == 1  # a series that won left no single's time
        else:
            assert len(held) == SINGLES


@pytest.mark.parametrize("rounds", [2, pytest.param(60, marks=pytest.mark.slow)])
def test_a_date_is_given_back_and_taken_at_once(race_town: Tenant, rounds: int) -> None:
    """One drops a date while others want it and two restore it: nobody has it twice, nothing is lost."""
    party = make_party()
    for _number in range(rounds):
        room = make_room()
        series = make_series(room.id, 3, party_id=party)
        second = series.items[1]
        drop = DatesChange(
            series.uuid, series.version, "dates_cancelled", PriceData(Money(1)), drop=frozenset({second.slot})
        )
        back = DatesChange(
            series.uuid, series.version + 1, "restored", PriceData(),
            put=(ItemData(room.id, second.span, slot=second.slot),),
        )  # fmt: skip
        single = booking_data(items_of([room.id], [second.span]), party_id=party)
        change = with_retries(change_dates)
        jobs: list[Callable[[], object]] = [partial(change, drop, actor=GUEST, now=NOW)] * 2
        jobs += [partial(change, back, actor=GUEST, now=NOW)] * 2
        jobs += [partial(book, single)] * 4
        assert set(tally(run_together(race_town, jobs))) <= {"won", "taken", "stale"}
        after = booking_by_uuid(series.uuid)
        assert after.series is not None
        is_away = second.slot in {one.key for one in after.series.away}
        takes_place = second.slot in {item.slot for item in after.items}
        assert is_away != takes_place
        assert BookingItem.objects.filter(occupancies__isnull=True).count() == 0


@pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_a_date_given_up_twice_at_once_costs_once(race_town: Tenant, rounds: int) -> None:
    """Two people of a club cancel the same date in the same moment: one of them is told, the fee is owed once.

    Seen red without the comparison of versions under the booking's lock: the second then hears that there is no such
    date, and owes nothing either.
    """
    party = make_party()
    for _number in range(rounds):
        series = make_series(make_room().id, 3, party_id=party)
        slot = series.items[1].slot
        drop = DatesChange(
            series.uuid, series.version, "dates_cancelled", PriceData(),
            drop=frozenset({slot}), fees={slot: Money(150)},
        )  # fmt: skip
        change = with_retries(change_dates)
        outcomes = tally(run_together(race_town, [partial(change, drop, actor=GUEST, now=NOW)] * 2))
        assert outcomes == {"won": 1, "stale": 1}
        assert booking_by_uuid(series.uuid).cancellation_fee == Money(150)
