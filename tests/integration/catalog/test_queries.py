"""Reads of the catalogue: order, what is published, opening rules, constant numbers of statements."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from PIL import Image

from booking_core.catalog.contracts import HoursView, LocationView
from booking_core.catalog.queries import (
    location_by_slug,
    locations,
    opening_rules,
    own_opening_rules,
    published_resources,
    resource_by_slug,
    resources_by_id,
    units,
)
from booking_core.catalog.services import add_photo, set_opening_hours
from booking_core.kernel.errors import NotFound
from tests.factories.catalogue import CLERK, make_hall, make_location, make_room


def picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (500, 300), "green").save(out, "PNG")
    return BytesIO(out.getvalue())


def test_resources_come_in_the_towns_order() -> None:
    second, first = make_location(position=2), make_location(position=1)
    make_room(second, name="A")
    make_room(first, name="C", position=1)
    make_room(first, name="B", position=2)
    assert [resource.name for resource in published_resources()] == ["C", "B", "A"]
    assert [place.id for place in locations()] == [first.id, second.id]


def test_what_is_not_published_stays_out_of_sight() -> None:
    hidden_place = make_location(is_published=False)
    hidden, indirect = make_room(is_published=False), make_room(hidden_place)
    shown = make_room()
    assert [resource.id for resource in published_resources()] == [shown.id]
    assert len(published_resources(include_unpublished=True)) == 3
    for resource in (hidden, indirect):
        with pytest.raises(NotFound):
            resource_by_slug(resource.slug)
        assert resource_by_slug(resource.slug, include_unpublished=True).id == resource.id
        assert resources_by_id([resource.id])[resource.id].slug == resource.slug
    with pytest.raises(NotFound):
        location_by_slug(hidden_place.slug)
    assert location_by_slug(hidden_place.slug, include_unpublished=True).id == hidden_place.id


def test_ids_that_do_not_exist_are_left_out() -> None:
    assert resources_by_id([999_999]) == {}
    assert opening_rules([999_999]) == {}


def test_labels_follow_the_reader() -> None:
    room = make_room(kind="hall", amenities=("kitchen",), accessibility=("step_free", "lift"))
    assert (room.kind_label, room.amenity_labels) == ("Halle", ("Küche",))
    assert room.accessibility_labels == ("Stufenlos erreichbar", "Aufzug")
    assert room.is_step_free
    with translation.override("en"):
        english = resource_by_slug(room.slug)
        assert (english.kind_label, english.amenity_labels) == ("Hall", ("Kitchen",))


def test_a_hall_lists_its_units() -> None:
    whole, thirds = make_hall()
    assert [claim.unit_name for claim in whole.claims] == [whole.name], "as it was made"
    assert [claim.unit_name for claim in resource_by_slug(whole.slug).claims] == [
        "Teil 1",
        "Teil 2",
        "Teil 3",
    ]
    names = {unit.name: unit.resource_names for unit in units(location_ids=[whole.location.id])}
    assert set(names["Teil 2"]) == {whole.name, thirds[1].name}


def test_own_rules_are_told_apart_from_inherited_ones() -> None:
    place = make_location()
    room = make_room(place)
    set_opening_hours([HoursView(0, 480, 720)], location_id=place.id, actor=CLERK)
    assert own_opening_rules(resource_id=room.id).weekly == ()
    assert own_opening_rules(location_id=place.id).weekly == (HoursView(0, 480, 720),)
    assert opening_rules([room.id])[room.id].weekly == (HoursView(0, 480, 720),)


def furnish(place: LocationView) -> None:
    room = make_room(place)
    add_photo(picture(), "Der Saal von vorn", resource_id=room.id, actor=CLERK)


@pytest.mark.parametrize(
    ("read", "statements"),
    [
        # resources with location and tariff, their claims with units, their photos, their locations' photos
        pytest.param(published_resources, 4, id="published_resources"),
        pytest.param(locations, 2, id="locations"),  # locations, photos
        pytest.param(units, 2, id="units"),  # units, resources
        pytest.param(
            # location of each resource, weekly hours, special days (after the four of published_resources)
            lambda: opening_rules([resource.id for resource in published_resources()]), 7, id="opening_rules",
        ),
    ],
)  # fmt: skip
def test_twenty_rows_take_as_many_statements_as_one(read: Callable[[], object], statements: int) -> None:
    for more in (1, 19):
        for _ in range(more):
            furnish(make_location())
        with CaptureQueriesContext(connection) as queries:
            read()
        real = [query["sql"] for query in queries if not query["sql"].startswith("SET search_path")]
        assert len(real) == statements, real
