"""Weekly series of a room, made through the service or as the data for it.

Not here: single bookings (``bookings``).
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from booking_core.engines.recurrence import Rule
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView, Repeat
from booking_core.reservations.drafts import BookingData, ItemData
from tests.factories.bookings import book, booking_data, hours

BERLIN = ZoneInfo("Europe/Berlin")


def weekly_items(resource_id: int, count: int, *, first: Span | None = None) -> tuple[ItemData, ...]:
    """``count`` weeks of the same hours by UTC, each named by its day."""
    start = first or hours(10, 12)
    spans = [
        Span(start.start + timedelta(weeks=number), start.end + timedelta(weeks=number))
        for number in range(count)
    ]
    return tuple(
        ItemData(resource_id, span, slot=span.start.astimezone(BERLIN).date().isoformat()) for span in spans
    )


def series_data(
    resource_id: int, count: int, *, party_id: int | None = None, **changes: object
) -> BookingData:
    """A weekly series as the service takes it."""
    items = weekly_items(resource_id, count)
    first = items[0].span.start.astimezone(BERLIN)
    last = items[0].span.end.astimezone(BERLIN)
    rule = Rule(first.date(), first.time(), last.time(), count=count)
    return booking_data(items, party_id=party_id, repeat=Repeat(rule), **changes)


def make_series(resource_id: int, count: int = 4, **changes: object) -> BookingView:
    """A weekly series of this resource."""
    return book(series_data(resource_id, count, **changes))
