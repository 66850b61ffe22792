"""What the demo writes down fits together: scenes, rooms, ordinance ids, steps, plainly invented people."""

from io import BytesIO

import pytest
from PIL import Image

from booking_core.catalog.vocabulary import ACCESSIBILITY, AMENITIES
from booking_core.engines.ordinance import load_document
from booking_core.identity.models import Role
from booking_core.ordinances.library import library_text
from onboarding.demo.borgstedt import BORGSTEDT
from onboarding.demo.contracts import DemoTown
from onboarding.demo.friedrichshafen import FRIEDRICHSHAFEN
from onboarding.demo.illustrations import SCENES, draw
from onboarding.demo.nussbaum import NUSSBAUM
from onboarding.demo.populating import STEPS

TOWNS = pytest.mark.parametrize(
    "town", [BORGSTEDT, NUSSBAUM, FRIEDRICHSHAFEN], ids=lambda town: town.plan.slug
)


@TOWNS
def test_rooms_are_priced_by_ids_their_ordinance_knows(town: DemoTown) -> None:
    document = load_document(library_text(town.ordinance))
    known = {resource.id for resource in document.resources}
    rooms = [room for place in town.places for room in place.rooms]

    assert {code for room in rooms for code in room.codes} == known, "the whole ordinance can be booked"
    names = [room.name for room in rooms]
    assert len(names) == len(set(names))
    assert {part for room in rooms for part in room.parts_of} <= set(names)


@TOWNS
def test_facts_use_the_words_of_the_catalogue(town: DemoTown) -> None:
    for place in town.places:
        for room in place.rooms:
            assert set(room.facts.get("amenities", ())) <= set(AMENITIES)  # type: ignore[call-overload]
            assert set(room.facts.get("accessibility", ())) <= set(ACCESSIBILITY)  # type: ignore[call-overload]
            assert len(str(room.facts["summary"])) <= 200


@TOWNS
def test_bookings_name_what_is_there(town: DemoTown) -> None:
    document = load_document(library_text(town.ordinance))
    rooms = {room.name for place in town.places for room in place.rooms}
    for booking in town.bookings:
        assert set(booking.rooms) <= rooms, booking.title
        assert booking.group in {group.id for group in document.groups}, booking.title
        assert booking.purpose in {purpose.id for purpose in document.purposes}, booking.title
        assert set(booking.extras) <= {extra.id for extra in document.extras}, booking.title
        assert {step.partition(":")[0] for step in booking.then} <= set(STEPS), booking.title


@TOWNS
def test_the_past_reaches_back_some_months_across_groups(town: DemoTown) -> None:
    past = [booking for booking in town.bookings if booking.days < -20]
    assert min(booking.days for booking in past) < -150
    assert len(past) >= 15
    groups = {group.id for group in load_document(library_text(town.ordinance)).groups}
    assert {booking.group for booking in past} == groups


@TOWNS
def test_every_role_has_an_account_and_nobody_is_real(town: DemoTown) -> None:
    assert {role for person in town.people for role in person.roles} == set(Role.values)
    addresses = [person.email for person in town.people] + [booking.who[1] for booking in town.bookings]
    assert all(address.endswith(".example") for address in addresses)


@TOWNS
def test_pictures_have_a_scene_and_words(town: DemoTown) -> None:
    pictures = [picture for place in town.places for picture in place.pictures]
    pictures += [picture for place in town.places for room in place.rooms for picture in room.pictures]

    assert {picture.scene for picture in pictures} <= set(SCENES)
    assert all(len(picture.alt) > 20 for picture in pictures)


@pytest.mark.parametrize("scene", ["house_by_the_water", "music_room"])
def test_a_scene_is_a_picture_large_enough_for_every_width(scene: str) -> None:
    with Image.open(BytesIO(draw(scene))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1600, 1000))
