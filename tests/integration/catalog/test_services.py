"""Writes of the catalogue: places, resources, units, hours; each with its refusals and its line in the audit trail."""

from dataclasses import replace
from datetime import date

import pytest

from booking_core.catalog.contracts import ClaimData, HoursView, LocationData, ResourceData, SpecialDayData
from booking_core.catalog.errors import SlugTaken, UnitsInUse
from booking_core.catalog.models import Unit
from booking_core.catalog.queries import own_opening_rules, resource_by_slug
from booking_core.catalog.services import (
    delete_special_day,
    make_parts,
    save_location,
    save_resource,
    save_special_day,
    save_unit,
    set_claims,
    set_opening_hours,
)
from booking_core.identity.queries import audit_rows
from booking_core.kernel.errors import InvalidInput, NotFound
from tests.factories.bookings import ahead, make_booking
from tests.factories.catalogue import CLERK, make_hall, make_location, make_room, make_stock

PLACE = LocationData(name="Dörpshus")


def test_a_place_gets_an_address_people_can_read() -> None:
    first = save_location(LocationData(name="Bürgerhaus Große Straße"), actor=CLERK)
    second = save_location(LocationData(name="Bürgerhaus Große Straße"), actor=CLERK)
    assert (first.slug, second.slug) == ("buergerhaus-grosse-strasse", "buergerhaus-grosse-strasse-2")
    assert audit_rows()[0].action == "location.created"


def test_changing_a_place_keeps_its_address() -> None:
    place = save_location(PLACE, actor=CLERK)
    changed = save_location(
        replace(PLACE, name="Neues Dörpshus", latitude=54.3, longitude=9.7), location_id=place.id, actor=CLERK
    )
    assert (changed.id, changed.slug, changed.name) == (place.id, place.slug, "Neues Dörpshus")
    assert (changed.latitude, changed.longitude) == (54.3, 9.7)
    assert (
        save_location(replace(PLACE, slug="Haus am Ring"), location_id=place.id, actor=CLERK).slug
        == "haus-am-ring"
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"postal_code": "1234"}, "postal_code"),
        ({"postal_code": "1234x"}, "postal_code"),
        ({"latitude": 54.0}, "latitude"),
        ({"latitude": 91.0, "longitude": 9.0}, "latitude"),
        ({"latitude": 54.0, "longitude": 181.0}, "longitude"),
        ({"slug": "!!!"}, "slug"),
    ],
)
def test_places_that_are_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        save_location(replace(PLACE, **changes), actor=CLERK)  # type: ignore[arg-type]  # a table of fields
    assert refused.value.field == field


def test_an_address_is_given_once() -> None:
    taken, other = make_room(), make_room()
    data = ResourceData(location_id=other.location.id, name="Saal", kind="room", slug=taken.slug)
    with pytest.raises(SlugTaken):
        save_resource(data, resource_id=other.id, actor=CLERK)


def test_a_resource_gets_a_unit_of_its_own() -> None:
    room, chairs = make_room(), make_stock(120)
    assert [(claim.pieces, claim.is_counted) for claim in room.claims] == [(1, False)]
    assert [(claim.pieces, claim.is_counted) for claim in chairs.claims] == [(120, True)]
    assert (room.most_pieces, chairs.most_pieces) == (1, 120)


def data_of(resource_id: int, **changes: object) -> ResourceData:
    from booking_core.catalog.queries import resource_by_id

    room = resource_by_id(resource_id)
    data = ResourceData(location_id=room.location.id, name=room.name, kind=room.kind)
    return replace(data, **changes)  # type: ignore[arg-type]  # a table of fields


def test_the_stock_can_grow_and_shrink_to_what_is_promised() -> None:
    chairs = make_stock(100)
    make_booking(chairs, ahead(10, 12), quantity=60)
    grown = save_resource(data_of(chairs.id, pieces=150), resource_id=chairs.id, actor=CLERK)
    assert grown.most_pieces == 150
    with pytest.raises(UnitsInUse):
        save_resource(data_of(chairs.id, pieces=59), resource_id=chairs.id, actor=CLERK)
    assert save_resource(data_of(chairs.id, pieces=60), resource_id=chairs.id, actor=CLERK).most_pieces == 60


def test_a_renamed_room_renames_its_unit() -> None:
    room = make_room()
    save_resource(data_of(room.id, name="Kleiner Saal"), resource_id=room.id, actor=CLERK)
    assert Unit.objects.get(pk=room.claims[0].unit_id).name == "Kleiner Saal"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"location_id": 999_999}, "location_id"),
        ({"kind": "castle"}, "kind"),
        ({"audience": "aliens"}, "audience"),
        ({"amenities": ("moat",)}, "amenities"),
        ({"accessibility": ("magic",)}, "accessibility"),
        ({"grid_minutes": 7}, "grid_minutes"),
        ({"min_minutes": 0}, "min_minutes"),
        ({"min_minutes": 90, "max_minutes": 60}, "min_minutes"),
        ({"buffer_before_minutes": 1441}, "buffer_before_minutes"),
        ({"buffer_after_minutes": -1}, "buffer_after_minutes"),
        ({"pieces": 0}, "pieces"),
        ({"pieces": 100_001}, "pieces"),
        ({"capacity": 0}, "capacity"),
        ({"area_m2": 0}, "area_m2"),
    ],
)
def test_resources_that_are_refused(changes: dict[str, object], field: str) -> None:
    data = ResourceData(location_id=make_location().id, name="Saal", kind="room")
    with pytest.raises(InvalidInput) as refused:
        save_resource(replace(data, **changes), actor=CLERK)  # type: ignore[arg-type]  # a table of fields
    assert refused.value.field == field


def test_parts_of_a_hall() -> None:
    whole, parts = make_hall(3)
    units = [claim.unit_id for claim in resource_by_slug(whole.slug).claims]
    assert [part.claims[0].unit_id for part in parts] == units
    assert [part.name for part in parts] == ["Teil 1", "Teil 2", "Teil 3"]
    assert parts[0].slug == f"{whole.slug}-teil-1"
    assert {part.location.id for part in parts} == {whole.location.id}


def test_a_hall_is_not_divided_twice_nor_into_one_nor_while_it_is_taken() -> None:
    whole, _parts = make_hall()
    with pytest.raises(InvalidInput):
        make_parts(whole.id, ["A", "B"], actor=CLERK)
    with pytest.raises(InvalidInput):
        make_parts(make_room().id, ["A", " "], actor=CLERK)
    with pytest.raises(NotFound):
        make_parts(999_999, ["A", "B"], actor=CLERK)
    booked = make_room()
    make_booking(booked, ahead(10, 12))
    with pytest.raises(UnitsInUse):
        make_parts(booked.id, ["A", "B"], actor=CLERK)


def test_claims_change_only_while_nothing_is_taken_ahead() -> None:
    room = make_room()
    foyer = save_unit(name="Foyer", location_id=room.location.id, actor=CLERK)
    own = room.claims[0].unit_id
    both = set_claims(room.id, [ClaimData(own), ClaimData(foyer.id)], actor=CLERK)
    assert [claim.unit_id for claim in both.claims] == [own, foyer.id]
    make_booking(room, ahead(10, 12))
    with pytest.raises(UnitsInUse):
        set_claims(room.id, [ClaimData(own)], actor=CLERK)
    set_claims(
        room.id, [ClaimData(foyer.id), ClaimData(own)], actor=CLERK
    )  # the same claims: nothing changes


@pytest.mark.parametrize("claims", [[], [ClaimData(1), ClaimData(1)], [ClaimData(999_999)]])
def test_claims_that_are_refused(claims: list[ClaimData]) -> None:
    with pytest.raises(InvalidInput):
        set_claims(make_room().id, claims, actor=CLERK)


def test_units_that_are_refused() -> None:
    place = make_location()
    for facts in ({"name": " "}, {"pieces": 0}, {"location_id": 999_999}):
        with pytest.raises(InvalidInput):
            save_unit(**{"name": "Foyer", "location_id": place.id, "actor": CLERK, **facts})  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        save_unit(name="Foyer", location_id=place.id, unit_id=999_999, actor=CLERK)


def test_weekly_hours_are_replaced_as_a_whole() -> None:
    place = make_location()
    set_opening_hours([HoursView(0, 480, 720), HoursView(0, 780, 1440)], location_id=place.id, actor=CLERK)
    set_opening_hours([HoursView(6, 0, 1440)], location_id=place.id, actor=CLERK)
    assert own_opening_rules(location_id=place.id).weekly == (HoursView(6, 0, 1440),)
    assert audit_rows(subject_type="location", subject_id=str(place.id))[0].action == "opening_hours.set"


@pytest.mark.parametrize(
    "rows",
    [
        [HoursView(7, 480, 720)],
        [HoursView(0, 720, 480)],
        [HoursView(0, 480, 480)],
        [HoursView(0, 480, 1441)],
        [HoursView(0, 480, 720), HoursView(0, 700, 800)],
    ],
    ids=["no such weekday", "backwards", "empty", "past midnight", "overlapping"],
)
def test_hours_that_are_refused(rows: list[HoursView]) -> None:
    place = make_location()
    with pytest.raises(InvalidInput):
        set_opening_hours(rows, location_id=place.id, actor=CLERK)


def test_hours_belong_to_exactly_one_thing() -> None:
    room = make_room()
    for owner in ({}, {"location_id": room.location.id, "resource_id": room.id}):
        with pytest.raises(InvalidInput):
            set_opening_hours([], actor=CLERK, **owner)
    with pytest.raises(NotFound):
        set_opening_hours([], resource_id=999_999, actor=CLERK)


def test_special_days() -> None:
    place = make_location()
    christmas = SpecialDayData(date(2026, 12, 24), date(2026, 12, 26), "Weihnachten")
    day = save_special_day(christmas, location_id=place.id, actor=CLERK)
    save_special_day(
        replace(christmas, opens_minutes=600, closes_minutes=720), special_day_id=day.id, actor=CLERK
    )
    (stored,) = own_opening_rules(location_id=place.id).special
    assert (stored.id, stored.opens_minutes, stored.closes_minutes) == (day.id, 600, 720)
    delete_special_day(day.id, actor=CLERK)
    assert own_opening_rules(location_id=place.id).special == ()
    with pytest.raises(NotFound):
        delete_special_day(day.id, actor=CLERK)


@pytest.mark.parametrize(
    "changes",
    [
        {"last_on": date(2026, 12, 23)},
        {"reason": " "},
        {"opens_minutes": 600},
        {"opens_minutes": 720, "closes_minutes": 600},
    ],
    ids=["backwards", "no reason", "no end", "hours backwards"],
)
def test_special_days_that_are_refused(changes: dict[str, object]) -> None:
    data = SpecialDayData(date(2026, 12, 24), date(2026, 12, 26), "Weihnachten")
    with pytest.raises(InvalidInput):
        save_special_day(replace(data, **changes), location_id=make_location().id, actor=CLERK)  # type: ignore[arg-type]
