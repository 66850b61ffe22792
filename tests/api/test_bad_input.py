"""Whatever is sent, the answer is a refusal with a sentence, never a fault of ours."""

import json
from typing import Any

import pytest

from booking_core.api.parsers import MOST_BYTES
from booking_core.catalog.contracts import ResourceView
from booking_core.reservations.models import Booking
from tests.api.conftest import Program, booking, fields, refused, wish

BROKEN = [
    pytest.param(b"{", id="unfinished"),
    pytest.param(b"\xff\xfe{}", id="not UTF-8"),
    pytest.param(b"[" * 100_000, id="nested beyond all depth"),
    pytest.param(b'{"persons": ' + b"9" * 5000 + b"}", id="a number of 5000 digits"),
    pytest.param(b'{"persons": NaN}', id="NaN"),
    pytest.param(b'{"persons": Infinity}', id="Infinity"),
]


@pytest.mark.parametrize("body", BROKEN)
def test_what_is_no_json_is_told(stranger: Program, body: bytes) -> None:
    refused(stranger.post("/api/v1/quotes/", body, "application/json"), 400, "parse-error")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"7", b""])
def test_what_is_no_object_is_told(stranger: Program, body: bytes) -> None:
    answer = stranger.post("/api/v1/quotes/", body, "application/json")
    assert answer.status_code in {400, 422}
    refused(answer, answer.status_code, json.loads(answer.content)["code"])


def test_a_huge_body_is_not_read_to_its_end(stranger: Program) -> None:
    answer = stranger.post("/api/v1/quotes/", b" " * (MOST_BYTES + 1), "application/json")
    refused(answer, 413, "body-too-large")


def test_a_form_is_not_json(stranger: Program) -> None:
    refused(stranger.post("/api/v1/quotes/", {"persons": "3"}), 415, "unsupported-media-type")


def test_only_json_can_be_answered(stranger: Program) -> None:
    refused(stranger.get("/api/v1/resources/", headers={"accept": "image/png"}), 406, "not-acceptable")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(stranger: Program, method: str) -> None:
    answer = getattr(stranger, method)("/api/v1/quotes/")
    refused(answer, 405, "method-not-allowed")
    assert "POST" in answer["Allow"]


@pytest.mark.parametrize("path", ["", "nichts/", "resources/keine-uuid/", "resources", "bookings/1/cancel/"])
def test_addresses_that_are_none_are_told_as_problems(stranger: Program, path: str) -> None:
    refused(stranger.read(path), 404, "not-found")
    refused(stranger.send(path, {}), 404, "not-found")


WRONG: list[Any] = [
    pytest.param({"persons": 10**12}, "persons", id="huge number"),
    pytest.param({"persons": -1}, "persons", id="negative number"),
    pytest.param({"quantity": 0}, "quantity", id="no pieces"),
    pytest.param({"group": "a\x00b"}, "group", id="NUL"),
    pytest.param({"group": "\ud800"}, "group", id="half a surrogate"),
    pytest.param({"group": "x" * 61}, "group", id="too long"),
    pytest.param({"group": ["a"]}, "group", id="list for text"),
    pytest.param({"resources": []}, "resources", id="no resource"),
    pytest.param({"resources": ["1; drop table"]}, "resources[0]", id="no uuid"),
    pytest.param({"resources": "all"}, "resources", id="text for list"),
    pytest.param({"spans": []}, "spans", id="no span"),
    pytest.param({"spans": [{}]}, "spans[0].start", id="span without start"),
    pytest.param({"spans": ["2026"]}, "spans[0]", id="text for span"),
    pytest.param(
        {"spans": [{"start": "2026-09-12T10:00:00", "end": "2026-09-12T12:00:00"}]},
        "spans[0].start",
        id="naive",
    ),
    pytest.param(
        {"spans": [{"start": "2026-09-12T10:00:00Z", "end": "2028-09-12T12:00:00Z"}]},
        "spans[0].end",
        id="2 years",
    ),
    pytest.param({"spans": [{"start": 5, "end": 6}]}, "spans[0].start", id="numbers for instants"),
    pytest.param({"extras": {"kueche": "NaN"}}, "extras.kueche", id="extra NaN"),
    pytest.param({"extras": {"kueche": -1}}, "extras.kueche", id="negative extra"),
    pytest.param({"extras": {"kueche": "1e999999"}}, "extras.kueche", id="astronomic extra"),
    pytest.param({"extras": {"a\x00": 1}}, "extras", id="NUL in a name"),
    pytest.param({"extras": {"gibt_es_nicht": 1}}, "extras", id="unknown extra"),
    pytest.param({"facts": {"\ud800": "x"}}, "facts", id="surrogate in a name"),
    pytest.param({"facts": {"x": {"y": 1}}}, "facts.x", id="object for answer"),
    pytest.param({"facts": {"x": ["a\x00"]}}, "facts.x[0]", id="NUL in a choice"),
    pytest.param({"facts": {f"f{n}": "x" for n in range(101)}}, "facts", id="too many answers"),
    pytest.param({"facts": {"gibt_es_nicht": "x"}}, "facts", id="unknown question"),
]


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_wrong_wishes_are_refused_beside_their_field(
    stranger: Program, saal: ResourceView, change: dict[str, object], field: str
) -> None:
    problem = refused(stranger.send("quotes/", wish(saal, **change)), 422, "invalid-input")
    assert field in fields(problem)
    assert fields(problem)[field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"title": ""}, "title", id="no title"),
        pytest.param({"title": "x" * 121}, "title", id="long title"),
        pytest.param({"title": "a\x00"}, "title", id="NUL"),
        pytest.param({"contact": {"name": "", "email": "e@example.org"}}, "contact.name", id="no name"),
        pytest.param({"contact": {"name": "E", "email": "keine"}}, "contact.email", id="no address"),
        pytest.param({"contact": None}, "contact", id="no contact"),
        pytest.param({"wish": {}}, "wish.resources", id="empty wish"),
        pytest.param({"language": "fr"}, "language", id="unknown language"),
        pytest.param({"house_rules_accepted": "vielleicht"}, "house_rules_accepted", id="maybe"),
    ],
)
def test_wrong_bookings_are_refused_beside_their_field(
    program: Program, saal: ResourceView, change: dict[str, object], field: str
) -> None:
    answer = program.send("bookings/", booking(saal, **change), idempotency_key="k")
    problem = refused(answer, 422, "invalid-input")
    assert field in fields(problem)
    assert not Booking.objects.exists()


def test_refusals_speak_english_when_asked(stranger: Program, saal: ResourceView) -> None:
    german = refused(stranger.send("quotes/", wish(saal, persons=0)), 422, "invalid-input")
    english = refused(
        stranger.send("quotes/", wish(saal, persons=0), accept_language="en"), 422, "invalid-input"
    )
    assert german["detail"] == "Die Angaben sind nicht vollständig oder nicht richtig."
    assert english["detail"] == "The details are incomplete or wrong."
    assert english["title"] != german["title"]
