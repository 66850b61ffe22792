"""Worked examples of ordinances as real bookings: a house with the document's resources, booked through the use case.

Not here: the examples themselves (``ordinances/library``).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance import load_document
from booking_core.engines.ordinance.language.examples import Example
from booking_core.engines.ordinance.requests import request_of
from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.ordinances.library import library_text
from booking_core.ordinances.services import (
    adopt_document,
    bind_resource,
    choose_readings,
    publish_version,
)
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.place_booking import place_booking
from tests.factories.catalogue import make_location, make_room

ZONE = ZoneInfo("Europe/Berlin")
LONG_BEFORE = datetime(2026, 1, 2, 12, tzinfo=ZONE)
ERIKA = Contact(name="Erika Mustermann", email="erika@example.org")
_A_YEAR = 366 * 24 * 60
CARLA = Actor("Carla Caretaker (erfunden)", by_staff=True)


@dataclass(frozen=True, slots=True)
class ExampleHouse:
    """A town with one ordinance in force and a room per resource of the document."""

    ordinance_id: int
    version_id: int
    rooms: dict[str, int]
    examples: dict[str, Example]

    def book(self, name: str, *, is_confirmed: bool = True, **changes: Any) -> BookingView:
        """Place the booking an example describes, long before its use, and confirm it."""
        example = self.examples[name]
        request = request_of(example, ZONE)
        quantity = max(example.pieces.values(), default=1)
        wish = Wish(
            resource_ids=tuple(self.rooms[code] for code in request.resources),
            spans=request.spans,
            quantity=quantity,
            group=request.group or "",
            purpose=request.purpose or "",
            persons=request.persons,
            extras={name: Decimal(amount) for name, amount in request.extras.items()},
            facts=dict(request.facts),
            further_groups=request.further_groups,
        )
        usual: dict[str, Any] = {
            "wish": wish, "contact": ERIKA, "title": name, "message": "", "viewer": Viewer(is_staff=True),
            "actor": CARLA, "source": "staff", "language": "de", "house_rules_accepted": True,
            "now": request.requested_at or LONG_BEFORE,
        }  # fmt: skip
        booking = place_booking(**{**usual, **changes})
        if not is_confirmed:
            return booking
        return confirm_booking(booking.uuid, actor=CARLA, expected_version=booking.version)


def example_house(
    text: str,
    *,
    code: str = "ordnung",
    readings: dict[str, str] | None = None,
    valid_from: date = date(2020, 1, 1),
) -> ExampleHouse:
    """Adopt and publish a document and make a room for each of its resources. Call standing in the town."""
    document = load_document(text)
    version = adopt_document(text, code=code, actor=SYSTEM)
    if readings:
        choose_readings(version.id, readings, actor=SYSTEM)
    publish_version(version.id, valid_from=valid_from, actor=SYSTEM)
    place = make_location(name=document.municipality)
    rooms = {}
    for resource in document.resources:
        room = make_room(place, name=resource.label.de, pieces=max(resource.pieces, 1), max_minutes=_A_YEAR)
        bind_resource(room.id, version.ordinance_id, [resource.id], actor=SYSTEM)
        rooms[resource.id] = room.id
    examples = {one.id: one for one in document.content.examples}
    return ExampleHouse(version.ordinance_id, version.id, rooms, examples)


def without_examples(slug: str) -> str:
    """A document of the library without its examples, for tests that change its prices."""
    return library_text(slug).partition("\nexamples:")[0] + "\n"
