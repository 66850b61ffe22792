"""The invoice of a series follows its dates: dropped, restored, moved; what is owed for dates given up stands on it.

Seen red on 1 December 2026: without ``keep_bill_right`` in ``drop_dates``, ``restore_dates`` or ``move_dates`` the
first invoice stays.
"""

from datetime import timedelta

import pytest

from booking_core.engines.recurrence import Rule
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.treasury import money_of_booking, treasury_totals
from booking_core.finance.services import ledger
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView, Repeat
from booking_core.reservations.drafts import ItemData
from booking_core.workflows import series_dates
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.contracts import CancellationPreview
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.series_dates import drop_dates, move_dates, release_date, restore_dates
from tests.factories.finance import movement, set_up
from tests.integration.workflows.conftest import CITIZEN, CLERK, DAY, NOW, House, at, hours, mails, place

pytestmark = pytest.mark.django_db
SLOTS = [str(DAY + timedelta(weeks=number)) for number in range(4)]


@pytest.fixture
def series(house: House) -> BookingView:
    """Four Saturdays from 11 to 14 at 20 euros each, confirmed and billed."""
    set_up(invoice_moment="confirmation")
    spans = tuple(hours(11, 14, days=7 * number) for number in range(4))
    first = spans[0].start
    rule = Rule(DAY, first.time(), spans[0].end.time(), count=4)
    booking = place(house.wish(spans=spans, repeat=Repeat(rule)))
    done = confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)
    OutboxMessage.objects.all().delete()
    assert bills(done) == [("invoice", "open", 8000)]
    return done


def bills(booking: BookingView) -> list[tuple[str, str, int]]:
    """Kind, state and sum of the booking's papers, newest first."""
    return [(row.kind, row.state, row.gross.cents) for row in money_of_booking(booking.id).invoices]


def test_dropping_a_date_replaces_the_invoice_and_keeps_what_was_paid(series: BookingView) -> None:
    first = money_of_booking(series.id).current
    assert first is not None
    ledger.record_payment(first.uuid, movement(8000), actor=CLERK, now=NOW)
    drop_dates(series.uuid, [SLOTS[1]], actor=CITIZEN, now=NOW, expected_version=series.version)
    money = money_of_booking(series.id)
    assert [(row.kind, row.gross.cents, row.balance.cents) for row in money.invoices] == [
        ("invoice", 6000, -2000), ("cancellation", 8000, 0), ("invoice", 8000, 0),
    ]  # fmt: skip
    assert treasury_totals().credits == Money(2000)
    assert [kind for kind, _to in mails()] == [
        "invoice_cancelled", "invoice_issued", "dates_cancelled", "dates_notice",
    ]  # fmt: skip


def test_a_restored_date_is_billed_again(series: BookingView) -> None:
    less = drop_dates(series.uuid, SLOTS[1:], actor=CLERK, now=NOW, expected_version=series.version)
    more = restore_dates(series.uuid, SLOTS[1:3], actor=CLERK, now=NOW, expected_version=less.version)
    assert bills(more)[0] == ("invoice", "open", 6000)
    assert [one[2] for one in bills(more) if one[:2] == ("invoice", "cancelled")] == [2000, 8000]


def test_a_moved_date_is_billed_as_it_takes_place(series: BookingView, house: House) -> None:
    whole_evening = ItemData(house.hall.id, Span(at(11, days=7), at(11, days=8)), slot=SLOTS[1])
    moved = move_dates(series.uuid, [whole_evening], actor=CLERK, now=NOW, expected_version=series.version)
    assert bills(moved)[0] == ("invoice", "open", moved.total.cents)
    assert moved.total.cents == 3 * 2000 + 9000


def test_a_released_date_stays_on_the_bill(series: BookingView) -> None:
    release_date(series.uuid, SLOTS[1], actor=CITIZEN, now=NOW)
    assert bills(series) == [("invoice", "open", 8000)]


def test_what_is_owed_for_dates_given_up_stands_on_the_invoice(
    series: BookingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some ordinances ask for a part of the price of what is given up late; cancelling the rest adds to it."""
    monkeypatch.setattr(series_dates, "dropping_cost", lambda *_a, **_k: CancellationPreview(Money(500), ""))
    less = drop_dates(series.uuid, [SLOTS[1]], actor=CITIZEN, now=NOW, expected_version=series.version)
    current = money_of_booking(series.id).current
    assert current is not None
    lines = invoice_by_uuid(current.uuid).paper.lines
    assert current.gross == Money(6500)
    assert (lines[-1].label, lines[-1].net_cents) == ("Entgelt für abgesagte Termine", 500)
    cancel_booking(less.uuid, actor=CLERK, now=NOW)
    assert bills(less)[0] == ("invoice", "open", 500)
