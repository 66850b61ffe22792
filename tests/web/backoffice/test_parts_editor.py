"""A clerk draws what a hall consists of: the drawing, the clashes before saving, what is refused, and whose it is."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import published_resources, resource_by_id
from booking_core.reservations.models import Occupancy
from tests.factories.bookings import ahead, make_booking
from tests.factories.catalogue import make_hall, make_location, make_room
from tests.web.backoffice.conftest import Office


def _url(resource: ResourceView) -> str:
    return reverse("backoffice_resource_parts", args=[resource.id])


def _drawn(*resources: ResourceView, **changes: object) -> dict[str, object]:
    """The form as the page fills it."""
    data: dict[str, object] = {}
    for one in resources:
        fresh = resource_by_id(one.id)
        for claim in fresh.claims:
            data[f"name_u{claim.unit_id}"] = claim.unit_name
            data[f"pieces_u{claim.unit_id}"] = claim.pieces
        data[f"claims_{one.id}"] = [f"u{claim.unit_id}" for claim in fresh.claims]
        data[f"before_{one.id}"] = data[f"after_{one.id}"] = "0:00"
    return data | changes


def test_the_drawing_says_what_each_offer_takes(office: Office, clerk: Client) -> None:
    whole, parts = make_hall()
    page = clerk.get(_url(whole)).content.decode()
    drawing = page[page.index("b-hall__table") : page.index("Aufteilung ändern")]
    assert drawing.count("b-hall__takes") == 3 + 3
    assert all(part.name in drawing for part in parts)
    assert f"{whole.name} belegt Teil 1" in page


def test_a_new_part_is_drawn_checked_and_saved_with_an_offer_of_its_own(
    office: Office, clerk: Client
) -> None:
    whole, parts = make_hall()
    booking = make_booking(whole, ahead(10, 12))
    together = (whole, *parts)
    units = [f"u{claim.unit_id}" for claim in resource_by_id(whole.id).claims]
    data = _drawn(*together, name_n1="Anbau", pieces_n1=1, offered_n1="on")
    data[f"claims_{whole.id}"] = [*units, "n1"]

    looked = clerk.post(_url(whole), {**data, "step": "preview"}).content.decode()
    assert "Das ist möglich." in looked
    assert "Anbau" not in {one.name for one in published_resources(include_unpublished=True)}, "only looked"

    assert clerk.post(_url(whole), {**data, "step": "save"}).status_code == 302
    assert "Anbau" in {one.name for one in published_resources(include_unpublished=True)}
    assert Occupancy.objects.filter(item__booking_id=booking.id).count() == 4


def test_clashes_are_listed_with_the_way_to_move_them(office: Office, clerk: Client) -> None:
    place = make_location()
    left, right = make_room(place), make_room(place)
    first, second = make_booking(left, ahead(10, 12)), make_booking(right, ahead(11, 13))
    shared = [f"u{left.claims[0].unit_id}"]
    data = _drawn(left, right) | {f"claims_{right.id}": shared}
    for step in ("preview", "save"):
        answer = clerk.post(f"{_url(left)}?mit={right.id}", {**data, "step": step})
        page = answer.content.decode()
        assert answer.status_code == 409
        for booking in (first, second):
            assert reverse("backoffice_booking_move", args=[booking.uuid]) in page
    assert resource_by_id(right.id).claims == right.claims


def test_longer_buffers_in_the_offers_form_list_what_has_to_move(office: Office, clerk: Client) -> None:
    make_booking(office.barn, ahead(10, 12))
    other = make_booking(office.barn, ahead(12, 14))
    url = reverse("backoffice_resource", args=[office.barn.id])
    page = clerk.get(url).context["form"]
    data = {name: page[name].value() for name in page.fields if page[name].value() not in (None, "", [])}
    data |= {"buffer_after_minutes": "0:30", "min_minutes": "0:30", "max_minutes": "24:00",
             "buffer_before_minutes": "0:00"}  # fmt: skip
    answer = clerk.post(url, data)
    assert answer.status_code == 422
    assert reverse("backoffice_booking_move", args=[other.uuid]) in answer.content.decode()
    assert resource_by_id(office.barn.id).buffer_after_minutes == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "erforderlich|Pflichtfeld|Dieses Feld"),
        ({"pieces": "0"}, "größer|mindestens"),
        ({"after": "bald"}, "Schreiben Sie Stunden und Minuten so"),
        ({"claims": []}, "mindestens einen Teil"),
        ({"new": True}, "Geben Sie dem neuen Teil einen Namen"),
    ],
    ids=["no name", "no pieces", "no time", "no part", "a new part without a name"],
)
def test_bad_drawings_come_back_with_a_sentence(
    office: Office, clerk: Client, changes: dict[str, object], sentence: str
) -> None:
    room = make_room(name="Übungsraum")
    unit = room.claims[0].unit_id
    data = _drawn(room)
    if "name" in changes:
        data[f"name_u{unit}"] = changes["name"]
    if "pieces" in changes:
        data[f"pieces_u{unit}"] = changes["pieces"]
    if "after" in changes:
        data[f"after_{room.id}"] = changes["after"]
    if "claims" in changes:
        data[f"claims_{room.id}"] = []
    if "new" in changes:
        data[f"claims_{room.id}"] = [f"u{unit}", "n1"]
    answer = clerk.post(_url(room), {**data, "step": "save"})
    assert answer.status_code == 422
    assert re.search(sentence, answer.content.decode())


def test_another_locations_clerk_does_not_draw_here(office: Office) -> None:
    client = office.client("clerk", location_ids=(office.barn.location.id,))
    assert client.get(_url(office.saal)).status_code == 404
    assert client.post(_url(office.saal), _drawn(office.saal)).status_code == 404
    assert office.client("reader").get(_url(office.saal)).status_code == 403
