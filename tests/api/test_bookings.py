"""Bookings by other software: placed, listed, read, cancelled, and each refusal."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import ResourceView
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.models import Booking
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.api.conftest import Program, at, booking, day_ahead, fields, make_key, priced_hall, refused, wish
from tests.factories.bookings import hours, make_booking
from tests.factories.catalogue import make_room


def _book(program: Program, body: dict[str, object], key: str = "erste") -> Any:
    return program.send("bookings/", body, idempotency_key=key)


def test_a_booking_is_placed_and_its_mail_waits(program: Program, saal: ResourceView) -> None:
    answer = _book(program, booking(saal))
    assert answer.status_code == 201
    made = answer.json()
    day = day_ahead()
    item = {"resource": saal.slug, "start": at(day, 11), "end": at(day, 11, days=1), "quantity": 1}
    assert made["items"] == [item | {"date": "", "attendance": ""}]  # the last two speak of dates of a series
    assert (made["state"], made["total"], made["deposit"]) == ("requested", "90.00", "180.00")
    stored = Booking.objects.get(uuid=made["uuid"])
    assert (stored.source, stored.contact_email) == ("api", "erika@example.org")
    assert stored.events.get().actor_label == "Schnittstelle: Vereinssoftware"
    assert OutboxMessage.objects.filter(recipient="erika@example.org").exists()
    assert program.read(f"bookings/{made['uuid']}/").json() == made
    assert "erika" not in answer.content.decode().lower()


def test_a_town_may_confirm_at_once(tenant_a: Tenant) -> None:
    tenant_a.auto_confirm = True
    tenant_a.save()
    with in_tenant(tenant_a):
        room = priced_hall()
        answer = _book(Program(tenant_a, make_key()), booking(room))
        assert answer.status_code == 201
        assert answer.json()["state"] in {"confirmed", "requested"}


def test_a_taken_slot_is_a_conflict(program: Program, saal: ResourceView) -> None:
    assert _book(program, booking(saal)).status_code == 201
    problem = refused(_book(program, booking(saal), "zweite"), 409, "taken")
    assert problem["detail"].endswith(".")
    assert Booking.objects.count() == 1
    day = day_ahead()
    later = wish(saal, spans=[{"start": at(day, 11, days=1), "end": at(day, 11, days=2)}])
    assert _book(program, booking(saal, wish=later), "dritte").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 121, "mit leer", "schlüssel", "a\x00b"])
def test_without_a_usable_idempotency_key_nothing_is_booked(
    program: Program, saal: ResourceView, key: str
) -> None:
    problem = refused(_book(program, booking(saal), key), 422, "invalid-input")
    assert "Idempotency-Key" in fields(problem)
    assert not Booking.objects.exists()


def test_a_repeated_request_gets_the_first_answer(program: Program, saal: ResourceView) -> None:
    first = _book(program, booking(saal))
    again = _book(program, booking(saal))
    assert (again.status_code, again.json()) == (201, first.json())
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Booking.objects.count() == 1


def test_the_same_key_for_another_body_is_refused(program: Program, saal: ResourceView) -> None:
    _book(program, booking(saal))
    problem = refused(_book(program, booking(saal, title="Anders")), 422, "idempotency-key-reused")
    assert "Idempotency-Key" in fields(problem)
    assert Booking.objects.count() == 1


def test_two_programs_may_use_the_same_name(town: Tenant, program: Program, saal: ResourceView) -> None:
    _book(program, booking(saal))
    refused(_book(Program(town, make_key()), booking(saal)), 409, "taken")


def test_a_refused_request_may_try_again_with_its_key(program: Program, saal: ResourceView) -> None:
    blocker = _book(program, booking(saal)).json()
    refused(_book(program, booking(saal), "zweite"), 409, "taken")
    assert program.send(f"bookings/{blocker['uuid']}/cancel/", {}).status_code == 200
    assert _book(program, booking(saal), "zweite").status_code == 201


def test_the_past_is_refused(program: Program, saal: ResourceView) -> None:
    past = wish(saal, spans=[{"start": "2020-01-01T11:00:00Z", "end": "2020-01-01T13:00:00Z"}])
    refused(_book(program, booking(saal, wish=past)), 422, "in-the-past")


def test_rooms_for_residents_are_refused(program: Program, town: Tenant) -> None:
    room = make_room(audience="residents")
    body = booking(room, wish=wish(room, group="", purpose=""))
    assert refused(_book(program, body), 403, "not-in-audience")["audience"] == "residents"


def test_house_rules_must_be_accepted(program: Program, town: Tenant) -> None:
    room = make_room(house_rules="Bitte besenrein verlassen.")
    assert program.read(f"resources/{room.uuid}/").json()["house_rules"] == "Bitte besenrein verlassen."
    body = booking(room, wish=wish(room, group="", purpose=""))
    problem = refused(_book(program, body), 422, "house-rules-not-accepted")
    assert "house_rules_accepted" in fields(problem)
    assert _book(program, {**body, "house_rules_accepted": True}).status_code == 201


def test_cancelling_gives_the_time_back_and_twice_is_refused(program: Program, saal: ResourceView) -> None:
    made = _book(program, booking(saal)).json()
    answer = program.send(f"bookings/{made['uuid']}/cancel/", {"reason": "verschoben"})
    assert answer.status_code == 200
    assert answer.json()["state"] == "cancelled"
    assert answer.json()["version"] > made["version"]
    refused(program.send(f"bookings/{made['uuid']}/cancel/", {}), 409, "wrong-state")
    assert _book(program, booking(saal), "neu").status_code == 201


def test_unknown_bookings_are_not_there(program: Program) -> None:
    refused(program.read(f"bookings/{uuid4()}/"), 404, "not-found")
    refused(program.send(f"bookings/{uuid4()}/cancel/", {}), 404, "not-found")


def test_another_towns_booking_is_not_there(tenant_b: Tenant, tenant_a: Tenant) -> None:
    with in_tenant(tenant_b):
        theirs = make_booking(make_room(), hours(10, 12)).uuid
    with in_tenant(tenant_a):
        program = Program(tenant_a, make_key())
        refused(program.read(f"bookings/{theirs}/"), 404, "not-found")
        refused(program.send(f"bookings/{theirs}/cancel/", {}), 404, "not-found")
        assert program.read("bookings/").json()["count"] == 0


# --- The list ------------------------------------------------------------------------------------


@pytest.fixture
def three(program: Program, town: Tenant) -> list[dict[str, Any]]:
    """Bookings on three days; the second one in another room, the third one cancelled."""
    rooms = [make_room(), make_room()]
    made = []
    for number, room in enumerate([rooms[0], rooms[1], rooms[0]]):
        day = day_ahead(50 + number)
        span = {"start": at(day, 10), "end": at(day, 12)}
        body = booking(room, wish=wish(room, spans=[span], group="", purpose=""), title=f"Nummer {number}")
        made.append({**_book(program, body, f"k{number}").json(), "day": day, "room": room})
    program.send(f"bookings/{made[2]['uuid']}/cancel/", {})
    return made


def _titles(program: Program, **query: Any) -> list[str]:
    return [row["title"] for row in program.read("bookings/", **query).json()["results"]]


def test_bookings_are_listed_by_use(program: Program, three: list[dict[str, Any]]) -> None:
    page = program.read("bookings/").json()
    assert (page["count"], page["page"], page["pages"]) == (3, 1, 1)
    assert [row["title"] for row in page["results"]] == ["Nummer 0", "Nummer 1", "Nummer 2"]
    first = page["results"][0]
    assert first["start"] == three[0]["items"][0]["start"]
    assert first["resource_names"] == [three[0]["room"].name]


def test_the_list_is_cut_by_day_state_and_resource(program: Program, three: list[dict[str, Any]]) -> None:
    days: list[date] = [row["day"] for row in three]
    assert _titles(program, **{"from": days[1].isoformat()}) == ["Nummer 1", "Nummer 2"]
    assert _titles(program, to=days[1].isoformat()) == ["Nummer 0", "Nummer 1"]
    assert _titles(program, **{"from": days[1].isoformat(), "to": days[1].isoformat()}) == ["Nummer 1"]
    assert _titles(program, state="cancelled") == ["Nummer 2"]
    assert _titles(program, state=["cancelled", "requested"]) == ["Nummer 0", "Nummer 1", "Nummer 2"]
    assert _titles(program, resource=str(three[1]["room"].uuid)) == ["Nummer 1"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        pytest.param({"from": "gestern"}, "from", id="word"),
        pytest.param({"from": "9999-12-31"}, "from", id="year 9999"),
        pytest.param({"to": ""}, "to", id="empty"),
        pytest.param({"to": "0001-01-01"}, "to", id="year 1"),
        pytest.param({"from": "2026-02-02", "to": "2026-02-01"}, "to", id="backwards"),
        pytest.param({"state": "vielleicht"}, "state", id="unknown state"),
        pytest.param({"page": "0"}, "page", id="page 0"),
        pytest.param({"page": "9" * 30}, "page", id="page far out"),
        pytest.param({"page": "zwei"}, "page", id="page in words"),
        pytest.param({"resource": "saal"}, "resource", id="no uuid"),
    ],
)
def test_wrong_filters_are_refused_beside_their_field(
    program: Program, query: dict[str, str], field: str
) -> None:
    assert field in fields(refused(program.read("bookings/", **query), 422, "invalid-input"))


def test_a_page_past_the_end_is_empty(program: Program, three: list[dict[str, Any]]) -> None:
    assert program.read("bookings/", page=2).json()["results"] == []


def test_the_number_of_statements_does_not_grow_with_the_bookings(program: Program, town: Tenant) -> None:
    room = make_room()
    make_booking(room, hours(0, 1))
    program.read("bookings/")
    with CaptureQueriesContext(connection) as few:
        assert len(program.read("bookings/").json()["results"]) == 1
    for hour in range(1, 20):
        make_booking(room, hours(hour, hour + 1))
    with CaptureQueriesContext(connection) as many:
        assert len(program.read("bookings/").json()["results"]) == 20
    assert len(many) == len(few)


def test_long_lists_come_in_pages(program: Program, town: Tenant) -> None:
    room = make_room()
    for number in range(51):
        make_booking(room, hours(number, number + 1))
    first, second = program.read("bookings/").json(), program.read("bookings/", page=2).json()
    assert (first["count"], first["pages"], len(first["results"]), len(second["results"])) == (51, 2, 50, 1)
    assert {row["uuid"] for row in first["results"]} & {row["uuid"] for row in second["results"]} == set()
