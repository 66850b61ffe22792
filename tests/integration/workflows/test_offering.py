"""What is closed stays closed, whatever is added to it, enlarged or moved there."""

from dataclasses import asdict

import pytest

from booking_core.catalog.contracts import ClaimData, ResourceData, ResourceView
from booking_core.catalog.services import save_unit
from booking_core.reservations.errors import Taken
from booking_core.reservations.models import Occupancy
from booking_core.reservations.queries import is_free
from booking_core.reservations.services.closures import close, reopen
from booking_core.workflows.offering import divide_offer, save_offer, share_units
from tests.factories.bookings import ahead, make_booking
from tests.factories.catalogue import CLERK, make_location, make_room, make_stock

pytestmark = pytest.mark.usefixtures("town")
CLOSED, WITHIN, AFTER = ahead(8, 18), ahead(10, 12), ahead(18, 20)


def data_of(resource: ResourceView, **changes: object) -> ResourceData:
    fields = set(asdict(ResourceData(location_id=0, name="", kind="room")))
    known = {name: getattr(resource, name) for name in fields if hasattr(resource, name)}
    known |= {"location_id": resource.location.id, "pieces": resource.most_pieces}
    return ResourceData(**{**known, **changes})


def test_a_new_offer_at_a_closed_location_is_closed_with_it() -> None:
    place = make_location()
    make_room(place)
    closure = close(place.id, None, CLOSED, "Betriebsferien", actor=CLERK)

    new = save_offer(
        ResourceData(location_id=place.id, name="Neuer Saal", kind="room", grid_minutes=15), actor=CLERK
    )

    assert not is_free([new.id], WITHIN)
    with pytest.raises(Taken):
        make_booking(new, WITHIN)
    make_booking(new, AFTER)
    reopen(closure.uuid, actor=CLERK)
    assert is_free([new.id], WITHIN), "what the closure took it gives back"


def test_pieces_added_meanwhile_are_closed_too() -> None:
    chairs = make_stock(12)
    close(chairs.location.id, chairs.id, CLOSED, "Inventur", actor=CLERK)

    more = save_offer(data_of(chairs, pieces=20), resource_id=chairs.id, actor=CLERK)

    assert more.most_pieces == 20
    with pytest.raises(Taken):
        make_booking(more, WITHIN, quantity=1)


def test_what_moves_to_a_closed_house_is_closed_and_what_leaves_it_opens() -> None:
    closed, opened = make_location(), make_location()
    stays_open, leaves = make_room(opened), make_room(closed)
    close(closed.id, None, CLOSED, "Umbau", actor=CLERK)

    comes = save_offer(data_of(stays_open, location_id=closed.id), resource_id=stays_open.id, actor=CLERK)
    gone = save_offer(data_of(leaves, location_id=opened.id), resource_id=leaves.id, actor=CLERK)

    assert not is_free([comes.id], WITHIN)
    assert is_free([gone.id], WITHIN)


def test_a_shared_unit_is_closed_with_the_room_that_claims_it() -> None:
    room = make_room()
    foyer = save_unit(name="Foyer", location_id=room.location.id, actor=CLERK)
    close(room.location.id, room.id, CLOSED, "Umbau", actor=CLERK)
    Occupancy.objects.all().delete()  # as if the room's own time had been won by nobody; else claims stand still

    share_units(room.id, [ClaimData(room.claims[0].unit_id), ClaimData(foyer.id)], actor=CLERK)

    assert Occupancy.objects.filter(unit_id=foyer.id, closure__isnull=False).count() == 1


def test_a_booking_in_the_way_stays() -> None:
    room = make_room()
    booking = make_booking(room, WITHIN)
    close(room.location.id, None, CLOSED, "Umbau", actor=CLERK, over_bookings=True)

    save_offer(data_of(room, name="Umbenannt"), resource_id=room.id, actor=CLERK)

    assert Occupancy.objects.filter(item__booking__uuid=booking.uuid).count() == 1
    assert Occupancy.objects.filter(closure__isnull=False).count() == 2, "before it and after it, once each"


def test_parts_of_a_hall_are_closed_where_it_is() -> None:
    hall = make_room(kind="hall")
    parts = divide_offer(hall.id, ["Teil 1", "Teil 2"], actor=CLERK)
    close(hall.location.id, hall.id, CLOSED, "Boden", actor=CLERK)
    assert not is_free([parts[1].id], WITHIN)
