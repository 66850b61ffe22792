"""A booking as an iCalendar file (RFC 5545, methods of RFC 5546): stable UID, SEQUENCE, VTIMEZONE.

Not here: calendars of a whole room. The library's own VTIMEZONE names the spring change one hour late
(icalendar 7.3 writes the clock after the change where RFC 5545 §3.6.5 wants the one before), so ours is written out.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from booking_core.catalog.contracts import LocationView
from booking_core.catalog.queries import resources_by_id
from booking_core.kernel.spans import Span
from booking_core.messaging.booking_links import booking_link
from booking_core.reservations.contracts import BookingView, ItemView
from tenants.context import current_tenant, tenant_zone
from tenants.links import tenant_origin

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

_STATUS = {
    "requested": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "declined": "CANCELLED",
    "cancelled": "CANCELLED",
}
_CENTRAL_EUROPE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def booking_calendar(booking: BookingView, *, method: Method) -> str:
    """The booking as calendar text, one event per stretch of time, in the booking's language.

    The UID is the booking's uuid at the town's primary domain; further stretches carry their number, dates of a
    series the day they have by its rule, so that a date keeps its UID when it or others move. Dates given up come
    as cancelled. ``SEQUENCE`` rises with every change, so a calendar that has the event replaces it.
    """
    zone = tenant_zone()
    places = _places(booking)
    calendar = Calendar()
    calendar.add("prodid", "-//Biletado//Buchung//DE")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    with translation.override(booking.language):
        for number, (span, items) in enumerate(_by_span(booking.items), start=1):
            mark = items[0].slot or ("" if number == 1 else str(number))
            calendar.add_component(
                _event(booking, _Date(span, mark, items, _STATUS[booking.state]), places, zone)
            )
        for date in _given_up(booking):
            calendar.add_component(_event(booking, date, places, zone))
    _add_time_zone(calendar, zone)
    return str(calendar.to_ical(), "utf-8")


@dataclass(frozen=True, slots=True)
class _Date:
    """One stretch of time as one event; ``mark`` makes its UID."""

    span: Span
    mark: str
    items: list[ItemView]
    status: str


def _places(booking: BookingView) -> dict[int, LocationView]:
    """Where each resource stands, read once for all events."""
    found = resources_by_id({item.resource_id for item in booking.items})
    return {resource_id: view.location for resource_id, view in found.items()}


def _given_up(booking: BookingView) -> list[_Date]:
    """Dates of a series that a calendar may still hold; those that never took place are in none."""
    away = booking.series.away if booking.series else ()
    template = booking.items[0]
    return [
        _Date(one.span, one.key, [replace(template, slot=one.key)], "CANCELLED")
        for one in away
        if one.span is not None and one.why in {"cancelled", "released"}
    ]


def _by_span(items: tuple[ItemView, ...]) -> list[tuple[Span, list[ItemView]]]:
    grouped: dict[Span, list[ItemView]] = defaultdict(list)
    for item in items:
        grouped[item.span].append(item)
    return sorted(grouped.items())


def _event(booking: BookingView, date: _Date, places: dict[int, LocationView], zone: ZoneInfo) -> Event:
    host = urlsplit(tenant_origin()).hostname
    event = Event()
    event.add("uid", f"{booking.uuid}{f'-{date.mark}' if date.mark else ''}@{host}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", timezone.now().astimezone(ZoneInfo("UTC")))
    event.add("dtstart", _on_clock(date.span.start, zone))
    event.add("dtend", _on_clock(date.span.end, zone))
    event.add("status", date.status)
    event.add("transp", "TRANSPARENT" if date.status == "CANCELLED" else "OPAQUE")
    names = ", ".join(dict.fromkeys(item.resource_name for item in date.items))
    event.add("summary", f"{booking.title} – {names}")
    event.add(
        "description",
        _("Buchung %(number)s") % {"number": booking.number} + "\n" + booking_link(booking.uuid),
    )
    event.add("url", booking_link(booking.uuid))
    _add_place(event, date.items[0], places)
    _add_organiser(event)
    return event


def _on_clock(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone)


def _add_place(event: Event, item: ItemView, places: dict[int, LocationView]) -> None:
    place = places.get(item.resource_id)
    if place is None:
        event.add("location", item.location_name)
        return
    event.add("location", ", ".join(part for part in (place.name, place.address) if part))
    if place.latitude is not None and place.longitude is not None:
        event.add("geo", (place.latitude, place.longitude))


def _add_organiser(event: Event) -> None:
    tenant = current_tenant()
    organiser = vCalAddress(
        f"mailto:{tenant.contact_email or f'noreply@{urlsplit(tenant_origin()).hostname}'}"
    )
    organiser.params["CN"] = vText(str(tenant.official_name))
    event.add("organizer", organiser)


def _add_time_zone(calendar: Calendar, zone: ZoneInfo) -> None:
    if zone.key == "Europe/Berlin":
        calendar.subcomponents.insert(0, Timezone.from_ical(_CENTRAL_EUROPE))
    else:
        calendar.add_missing_timezones()
