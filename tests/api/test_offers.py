"""Offers, free times and prices: what strangers may read, and each way to ask wrongly."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import ResourceView
from booking_core.kernel.spans import Span
from booking_core.reservations.models import Booking, Hold
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.api.conftest import ZONE, Program, at, day_ahead, fields, refused, wish
from tests.factories.bookings import make_booking
from tests.factories.catalogue import make_room


def test_resources_are_listed_with_what_a_program_needs(stranger: Program, saal: ResourceView) -> None:
    (row,) = stranger.read("resources/").json()
    assert row["uuid"] == str(saal.uuid)
    assert row["name"] == "Großer Saal"
    assert row["location"]["name"] == "Uns Dörpshus"
    assert row["capacity"] == 60
    assert "id" not in row
    assert stranger.read(f"resources/{saal.uuid}/").json() == row


def test_unpublished_and_internal_resources_are_not_there(stranger: Program, town: Tenant) -> None:
    hidden = [make_room(is_published=False), make_room(audience="staff")]
    assert stranger.read("resources/").json() == []
    for room in hidden:
        refused(stranger.read(f"resources/{room.uuid}/"), 404, "not-found")


def test_another_towns_resource_is_not_there(tenant_b: Tenant, stranger: Program) -> None:
    with in_tenant(tenant_b):
        theirs = make_room()
    refused(stranger.read(f"resources/{theirs.uuid}/"), 404, "not-found")
    assert stranger.read("resources/").json() == []


def test_the_number_of_statements_does_not_grow_with_the_resources(stranger: Program, town: Tenant) -> None:
    make_room()
    stranger.read("resources/")
    with CaptureQueriesContext(connection) as few:
        assert len(stranger.read("resources/").json()) == 1
    for _ in range(19):
        make_room()
    with CaptureQueriesContext(connection) as many:
        assert len(stranger.read("resources/").json()) == 20
    assert len(many) == len(few)


def test_free_times_leave_out_what_is_booked_and_speak_the_towns_offset(
    stranger: Program, saal: ResourceView
) -> None:
    day = day_ahead()
    make_booking(saal, Span(datetime.fromisoformat(at(day, 10)), datetime.fromisoformat(at(day, 14))))
    answer = stranger.read(f"resources/{saal.uuid}/free-times/", start=at(day, 8), end=at(day, 20)).json()
    assert answer == {
        "resource": str(saal.uuid),
        "free": [
            {"start": at(day, 8), "end": at(day, 10)},
            {"start": at(day, 14), "end": at(day, 20)},
        ],
    }


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        pytest.param({}, "start", "erforderlich", id="nothing asked"),
        pytest.param({"start": "heute", "end": "morgen"}, "start", "kein Zeitpunkt", id="words"),
        pytest.param(
            {"start": "2026-09-12T10:00:00", "end": "2026-09-12T12:00:00"}, "start", "UTC", id="naive"
        ),
        pytest.param(
            {"start": "2027-03-28T02:30:00", "end": "2027-03-28T04:00:00"}, "start", "UTC", id="skipped hour"
        ),
        pytest.param(
            {"start": "9999-12-31T23:00:00Z", "end": "9999-12-31T23:30:00Z"}, "start", "2100", id="year 9999"
        ),
        pytest.param(
            {"start": "0001-01-01T00:00:00+14:00", "end": "0001-01-02T00:00:00Z"},
            "start",
            "2100",
            id="year 1",
        ),
        pytest.param(
            {"start": "2026-09-12T10:00:00Z", "end": "2026-09-12T10:00:00Z"},
            "end",
            "nach dem Anfang",
            id="empty",
        ),
        pytest.param(
            {"start": "2026-09-12T10:00:00Z", "end": "2026-11-20T10:00:00Z"}, "end", "62 Tage", id="too long"
        ),
        pytest.param({"start": "2026-09-12", "end": "2026-09-13"}, "start", "UTC", id="only a day"),
    ],
)
def test_wrong_spans_are_refused_beside_their_field(
    stranger: Program, saal: ResourceView, query: dict[str, str], field: str, words: str
) -> None:
    problem = refused(stranger.read(f"resources/{saal.uuid}/free-times/", **query), 422, "invalid-input")
    assert words in fields(problem)[field]


def test_free_times_around_both_clock_changes_are_unambiguous(stranger: Program, saal: ResourceView) -> None:
    """One night lacks an hour, the other has one twice; a span of the whole night is one stretch of real hours."""
    for start, end in (
        ("2027-03-28T00:00:00+01:00", "2027-03-28T06:00:00+02:00"),
        ("2027-10-31T00:00:00+02:00", "2027-10-31T06:00:00+01:00"),
    ):
        (free,) = stranger.read(f"resources/{saal.uuid}/free-times/", start=start, end=end).json()["free"]
        assert datetime.fromisoformat(free["start"]) == datetime.fromisoformat(start)
        assert datetime.fromisoformat(free["end"]) == datetime.fromisoformat(end)
        assert datetime.fromisoformat(free["start"]).astimezone(ZONE).hour == 0


def test_a_price_comes_with_its_paragraphs_and_keeps_nothing(stranger: Program, saal: ResourceView) -> None:
    answer = stranger.send("quotes/", wish(saal))
    assert answer.status_code == 200
    quote = answer.json()
    assert (quote["total"], quote["deposit"], quote["currency"]) == ("90.00", "180.00", "EUR")
    assert all(line["paragraph"] for line in quote["lines"])
    assert sum(float(line["amount"]) for line in quote["lines"] if not line["after_use"]) >= 90
    assert not Booking.objects.exists()
    assert not Hold.objects.exists()


def test_a_price_in_english(stranger: Program, saal: ResourceView) -> None:
    german = stranger.send("quotes/", wish(saal)).json()
    english = stranger.send("quotes/", wish(saal), accept_language="en").json()
    assert english["total"] == german["total"]
    assert [line["explanation"] for line in english["lines"]] != [
        line["explanation"] for line in german["lines"]
    ]


def test_without_an_ordinance_nothing_is_priced(stranger: Program, town: Tenant) -> None:
    quote = stranger.send("quotes/", wish(make_room(), group="", purpose="")).json()
    assert quote["outcome"] == "needs_decision"
    assert quote["total"] is None


def test_unknown_groups_are_refused_beside_their_field(stranger: Program, saal: ResourceView) -> None:
    problem = refused(stranger.send("quotes/", wish(saal, group="adel")), 422, "invalid-input")
    assert "adel" in fields(problem)["group"]


def test_unknown_resources_are_refused_beside_their_field(stranger: Program, saal: ResourceView) -> None:
    unknown = str(uuid4())
    problem = refused(stranger.send("quotes/", wish(saal, resources=[unknown])), 422, "invalid-input")
    assert unknown in fields(problem)["resources"]


def test_a_resource_twice_is_refused(stranger: Program, saal: ResourceView) -> None:
    problem = refused(
        stranger.send("quotes/", wish(saal, resources=[str(saal.uuid)] * 2)), 422, "invalid-input"
    )
    assert "nur einmal" in fields(problem)["resources"]


def test_instants_of_any_offset_mean_the_same(stranger: Program, saal: ResourceView) -> None:
    day = day_ahead()
    local = [datetime.fromisoformat(at(day, 11)), datetime.fromisoformat(at(day, 11, days=1))]
    in_utc = [{"start": local[0].astimezone(UTC).isoformat(), "end": local[1].astimezone(UTC).isoformat()}]
    assert stranger.send("quotes/", wish(saal, spans=in_utc)).json()["total"] == "90.00"
