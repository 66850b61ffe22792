"""One booking of a hall, 80 chairs and 10 tables: each thing in its own number, in price, time, move and series."""

from dataclasses import replace
from datetime import time

import pytest

from booking_core.engines.recurrence import Rule
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Taken
from booking_core.reservations.models import Occupancy
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.errors import TooManyPieces
from booking_core.workflows.holding import hold_wish, resume_hold
from booking_core.workflows.move_booking import move_booking, preview_move
from booking_core.workflows.quoting import price_wish
from booking_core.workflows.requoting import requote_booking
from booking_core.workflows.series_dates import drop_dates, restore_dates
from booking_core.workflows.series_plan import series_wish
from booking_core.workflows.wishes import wish_of_booking
from tenants.models import Tenant
from tests.factories.furniture import Furnished, make_furnished_hall
from tests.factories.mails import letters
from tests.integration.workflows.conftest import CLERK, DAY, GUEST, NOW, hours, place


@pytest.fixture
def house(town: Tenant) -> Furnished:
    return make_furnished_hall()


def furnished(house: Furnished, span: Span, *, chairs: int = 80, tables: int = 10) -> Wish:
    ids = (house.hall.id, house.chairs.id, house.tables.id)
    return Wish(ids, (span,), pieces={house.chairs.id: chairs, house.tables.id: tables})


def taken(booking: BookingView) -> dict[str, int]:
    return {item.resource_name: item.quantity for item in booking.items}


def taken_on(booking: BookingView, slot: str) -> dict[str, int]:
    return {item.resource_name: item.quantity for item in booking.items if item.slot == slot}


def test_each_thing_has_its_own_line_and_takes_its_own_pieces(house: Furnished) -> None:
    wish = furnished(house, hours(10, 14))
    priced = price_wish(wish, viewer=GUEST, now=NOW)
    assert priced.quote is not None
    assert sorted(line.amount for line in priced.quote.lines) == [Money(3000), Money(8000), Money(10000)]
    held = hold_wish(wish, viewer=GUEST, now=NOW)
    assert resume_hold(held.hold_uuid, viewer=GUEST, now=NOW).priced.wish == wish
    booking = place(wish, hold_uuid=held.hold_uuid)
    assert (booking.total, taken(booking)) == (Money(21000), {"Saal": 1, "Stühle": 80, "Tische": 10})
    lengths = sorted(one.pieces.upper - one.pieces.lower for one in Occupancy.objects.all())
    assert lengths == [1, 10, 80]
    assert wish_of_booking(booking) == replace(wish, group="", purpose="")
    assert requote_booking(booking).total == Money(21000)  # type: ignore[union-attr]
    [mail] = letters(kind="booking_requested")
    assert "Saal, 80 × Stühle, 10 × Tische" in mail.text


def test_what_is_left_of_each_decides(house: Furnished) -> None:
    """Seen red with one number for all things of a wish: 41 chairs fitted where 40 were left."""
    place(furnished(house, hours(10, 14)))
    fits = Wish((house.chairs.id, house.tables.id), (hours(12, 16),), pieces={house.chairs.id: 40})
    with pytest.raises(Taken):
        hold_wish(replace(fits, pieces={house.chairs.id: 41}), viewer=GUEST, now=NOW)
    with pytest.raises(Taken):
        hold_wish(replace(fits, pieces={house.chairs.id: 40, house.tables.id: 11}), viewer=GUEST, now=NOW)
    hold_wish(replace(fits, pieces={house.chairs.id: 40, house.tables.id: 10}), viewer=GUEST, now=NOW)
    with pytest.raises(TooManyPieces) as refused:
        hold_wish(furnished(house, hours(18, 20), tables=21), viewer=GUEST, now=NOW)
    assert str(refused.value) == "Von Tische gibt es 20."


def test_moving_keeps_or_changes_the_numbers(house: Furnished) -> None:
    booking = place(furnished(house, hours(10, 14)))
    ids = [item.resource_id for item in booking.items]
    away = move_booking(
        booking.uuid, spans=[hours(16, 20)], resource_ids=ids, actor=CLERK, expected_version=1, now=NOW
    )
    assert (taken(away), away.total) == (taken(booking), booking.total)
    more = {house.chairs.id: 100}
    preview = preview_move(booking.uuid, [hours(16, 20)], ids, now=NOW, pieces=more)
    assert (preview.fault, preview.new_total) == ("", Money(23000))
    changed = move_booking(
        booking.uuid,
        spans=[hours(16, 20)],
        resource_ids=ids,
        actor=CLERK,
        expected_version=away.version,
        now=NOW,
        pieces=more,
    )
    assert taken(changed) == {"Saal": 1, "Stühle": 100, "Tische": 10}


def test_a_date_given_up_comes_back_with_its_numbers(house: Furnished) -> None:
    """Seen red when a date away kept the number of its first thing for all of them: one table came back."""
    viewer = Viewer(is_staff=True)
    weekly = Rule(DAY, time(10), time(14), count=3)
    wish = series_wish(furnished(house, hours(10, 14)), weekly, viewer=viewer, now=NOW)
    booking = place(wish, viewer=viewer, actor=CLERK, source="staff")
    slot = booking.items[0].slot
    less = drop_dates(booking.uuid, [slot], actor=CLERK, now=NOW, expected_version=booking.version)
    assert less.total == Money(42000)
    back = restore_dates(booking.uuid, [slot], actor=CLERK, now=NOW, expected_version=less.version)
    assert back.total == Money(63000)
    stored = booking_by_uuid(booking.uuid)
    assert taken_on(stored, slot) == {"Saal": 1, "Stühle": 80, "Tische": 10}
