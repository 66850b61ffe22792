"""Borgstedt's village hall with its real ordinance, set up through the services; wishes and people to book with.

Times lie far ahead, so that the machine's own clock never passes them.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from booking_core.catalog.contracts import LocationData, ResourceData, ResourceView
from booking_core.catalog.services import save_location, save_resource
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.kernel.spans import Span
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.services import adopt_from_library, bind_resource, publish_version
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.place_booking import place_booking
from tenants.models import Tenant

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2031, 8, 1, 12, tzinfo=UTC)
DAY = date(2031, 9, 13)
ERIKA = Contact(name="Erika Mustermann", email="erika@example.org")
GUEST = Viewer(email="erika@example.org")
CITIZEN = Actor("Erika Mustermann")
CLERK = Actor("Karla Kern", by_staff=True)


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """That clock time on the day of the tests."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=ZONE) + timedelta(days=days)


def hours(first: int, last: int, *, days: int = 0) -> Span:
    return Span(at(first, days=days), at(last, days=days))


PERIOD = Span(at(11), at(11, days=1))


@dataclass(frozen=True, slots=True)
class House:
    """The resources of the village hall."""

    hall: ResourceView
    small: ResourceView
    kitchen: ResourceView
    attic: ResourceView  # without an ordinance

    def wish(self, **changes: Any) -> Wish:
        """The great hall from 11 to 11 as a private party of 40."""
        usual = Wish((self.hall.id,), (PERIOD,), group="private", purpose="private_event", persons=40)
        return replace(usual, **changes)


def make_room(location_id: int, name: str, **facts: Any) -> ResourceView:
    return save_resource(ResourceData(location_id=location_id, name=name, kind="room", **facts), actor=SYSTEM)


@pytest.fixture
def house(town: Tenant) -> House:
    place = save_location(LocationData(name="Uns Dörpshus", city="Borgstedt"), actor=SYSTEM)
    version = adopt_from_library("borgstedt-doerpshus", actor=SYSTEM)
    publish_version(version.id, valid_from=date(2016, 11, 2), actor=SYSTEM)
    rooms = House(
        hall=make_room(
            place.id, "Großer Saal", capacity=60, amenities=("kitchen",), accessibility=("step_free",)
        ),
        small=make_room(place.id, "Kleiner Saal", capacity=25),
        kitchen=make_room(place.id, "Teeküche"),
        attic=make_room(place.id, "Dachboden", capacity=10),
    )
    codes = {rooms.hall.id: "grosser_saal", rooms.small.id: "kleiner_saal", rooms.kitchen.id: "teekueche"}
    for resource_id, code in codes.items():
        bind_resource(resource_id, version.ordinance_id, [code], actor=SYSTEM)
    return rooms


def place(wish: Wish, **changes: Any) -> BookingView:
    """Book as a guest with a proven address, unless ``changes`` say otherwise."""
    usual: dict[str, Any] = {
        "wish": wish, "contact": ERIKA, "title": "Geburtstag", "message": "", "viewer": GUEST, "actor": CITIZEN,
        "source": "site", "language": "de", "house_rules_accepted": False, "now": NOW,
    }  # fmt: skip
    return place_booking(**{**usual, **changes})


@pytest.fixture
def booked(house: House) -> BookingView:
    """A request for the great hall; its mails are already out of the way."""
    booking = place(house.wish())
    OutboxMessage.objects.all().delete()
    return booking


def mails() -> list[tuple[str, str]]:
    """Kind and recipient of everything in the outbox, in order."""
    return list(OutboxMessage.objects.order_by("id").values_list("kind", "recipient"))
