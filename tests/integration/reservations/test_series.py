"""Dates of a series: dropped, restored and moved in one transaction, with the time they hold."""

from dataclasses import replace

import pytest

from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import DatesChange, ItemData, MoveData, PriceData
from booking_core.reservations.errors import NoDateLeft, Stale, Taken, WrongState
from booking_core.reservations.models import BookingItem, Occupancy
from booking_core.reservations.queries import booking_by_uuid, day_plan, is_free
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.closures import close
from booking_core.reservations.services.moves import move_bookings
from booking_core.reservations.services.series import change_dates, claim_reminder, note_attendance
from booking_core.reservations.services.transactions import with_retries
from tests.factories.bookings import GUEST, NOW, hours, make_booking
from tests.factories.catalogue import CLERK, make_room
from tests.factories.series import BERLIN, make_series


def changed(series: BookingView, **changes: object) -> BookingView:
    facts = {"expected_version": series.version, "kind": "dates_cancelled", "price": PriceData(Money(700))}
    change = DatesChange(uuid=series.uuid, **{**facts, **changes})  # type: ignore[arg-type]  # typed by name above
    return with_retries(change_dates)(change, actor=GUEST, now=NOW)


def slots(series: BookingView) -> list[str]:
    return [item.slot for item in series.items]


def test_a_dropped_date_frees_its_time_and_is_remembered() -> None:
    room = make_room()
    series = make_series(room.id)
    second = series.items[1]
    after = changed(series, drop=frozenset({second.slot}), text="Hitze", fees={slots(series)[1]: Money(150)})
    assert slots(after) == [slots(series)[0], *slots(series)[2:]]
    assert is_free([room.id], second.span)
    assert (after.total, after.version, after.sequence) == (Money(700), 2, 1)
    assert after.cancellation_fee == Money(150)
    assert after.series is not None
    (away,) = after.series.away
    assert (away.key, away.why, away.span, away.note) == (second.slot, "cancelled", second.span, "Hitze")
    assert after.events[-1].kind == "dates_cancelled"
    assert not any(entry.booking_uuid == series.uuid for entry in day_plan(second.span.start.date()))


def test_fees_of_dates_and_of_the_whole_add_up() -> None:
    series = make_series(make_room().id)
    once = changed(series, drop=frozenset(slots(series)[:1]), fees={slots(series)[0]: Money(150)})
    twice = changed(once, drop=frozenset(slots(series)[1:2]), fees={slots(series)[1]: Money(50)})
    gone = transition(
        series.uuid, "cancelled", actor=GUEST, expected_version=twice.version, now=NOW, fee=Money(1000)
    )
    assert gone.cancellation_fee == Money(1200)


def test_a_fee_nobody_knows_leaves_what_dates_owe() -> None:
    """Seen red when cancelling at an unknown fee wrote NULL over what dates given up before owe."""
    series = make_series(make_room().id)
    once = changed(series, drop=frozenset(slots(series)[:1]), fees={slots(series)[0]: Money(150)})
    gone = transition(series.uuid, "cancelled", actor=GUEST, expected_version=once.version, now=NOW, fee=None)
    assert gone.cancellation_fee == Money(150)


def test_a_date_that_takes_place_after_all_owes_nothing_for_having_been_given_up() -> None:
    """Seen red when taking a date up again left its fee: given up once more, it cost twice."""
    room = make_room()
    series = make_series(room.id)
    second = series.items[1]
    dropped = changed(series, drop=frozenset({second.slot}), fees={second.slot: Money(150)})
    back = changed(dropped, put=(ItemData(room.id, second.span, slot=second.slot),), kind="restored")
    assert back.cancellation_fee == Money(0)
    again = changed(back, drop=frozenset({second.slot}), fees={second.slot: Money(170)})
    assert again.cancellation_fee == Money(170)


def test_a_dropped_date_comes_back_only_while_free() -> None:
    room = make_room()
    series = make_series(room.id)
    second = series.items[1]
    dropped = changed(series, drop=frozenset({second.slot}))
    back = (ItemData(room.id, second.span, slot=second.slot),)
    make_booking(room, second.span)
    with pytest.raises(Taken):
        changed(dropped, put=back, kind="restored")
    assert booking_by_uuid(series.uuid).version == dropped.version
    transition_all_others(series)
    restored = changed(dropped, put=back, kind="restored")
    assert slots(restored) == slots(series)
    assert restored.series is not None and restored.series.away == ()


def transition_all_others(series: BookingView) -> None:
    for uuid in BookingItem.objects.exclude(booking_id=series.id).values_list("booking__uuid", flat=True):
        transition(uuid, "declined", actor=CLERK, expected_version=1, now=NOW)


def test_a_moved_date_keeps_its_name_and_its_old_time_unless_the_new_one_is_won() -> None:
    room, other = make_room(), make_room()
    series = make_series(room.id)
    first = series.items[0]
    make_booking(other, hours(14, 16))
    with pytest.raises(Taken):
        changed(series, put=(ItemData(other.id, hours(15, 17), slot=first.slot),))
    assert not is_free([room.id], first.span)
    moved = changed(series, put=(ItemData(other.id, hours(16, 18), slot=first.slot),))
    assert {item.slot: (item.resource_id, item.span) for item in moved.items}[first.slot] == (
        other.id,
        hours(16, 18),
    )
    assert is_free([room.id], first.span)


def test_a_date_moves_by_half_an_hour_into_its_own_time() -> None:
    """Seen red without ``freeing`` in ``change_dates``: the date stood in its own way."""
    series = make_series(make_room().id)
    first = series.items[0]
    moved = changed(series, put=(ItemData(first.resource_id, hours(10.5, 12.5), slot=first.slot),))
    assert {item.slot: item.span for item in moved.items}[first.slot] == hours(10.5, 12.5)


def test_a_closure_behind_a_series_takes_the_time_of_a_dropped_date() -> None:
    """Seen red without ``freeing`` in ``change_dates``: a dropped date reopened a closed room."""
    room = make_room()
    series = make_series(room.id)
    close(room.location.id, room.id, hours(8, 18), "Maler", actor=CLERK, over_bookings=True)
    changed(series, drop=frozenset({series.items[0].slot}))
    assert not is_free([room.id], series.items[0].span)


def test_moving_the_whole_booking_keeps_the_names_of_its_dates() -> None:
    room = make_room()
    series = make_series(room.id, 3)
    items = [ItemData(item.resource_id, item.span) for item in series.items]
    items[1] = replace(items[1], span=hours(18, 20))
    (moved,) = with_retries(move_bookings)(
        [MoveData(series.uuid, 1, tuple(items), PriceData())], actor=GUEST, now=NOW
    )
    assert {item.span: item.slot for item in moved.items} == {
        items[0].span: slots(series)[0],
        hours(18, 20): slots(series)[1],
        items[2].span: slots(series)[2],
    }


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({}, InvalidInput),
        ({"drop": frozenset({"2020-01-01"})}, NotFound),
        ({"put": (ItemData(1, hours(1, 2)),)}, InvalidInput),
        ({"put": (ItemData(1, hours(1, 2), slot="2020-01-01"),)}, NotFound),
        ({"drop": frozenset({"x"}), "expected_version": 7}, Stale),
    ],
    ids=["nothing", "no such date", "no name", "no such slot", "stale"],
)
def test_refusals_change_nothing(changes: dict[str, object], error: type[Exception]) -> None:
    series = make_series(make_room().id)
    with pytest.raises(error):
        changed(series, **changes)
    assert booking_by_uuid(series.uuid) == series
    assert Occupancy.objects.filter(item__booking_id=series.id).count() == len(series.items)


def test_the_last_date_is_not_dropped() -> None:
    series = make_series(make_room().id, 2)
    with pytest.raises(NoDateLeft):
        changed(series, drop=frozenset(slots(series)))
    assert len(booking_by_uuid(series.uuid).items) == 2


def test_a_single_booking_has_no_dates_to_change() -> None:
    single = make_booking(make_room(), hours(10, 12))
    with pytest.raises(WrongState):
        changed(single, drop=frozenset({"2027-01-01"}))


def test_attendance_is_noted_once_a_date_has_begun() -> None:
    series = make_series(make_room().id, 2)
    first = series.items[0]
    with pytest.raises(NotFound):
        note_attendance(
            series.uuid, {first.slot: "unused"}, actor=CLERK, now=first.span.start.replace(year=2020)
        )
    noted = note_attendance(series.uuid, {first.slot: "unused"}, actor=CLERK, now=first.span.end)
    assert [item.attendance for item in noted.items] == ["unused", ""]
    with pytest.raises(InvalidInput):
        note_attendance(series.uuid, {first.slot: "maybe"}, actor=CLERK, now=first.span.end)


def test_a_reminder_is_taken_on_once() -> None:
    series = make_series(make_room().id, 2)
    day = series.items[0].span.start.astimezone(BERLIN).date()
    assert [claim_reminder(series.id, day) for _ in range(2)] == [True, False]
