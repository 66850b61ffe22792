"""The OpenAPI document is valid, complete about refusals and keys, and readable by people in both languages."""

from typing import Any

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema

from booking_core.api.v1.document import openapi_document
from tests.api.conftest import PROBLEM, Program

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def document(stranger: Program) -> dict[str, Any]:
    answer = stranger.read("openapi.json")
    assert answer["Content-Type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def _operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]


def test_the_document_is_valid_and_made_without_a_warning(document: dict[str, Any]) -> None:
    validate_schema(document)
    openapi_document.cache_clear()
    with GENERATOR_STATS.silence():
        GENERATOR_STATS.reset()
        openapi_document("de")
        assert dict(GENERATOR_STATS._warn_cache) == {}
        assert dict(GENERATOR_STATS._error_cache) == {}


def test_every_operation_is_there_once(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in _operations(document)]
    assert sorted(names) == [
        "cancelBooking", "createBooking", "createQuote", "findOffers", "getBooking", "getFreeTimes", "getResource",
        "listBookings", "listFreeTimes", "listResources",
    ]  # fmt: skip


def test_every_operation_names_its_refusals_as_problems(document: dict[str, Any]) -> None:
    for name, operation in _operations(document):
        refusals = {code: answer for code, answer in operation["responses"].items() if code >= "400"}
        assert {"401", "406", "429"} <= refusals.keys(), name
        if name.startswith("post"):
            assert {"400", "413", "415", "422"} <= refusals.keys(), name
        if "{uuid}" in name:
            assert "404" in refusals, name
        if "bookings" in name:
            assert "403" in refusals, name
        for answer in refusals.values():
            assert answer["content"][PROBLEM]["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert "409" in document["paths"]["/api/v1/bookings/"]["post"]["responses"]


def test_keys_are_required_where_the_server_requires_them(document: dict[str, Any]) -> None:
    assert document["components"]["securitySchemes"]["apiKey"]["scheme"] == "bearer"
    for name, operation in _operations(document):
        is_open = {} in operation["security"]
        assert {"apiKey": []} in operation["security"], name
        assert is_open == ("bookings" not in name), name


def test_people_read_german_or_english_and_never_our_comments(stranger: Program) -> None:
    german = stranger.read("openapi.json").json()
    english = stranger.get("/api/v1/openapi.json", headers={"accept-language": "en"}).json()
    for document, words in ((german, "Buchungen auflisten"), (english, "List bookings")):
        assert document["paths"]["/api/v1/bookings/"]["get"]["summary"] == words
        for name, operation in _operations(document):
            assert operation["summary"], name
            assert operation["description"], name
    texts = str(german["components"]["schemas"])
    assert "Eine Zeitspanne" in texts
    assert "A span" not in texts


def test_the_page_for_people_leads_to_the_document(stranger: Program) -> None:
    answer = stranger.get("/api/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "/api/v1/openapi.json" in page
    assert f"curl https://{stranger.town.slug}.biletado.localhost/api/v1/resources/" in page
    assert "60 Anfragen ohne und 120 mit Schlüssel" in page
