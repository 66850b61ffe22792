"""A booking as an iCalendar file (RFC 5545, methods of RFC 5546): stable UID, SEQUENCE, VTIMEZONE.

Not here: calendars of a whole room. The library's own VTIMEZONE names the spring change one hour late
(icalendar 7.3 writes the clock after the change where RFC 5545 §3.6.5 wants the one before), so ours is written out.
"""

from collections import defaultdict
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

    The UID is the booking's uuid at the town's primary domain; further stretches carry their number. ``SEQUENCE``
    rises with every move, so a calendar that has the event replaces it.
    """
    zone = tenant_zone()
    calendar = Calendar()
    calendar.add("prodid", "-//Biletado//Buchung//DE")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    with translation.override(booking.language):
        for number, (span, items) in enumerate(_by_span(booking.items), start=1):
            calendar.add_component(_event(booking, span, items, number=number, zone=zone))
    _add_time_zone(calendar, zone)
    return str(calendar.to_ical(), "utf-8")


def _by_span(items: tuple[ItemView, ...]) -> list[tuple[Span, list[ItemView]]]:
    grouped: dict[Span, list[ItemView]] = defaultdict(list)
    for item in items:
        grouped[item.span].append(item)
    return sorted(grouped.items())


def _event(booking: BookingView, span: Span, items: list[ItemView], *, number: int, zone: ZoneInfo) -> Event:
    host = urlsplit(tenant_origin()).hostname
    event = Event()
    event.add("uid", f"{booking.uuid}{'' if number == 1 else f'-{number}'}@{host}")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", timezone.now().astimezone(ZoneInfo("UTC")))
    event.add("dtstart", _on_clock(span.start, zone))
    event.add("dtend", _on_clock(span.end, zone))
    event.add("status", _STATUS[booking.state])
    event.add("transp", "TRANSPARENT" if _STATUS[booking.state] == "CANCELLED" else "OPAQUE")
    names = ", ".join(dict.fromkeys(item.resource_name for item in items))
    event.add("summary", f"{booking.title} – {names}")
    event.add(
        "description",
        _("Buchung %(number)s") % {"number": booking.number} + "\n" + booking_link(booking.uuid),
    )
    event.add("url", booking_link(booking.uuid))
    _add_place(event, items)
    _add_organiser(event)
    return event


def _on_clock(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone)


def _add_place(event: Event, items: list[ItemView]) -> None:
    resource = resources_by_id([items[0].resource_id]).get(items[0].resource_id)
    place: LocationView | None = resource.location if resource else None
    if place is None:
        event.add("location", items[0].location_name)
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
