"""The calendar file of a booking, read back by a parser."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from booking_core.catalog.contracts import LocationData, ResourceData
from booking_core.catalog.services import save_location, save_resource
from booking_core.engines.recurrence import Rule, occurrences
from booking_core.identity.contracts import SYSTEM
from booking_core.kernel.spans import Span
from booking_core.messaging.calendar import booking_calendar
from booking_core.reservations.contracts import AwayDate, BookingView, SeriesView
from tests.integration.messaging.conftest import item

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_booking_becomes_one_event_by_the_towns_clock(booking: BookingView) -> None:
    text = booking_calendar(booking, method="PUBLISH")
    calendar = Calendar.from_ical(text)
    (event,) = calendar.walk("VEVENT")

    assert calendar["METHOD"] == "PUBLISH"
    assert event["UID"] == f"{booking.uuid}@musterstadt.biletado.localhost"
    assert event["SEQUENCE"] == 3
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Geburtstag <Erika> – Großer Saal"
    assert event["DTSTART"].dt == datetime(2026, 10, 24, 11, tzinfo=BERLIN)
    assert event["DTEND"].dt == datetime(2026, 10, 25, 11, tzinfo=BERLIN)
    assert "DTSTART;TZID=Europe/Berlin:20261024T110000" in text
    assert event["DTSTAMP"].dt.utcoffset() == timedelta(0)
    assert event["ORGANIZER"] == "mailto:rathaus@musterstadt.example"
    assert "\r\n" in text


def test_the_time_zone_is_defined_with_both_changes(booking: BookingView) -> None:
    (zone,) = Calendar.from_ical(booking_calendar(booking, method="PUBLISH")).walk("VTIMEZONE")

    assert zone["TZID"] == "Europe/Berlin"
    defined = zone.to_tz()
    # Both nights of the clock changes, hour by hour, as the system's own data has them.
    for first in (datetime(2026, 10, 24, 12), datetime(2027, 3, 27, 12)):  # noqa: DTZ001 — wall clocks
        for hour in range(48):
            wall = first + timedelta(hours=hour)
            if wall.hour == 2:
                continue  # the hour that exists twice or not at all
            assert wall.replace(tzinfo=defined).utcoffset() == wall.replace(tzinfo=BERLIN).utcoffset(), wall


def test_a_cancelled_booking_cancels_its_event(booking: BookingView) -> None:
    gone = replace(booking, state="cancelled", sequence=4)
    calendar = Calendar.from_ical(booking_calendar(gone, method="CANCEL"))
    (event,) = calendar.walk("VEVENT")

    assert calendar["METHOD"] == "CANCEL"
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 4)
    assert str(event["UID"]).startswith(str(booking.uuid))


def test_each_stretch_of_time_is_an_event_and_rooms_share_it(booking: BookingView) -> None:
    later = Span(booking.end + timedelta(days=6), booking.end + timedelta(days=6, hours=2))
    both = (item(), item(resource_name="Küche"), item(span=later))
    events = Calendar.from_ical(booking_calendar(replace(booking, items=both), method="PUBLISH")).walk(
        "VEVENT"
    )

    uids = [str(event["UID"]).split("@")[0] for event in events]
    assert uids == [str(booking.uuid), f"{booking.uuid}-2"]
    assert events[0]["SUMMARY"] == "Geburtstag <Erika> – Großer Saal, Küche"


def test_the_place_has_its_address_and_position(booking: BookingView) -> None:
    place = save_location(
        LocationData(
            name="Uns Dörpshus", street="Dorfstraße 1", postal_code="24794", city="Borgstedt",
            latitude=54.33, longitude=9.71,
        ),
        actor=SYSTEM,
    )  # fmt: skip
    hall = save_resource(ResourceData(location_id=place.id, name="Großer Saal", kind="hall"), actor=SYSTEM)
    there = replace(booking, items=(item(resource_id=hall.id),))

    (event,) = Calendar.from_ical(booking_calendar(there, method="PUBLISH")).walk("VEVENT")

    assert event["LOCATION"] == "Uns Dörpshus, Dorfstraße 1, 24794 Borgstedt"
    assert event["GEO"].to_ical() == "54.33;9.71"


@pytest.mark.parametrize(("state", "status"), [("requested", "TENTATIVE"), ("declined", "CANCELLED")])
def test_the_status_tells_how_sure_it_is(booking: BookingView, state: str, status: str) -> None:
    (event,) = Calendar.from_ical(booking_calendar(replace(booking, state=state), method="PUBLISH")).walk(
        "VEVENT"
    )

    assert event["STATUS"] == status


def test_a_series_keeps_its_clock_over_both_changes_and_its_uids_over_every_change(
    booking: BookingView,
) -> None:
    rule = Rule(date(2027, 3, 21), time(18), time(20), count=33)
    dates = occurrences(rule, BERLIN)
    items = tuple(item(span=one.span, slot=one.key) for one in dates if one.span)
    weekly = replace(booking, items=items, series=SeriesView(rule))
    events = Calendar.from_ical(booking_calendar(weekly, method="PUBLISH")).walk("VEVENT")

    assert len(events) == 33
    assert {event["DTSTART"].dt.astimezone(BERLIN).time() for event in events} == {time(18)}
    # 2027-03-28 and 2027-10-31 lie inside: the same clock, another distance to UTC.
    assert {event["DTSTART"].dt.utcoffset() for event in events} == {timedelta(hours=1), timedelta(hours=2)}
    assert str(events[1]["UID"]).startswith(f"{booking.uuid}-2027-03-28@")

    gone = AwayDate("2027-03-28", "cancelled", items[1].span, (0,))
    never = AwayDate("2027-12-24", "public_holiday", items[2].span, (0,))
    fewer = replace(weekly, items=(items[0], *items[2:]), series=SeriesView(rule, (gone, never)), sequence=4)
    by_uid = {
        str(event["UID"]).split("@")[0][-10:]: event
        for event in Calendar.from_ical(booking_calendar(fewer, method="PUBLISH")).walk("VEVENT")
    }
    assert by_uid["2027-03-28"]["STATUS"] == "CANCELLED" and by_uid["2027-03-28"]["SEQUENCE"] == 4
    assert by_uid["2027-04-04"]["STATUS"] == "CONFIRMED"
    assert "2027-12-24" not in by_uid
