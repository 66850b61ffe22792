"""How much of a location is booked, by weekday and hour of the day.

Not here: single bookings (``queries.lists``), free times (``queries.free_time``).
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from booking_core.catalog.models import Resource
from booking_core.kernel.spans import Span
from booking_core.reservations.models import BookingItem, BookingState
from booking_core.reservations.ranges import to_range
from tenants.context import tenant_zone

Hour = tuple[int, int]


def booked_shares(location_id: int, *, first_on: date, last_on: date) -> Mapping[Hour, int]:
    """Percent of the offers' hours that were booked, by (weekday from 0 = Monday, hour); both days included.

    What is booked twice over (a hall and a third of it) counts for each offer. Two statements.
    """
    zone = tenant_zone()
    window = Span(
        datetime.combine(first_on, time.min, tzinfo=zone),
        datetime.combine(last_on + timedelta(days=1), time.min, tzinfo=zone),
    )
    offers = Resource.objects.filter(location_id=location_id, is_published=True).count()
    spans = BookingItem.objects.filter(
        resource__location_id=location_id, resource__is_published=True, booking__state=BookingState.CONFIRMED,
        span__overlap=to_range(window),
    ).values_list("span", flat=True)  # fmt: skip
    minutes: dict[Hour, int] = {}
    for span in spans.iterator():
        _add(minutes, max(span.lower, window.start), min(span.upper, window.end))
    days = [0] * 7
    for number in range((last_on - first_on).days + 1):
        days[(first_on + timedelta(days=number)).weekday()] += 1
    return {
        (weekday, hour): min(100, booked * 100 // (60 * days[weekday] * offers))
        for (weekday, hour), booked in minutes.items()
        if days[weekday] and offers
    }


def _add(minutes: dict[Hour, int], start: datetime, end: datetime) -> None:
    """Hour by hour by the town's clock; an hour that a clock change takes or doubles counts as it was lived."""
    zone, at = tenant_zone(), start
    while at < end:
        local = at.astimezone(zone)
        until = min(end, at + timedelta(minutes=60 - local.minute))
        hour = (local.weekday(), local.hour)
        minutes[hour] = minutes.get(hour, 0) + int((until - at).total_seconds() // 60)
        at = until
