"""Places and what can be booked there: forms, hours, photos, parts, tariffs, closures."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from booking_core.catalog.contracts import HoursView
from booking_core.catalog.queries import locations, own_opening_rules, published_resources, resource_by_id
from booking_core.reservations.models import Occupancy
from booking_core.reservations.queries import closures
from tests.factories.catalogue import make_hall, make_room
from tests.statements import asked
from tests.web.backoffice.conftest import Office, day_span


def _resource_form(office: Office, **changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "location_id": office.saal.location.id, "name": "Kaminzimmer", "kind": "room", "capacity": "20", "pieces": "1",
        "amenities": ["kitchen"], "accessibility": ["step_free"], "audience": "public", "grid_minutes": "30",
        "min_minutes": "0:30", "max_minutes": "24:00", "buffer_before_minutes": "0", "buffer_after_minutes": "0:15",
        "is_published": "on",
    }  # fmt: skip
    return {**facts, **changes}


def test_a_resource_is_made_and_changed(office: Office, clerk: Client) -> None:
    answer = clerk.post(reverse("backoffice_resource_new"), _resource_form(office))
    made = next(one for one in published_resources() if one.name == "Kaminzimmer")
    assert answer["Location"] == reverse("backoffice_resource", args=[made.id])
    assert (made.min_minutes, made.buffer_after_minutes, made.amenities) == (30, 15, ("kitchen",))
    form = clerk.get(answer["Location"]).context["form"]
    assert form["min_minutes"].value() == "0:30"
    clerk.post(answer["Location"], _resource_form(office, name="Kaminraum"))
    after = resource_by_id(made.id)
    assert (after.name, after.slug, after.is_published) == ("Kaminraum", made.slug, True)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"min_minutes": "bald"}, "min_minutes"),
        ({"min_minutes": "5:00", "max_minutes": "4:00"}, "min_minutes"),
        ({"buffer_after_minutes": "30:00"}, "buffer_after_minutes"),
        ({"pieces": "0"}, "pieces"),
        ({"amenities": ["helipad"]}, "amenities"),
    ],
    ids=["no name", "no duration", "shortest after longest", "long buffer", "no pieces", "unknown amenity"],
)
def test_a_faulty_resource_stays_in_the_form(
    office: Office, clerk: Client, changes: dict[str, object], field: str
) -> None:
    answer = clerk.post(reverse("backoffice_resource_new"), _resource_form(office, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Kaminzimmer" not in [one.name for one in published_resources(include_unpublished=True)]


def test_a_location_is_made_and_hidden(office: Office, clerk: Client) -> None:
    clerk.post(
        reverse("backoffice_location_new"),
        {"name": "Bürgerhaus", "postal_code": "24794", "city": "Musterdorf"},
    )
    place = next(one for one in locations(include_unpublished=True) if one.name == "Bürgerhaus")
    assert place.is_published is False
    answer = clerk.post(
        reverse("backoffice_location", args=[place.id]), {"name": "Bürgerhaus", "postal_code": "247"}
    )
    assert answer.status_code == 422


def test_a_limited_clerk_edits_only_the_own_location(office: Office) -> None:
    limited = office.client("clerk", location_ids=(office.saal.location.id,))
    listing = limited.get(reverse("backoffice_catalogue")).context["places"]
    assert [place.name for place in listing] == ["Uns Dörpshus"]
    assert limited.get(reverse("backoffice_location_new")).status_code == 403
    for name in ("resource", "resource_hours", "resource_photos", "resource_parts", "resource_tariff"):
        assert limited.get(reverse(f"backoffice_{name}", args=[office.barn.id])).status_code == 404, name
    for name in ("location", "location_hours", "location_photos"):
        assert (
            limited.get(reverse(f"backoffice_{name}", args=[office.barn.location.id])).status_code == 404
        ), name
    elsewhere = _resource_form(office, location_id=office.barn.location.id)
    assert limited.post(reverse("backoffice_resource_new"), elsewhere).status_code == 422


def test_readers_see_the_list_but_no_form(office: Office) -> None:
    reader = office.client("reader")
    assert "Großer Saal" in reader.get(reverse("backoffice_catalogue")).content.decode()
    assert reader.post(reverse("backoffice_resource", args=[office.saal.id]), {}).status_code == 403


def test_the_catalogue_takes_as_many_statements_for_twenty_as_for_two(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_catalogue")
    clerk.get(url)
    with CaptureQueriesContext(connection) as few:
        clerk.get(url)
    for _number in range(18):
        make_room()
    with CaptureQueriesContext(connection) as many:
        clerk.get(url)
    assert asked(few) == asked(many)


def test_hours_are_saved_and_copied(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_location_hours", args=[office.saal.location.id])
    typed = {"form": "week", "opens_0_0": "08:00", "closes_0_0": "12:00", "opens_0_1": "14:00", "closes_0_1": "00:00",
             "copy_from": "0", "copy_to": ["1", "2"]}  # fmt: skip
    assert clerk.post(url, typed).status_code == 302
    expected = [HoursView(day, *row) for day in (0, 1, 2) for row in ((480, 720), (840, 1440))]
    assert list(own_opening_rules(location_id=office.saal.location.id).weekly) == expected
    assert clerk.get(url).context["week"].initial["opens_2_1"].hour == 14


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"opens_0_0": "08:00"}, "closes_0_0"),
        ({"opens_0_0": "12:00", "closes_0_0": "08:00"}, "closes_0_0"),
        (
            {"opens_0_0": "08:00", "closes_0_0": "12:00", "opens_0_1": "11:00", "closes_0_1": "13:00"},
            "__all__",
        ),
    ],
    ids=["half a row", "backwards", "overlap"],
)
def test_faulty_hours_are_refused(office: Office, clerk: Client, typed: dict[str, str], field: str) -> None:
    url = reverse("backoffice_resource_hours", args=[office.saal.id])
    answer = clerk.post(url, {"form": "week", **typed})
    assert answer.status_code == 422
    assert field in answer.context["week"].errors
    assert own_opening_rules(resource_id=office.saal.id).weekly == ()


def test_special_days_come_and_go(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_resource_hours", args=[office.saal.id])
    clerk.post(url, {"form": "day", "reason": "Ferien", "first_on": "2027-07-01", "last_on": "2027-07-14"})
    (day,) = own_opening_rules(resource_id=office.saal.id).special
    assert (day.reason, day.opens_minutes) == ("Ferien", None)
    elsewhere = reverse("backoffice_resource_special_day_delete", args=[office.barn.id])
    assert clerk.post(elsewhere, {"day": day.id}).status_code == 404
    clerk.post(reverse("backoffice_resource_special_day_delete", args=[office.saal.id]), {"day": day.id})
    assert own_opening_rules(resource_id=office.saal.id).special == ()


def _picture(name: str = "saal.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (600, 400), "navy").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def test_a_photo_needs_a_description(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_resource_photos", args=[office.saal.id])
    assert clerk.post(url, {"picture": _picture(), "alt": " "}).status_code == 422
    assert (
        clerk.post(url, {"picture": SimpleUploadedFile("x.png", b"kein Bild"), "alt": "Saal"}).status_code
        == 422
    )
    assert resource_by_id(office.saal.id).photos == ()


def test_photos_are_ordered_described_and_deleted(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_resource_photos", args=[office.saal.id])
    change = reverse("backoffice_resource_photo_change", args=[office.saal.id])
    for alt in ("Bühne", "Küche"):
        assert clerk.post(url, {"picture": _picture(), "alt": alt}).status_code == 302
    kitchen = resource_by_id(office.saal.id).photos[1]
    clerk.post(change, {"photo": kitchen.uuid, "step": "forward"})
    clerk.post(change, {"photo": kitchen.uuid, "step": "describe", "alt": "Küche mit Durchreiche"})
    assert [photo.alt for photo in resource_by_id(office.saal.id).photos] == [
        "Küche mit Durchreiche",
        "Bühne",
    ]
    foreign = reverse("backoffice_resource_photo_change", args=[office.barn.id])
    assert clerk.post(foreign, {"photo": kitchen.uuid, "step": "delete"}).status_code == 404
    clerk.post(change, {"photo": kitchen.uuid, "step": "delete"})
    assert [photo.alt for photo in resource_by_id(office.saal.id).photos] == ["Bühne"]


def test_a_hall_is_divided_once(office: Office, clerk: Client) -> None:
    hall = make_room(office.saal.location, name="Halle", kind="hall")
    url = reverse("backoffice_resource_parts", args=[hall.id])
    assert clerk.post(url, {"step": "divide", "part_names": "Nord"}).status_code == 422
    assert clerk.post(url, {"step": "divide", "part_names": "Nord\n\nSüd\n"}).status_code == 302
    shown = clerk.get(url).context
    assert shown["divide"] is None
    assert [row.label for row in shown["drawing"].rows] == ["Halle", "Nord", "Süd"]


def test_who_booked_a_hall_keeps_it_whole_when_it_is_divided(office: Office, clerk: Client) -> None:
    booking = office.book(office.barn)
    url = reverse("backoffice_resource_parts", args=[office.barn.id])
    assert clerk.post(url, {"step": "divide", "part_names": "Nord\nSüd"}).status_code == 302
    assert len(resource_by_id(office.barn.id).claims) == 2
    assert Occupancy.objects.filter(item__booking_id=booking.id).count() == 2


def test_a_tariff_is_bound(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_resource_tariff", args=[office.barn.id])
    entries = [code for code, _label in clerk.get(url).context["form"].fields["codes"].choices]
    entry = next(code for code in entries if code.endswith(":schuetzenraum"))
    assert clerk.post(url, {"codes": [entry]}).status_code == 302
    assert resource_by_id(office.barn.id).tariff_codes == ("schuetzenraum",)
    assert clerk.post(url, {"csrfmiddlewaretoken": "x"}).status_code == 422


def _closure(place: str, days: int, **changes: object) -> dict[str, object]:
    day = (day_span(days).start + timedelta(hours=1)).date()
    return {"places": [place], "reason": "Bodenpflege", "start_on_0": day, "start_time_0": "08:00", "end_on_0": day,
            "end_time_0": "18:00", **changes}  # fmt: skip


def test_caretakers_close_and_lift(office: Office) -> None:
    caretaker = office.client("caretaker")
    caretaker.post(reverse("backoffice_closure_new"), _closure(f"l{office.barn.location.id}", 4))
    (closure,) = closures()
    assert (closure.resource_id, closure.location_id) == (None, office.barn.location.id)
    lift = reverse("backoffice_closure_lift", args=[closure.uuid])
    assert caretaker.get(lift).status_code == 200
    assert len(closures()) == 1
    caretaker.post(lift)
    assert closures() == ()


def test_a_limited_caretaker_closes_nothing_elsewhere(office: Office, clerk: Client) -> None:
    clerk.post(reverse("backoffice_closure_new"), _closure(f"r{office.barn.id}", 4))
    (closure,) = closures()
    limited = office.client("caretaker", location_ids=(office.saal.location.id,))
    refused = limited.post(reverse("backoffice_closure_new"), _closure(f"r{office.barn.id}", 9))
    assert "places" in refused.context["form"].errors
    assert limited.post(reverse("backoffice_closure_lift", args=[closure.uuid])).status_code == 404
    assert len(closures()) == 1


def test_a_closure_needs_times_in_order(office: Office, clerk: Client) -> None:
    answer = clerk.post(
        reverse("backoffice_closure_new"), _closure(f"r{office.saal.id}", 0, end_time_0="07:00")
    )
    assert answer.status_code == 422
    assert closures() == ()


def test_today_shows_uses_and_handovers(office: Office, clerk: Client) -> None:
    booking = office.book()
    clerk.post(reverse("backoffice_confirm", args=[booking.uuid]), {"expected_version": booking.version})
    shown = office.client("caretaker").get(reverse("backoffice_today") + "?tag=2027-01-09").context
    assert [one.what for one in shown["handovers"]] == ["Übergabe"]
    assert shown["handovers"][0].phone == "0431 123456"
    assert shown["handovers"][0].warning.startswith("Kaution fehlt: ")
    assert len(shown["uses"].rows) == 1
    limited = office.client("caretaker", location_ids=(office.barn.location.id,))
    elsewhere = limited.get(reverse("backoffice_today") + "?tag=2027-01-09").context
    assert (elsewhere["handovers"], list(elsewhere["uses"].rows)) == ([], [])


@pytest.mark.parametrize("text", ["morgen", "2027-13-40", "1000-01-01", "9999-12-31"])
def test_an_odd_day_is_today(office: Office, clerk: Client, text: str) -> None:
    shown = clerk.get(reverse("backoffice_today") + f"?tag={text}")
    assert shown.status_code == 200
    assert shown.context["title"] == "Heute"


def test_what_waits_is_counted(office: Office, clerk: Client) -> None:
    office.book(now=datetime.now(UTC) - timedelta(days=3))
    booking = office.book(days=3)
    clerk.post(reverse("backoffice_ask", args=[booking.uuid]), {"text": "Wie viele?"})
    waiting = clerk.get(reverse("backoffice_today")).context["waiting"]
    assert (waiting.requests, waiting.questions) == ("2 offene Anfragen", "1 Rückfrage ohne Antwort")
    assert waiting.oldest == "längste Wartezeit: 3 Tage"


def test_the_parts_of_a_hall_stand_on_the_day_of_the_whole(office: Office, clerk: Client) -> None:
    whole, parts = make_hall(2)
    labels = [strip.label for strip in clerk.get(reverse("backoffice_today")).context["strips"]]
    assert {whole.name, *(part.name for part in parts)} <= set(labels)
