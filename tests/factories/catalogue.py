"""Places and resources for tests, made through the same services as everyone's.

Not here: bookings (``tests.factories.bookings``).
"""

from dataclasses import replace
from itertools import count

from booking_core.catalog.contracts import LocationData, LocationView, ResourceData, ResourceView
from booking_core.catalog.services import make_parts, save_location, save_resource
from booking_core.identity.contracts import Actor

CLERK = Actor("Carla Clerk (erfunden)", by_staff=True)
_number = count(1)


def make_location(**changes: object) -> LocationView:
    """A village house; ``changes`` are fields of LocationData."""
    data = LocationData(
        name=f"Dörpshus {next(_number)}", street="Dorfstraße 1", postal_code="24794", city="Musterdorf"
    )
    return save_location(replace(data, **changes), actor=CLERK)


def make_room(location: LocationView | None = None, **changes: object) -> ResourceView:
    """A room, open around the clock, without buffers; ``changes`` are fields of ResourceData."""
    place = location or make_location()
    data = ResourceData(location_id=place.id, name=f"Saal {next(_number)}", kind="room", grid_minutes=15)
    return save_resource(replace(data, **changes), actor=CLERK)


def make_stock(pieces: int, location: LocationView | None = None, **changes: object) -> ResourceView:
    """Chairs by the piece."""
    return make_room(location, kind="device", pieces=pieces, **changes)


def make_hall(parts: int = 3, **changes: object) -> tuple[ResourceView, tuple[ResourceView, ...]]:
    """A sports hall and its parts."""
    whole = make_room(kind="hall", **changes)
    thirds = make_parts(whole.id, [f"Teil {number + 1}" for number in range(parts)], actor=CLERK)
    return whole, thirds
