"""The search for other software: the same answers as on the site, and each way to ask wrongly."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import ResourceView
from booking_core.kernel.spans import Span
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.api.conftest import ZONE, Program, at, day_ahead, fields, refused
from tests.factories.bookings import make_booking
from tests.factories.catalogue import make_hall, make_room, make_stock


def whole_day(day: date) -> dict[str, str]:
    """From 11 to 11."""
    return {"start": at(day, 11), "end": at(day, 11, days=1)}


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["results"]]


def test_a_hit_says_what_it_costs(stranger: Program, saal: ResourceView) -> None:
    day = day_ahead()
    found = stranger.read("offers/", **whole_day(day), group="private", persons=40).json()
    (row,) = found["results"]
    assert (found["count"], found["page"], found["pages"]) == (1, 1, 1)
    assert (row["resource"], row["total"], row["deposit"]) == (str(saal.uuid), "90.00", "180.00")
    assert (row["start"], row["end"]) == (at(day, 11), at(day, 11, days=1))
    assert row["reasons"] == ["Platz für 60 Personen"]


def test_a_choice_of_times(stranger: Program, saal: ResourceView) -> None:
    first = day_ahead()
    query = {"from": first.isoformat(), "to": (first + timedelta(days=13)).isoformat(), "weekday": 5, "opens": "17:00",
             "closes": "22:00", "duration_minutes": 120}  # fmt: skip
    (row,) = stranger.read("offers/", **query).json()["results"]
    saturday = first + timedelta(days=(5 - first.weekday()) % 7)
    assert row["start"] == at(saturday, 17)
    assert [one["start"] for one in row["other_times"]] == [at(saturday + timedelta(days=7), 17)]
    make_booking(saal, Span(*(_instant(saturday, hour) for hour in (17, 19))))
    assert stranger.read("offers/", **query).json()["results"][0]["start"] == at(saturday, 19)


def _instant(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE)


def test_every_filter_narrows(stranger: Program, saal: ResourceView) -> None:
    day = whole_day(day_ahead())
    room = make_room(name="Werkraum", amenities=("workbench",), accessibility=("step_free",), capacity=8)
    make_stock(120, saal.location, name="Stapelstühle")
    for query, expected in (
        ({"q": "Grosser Sal"}, ["Großer Saal"]),
        ({"kind": "device"}, ["Stapelstühle"]),
        ({"location": str(room.location.uuid)}, ["Werkraum"]),
        ({"amenity": "workbench"}, ["Werkraum"]),
        ({"accessibility": "step_free"}, ["Werkraum"]),
        ({"persons": 50, "kind": "room"}, ["Großer Saal"]),
        ({"quantity": 80}, ["Stapelstühle"]),
        ({"max_price": "90", "group": "private"}, ["Großer Saal"]),
        ({"max_price": "89.99", "group": "private"}, []),
    ):
        assert names(stranger.read("offers/", **day, **query)) == expected, query


def test_rooms_side_by_side(stranger: Program, town: Tenant) -> None:
    _whole, thirds = make_hall()
    row = stranger.read("offers/", **whole_day(day_ahead()), rooms=2, q="Teil").json()["results"][0]
    assert [row["resource"], *row["beside"]] == [str(thirds[0].uuid), str(thirds[1].uuid)]


def test_where_nothing_fits_there_is_something_else(stranger: Program, saal: ResourceView) -> None:
    day = day_ahead()
    make_booking(saal, Span(_instant(day, 11), _instant(day + timedelta(days=1), 11)))
    found = stranger.read("offers/", **whole_day(day), group="private").json()
    assert found["count"] == 0
    assert found["alternatives"][0]["start"] != at(day, 11)


def test_without_a_time_there_is_a_list(stranger: Program, saal: ResourceView) -> None:
    (row,) = stranger.read("offers/").json()["results"]
    assert (row["start"], row["total"]) == (None, None)


def test_neither_hidden_nor_anothers_are_found(tenant_b: Tenant, stranger: Program) -> None:
    make_room(is_published=False)
    make_room(audience="staff")
    with in_tenant(tenant_b):
        theirs = make_room()
    assert names(stranger.read("offers/", **whole_day(day_ahead()))) == []
    refused(stranger.read("offers/", location=str(theirs.location.uuid)), 422, "invalid-input")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"start": "2031-03-01T10:00:00+01:00"}, "end"),
        ({"start": "2031-03-01T10:00:00", "end": "2031-03-01T12:00:00"}, "start"),
        ({"start": "2031-03-01T10:00:00+01:00", "end": "2031-03-01T09:00:00+01:00"}, "end"),
        ({"from": "2031-03-01"}, "to"),
        ({"from": "2031-03-01", "to": "2031-02-01", "opens": "10:00"}, "to"),
        ({"from": "2031-03-01", "to": "2032-03-01", "opens": "10:00"}, "to"),
        ({"to": "2020-03-01", "from": "2020-01-01", "opens": "10:00"}, "to"),
        ({"from": "2031-03-01", "to": "2031-03-02"}, "duration_minutes"),
        (
            {
                "from": "2031-03-01",
                "to": "2031-03-02",
                "opens": "10:00",
                "closes": "11:00",
                "duration_minutes": 90,
            },
            "duration_minutes",
        ),
        ({"weekday": "5"}, "to"),
        ({"weekday": "7", "to": "2031-03-02"}, "weekday"),
        ({"opens": "25:00", "to": "2031-03-02"}, "opens"),
        ({"persons": "0"}, "persons"),
        ({"rooms": "6"}, "rooms"),
        ({"max_price": "-1"}, "max_price"),
        ({"amenity": "gold"}, "amenity"),
        ({"location": "here"}, "location"),
        ({"page": "0"}, "page"),
    ],
    ids=str,
)
def test_a_wrong_question_gets_a_problem(
    stranger: Program, town: Tenant, query: dict[str, str], field: str
) -> None:
    assert field in fields(refused(stranger.read("offers/", **query), 422, "invalid-input"))


def test_free_times_of_many(stranger: Program, saal: ResourceView) -> None:
    day = day_ahead()
    other = make_room(saal.location)
    make_booking(saal, Span(_instant(day, 11), _instant(day, 13)))
    rows = stranger.read("free-times/", start=at(day, 10), end=at(day, 14)).json()
    free = {row["resource"]: row["free"] for row in rows}
    assert free[str(other.uuid)] == [{"start": at(day, 10), "end": at(day, 14)}]
    assert [one["start"] for one in free[str(saal.uuid)]] == [at(day, 10), at(day, 13)]
    assert stranger.read("free-times/", start=at(day, 10), end=at(day, 14), page=2).json() == []
    problem = refused(stranger.read("free-times/", start=at(day, 10)), 422, "invalid-input")
    assert "end" in fields(problem)


def test_statements_each_by_name(program: Program, saal: ResourceView, settle: Callable[[], None]) -> None:
    day = day_ahead()
    expected = {
        "offers/": ["taken units"],
        "free-times/": ["days"],
        f"resources/{saal.uuid}/free-times/": ["days"],
    }
    for rooms in (0, 20):
        for _number in range(rooms):
            make_room(saal.location, capacity=60)
        settle()
        for path, statements in expected.items():
            program.read(path, **whole_day(day))
            with CaptureQueriesContext(connection) as taken:
                program.read(path, **whole_day(day))
            said = [
                one["sql"]
                for one in taken
                if not one["sql"].startswith("SET ") and "tenants_" not in one["sql"]
            ]
            found = [_name(sql) for sql in said]
            assert found in (statements, [*statements, "days"]), (
                "the days of alternatives where there are few hits"
            )


def _name(sql: str) -> str:
    known = {"claim.resource_id": "days", "array_agg": "taken units"}
    return next((name for words, name in known.items() if words in sql), sql)
