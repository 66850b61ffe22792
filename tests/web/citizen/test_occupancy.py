"""The public plan of a location: what it shows, what it keeps to itself, and how little it asks the database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking_core.catalog.contracts import LocationView
from booking_core.kernel.spans import Span
from booking_core.reservations.drafts import DetailsData
from booking_core.reservations.services.bookings import change_details, transition
from booking_core.reservations.services.closures import close
from tests.factories.bookings import ERIKA, GUEST, NOW, make_booking
from tests.factories.catalogue import CLERK, make_hall, make_location, make_room

DAY = date(2090, 9, 12)


def _span(start: int, end: int, *, day: date = DAY) -> Span:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Span(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def _page(client: Client, place: LocationView, **query: str) -> str:
    answer = client.get(reverse("occupancy_page", args=[place.slug]), {"tag": DAY.isoformat(), **query})
    assert answer.status_code == 200
    return answer.content.decode()


def _agreed(place: LocationView, title: str, *, confirmed: bool = True) -> None:
    booking = make_booking(make_room(place), _span(8, 10), title=title)
    details = DetailsData(title, ERIKA, title_is_public=True)
    changed = change_details(booking.uuid, details, actor=GUEST, expected_version=1, now=NOW)
    if confirmed:
        transition(booking.uuid, "confirmed", actor=CLERK, expected_version=changed.version, now=NOW)


@pytest.mark.parametrize("view", ["", "woche"])
@pytest.mark.parametrize(
    ("shown", "agreed", "confirmed", "is_seen"),
    [
        ("titles", True, True, True),
        ("titles", False, True, False),
        ("titles", True, False, False),
        ("busy", True, True, False),
    ],
    ids=["agreed", "not agreed", "only requested", "the town shows no titles"],
)
def test_a_title_is_seen_only_where_town_and_party_agree(
    town_client: Client, *, view: str, shown: str, agreed: bool, confirmed: bool, is_seen: bool
) -> None:
    place = make_location(occupancy_shown=shown)
    if agreed:
        _agreed(place, "Yogakurs", confirmed=confirmed)
    else:
        make_booking(make_room(place), _span(8, 10), title="Yogakurs", state="confirmed")
    page = _page(town_client, place, ansicht=view)
    assert ("Yogakurs" in page) is is_seen
    assert ERIKA.name not in page
    assert "belegt" in page or is_seen


def test_a_town_may_show_nothing(town_client: Client) -> None:
    place = make_location(occupancy_shown="nothing")
    make_room(place)
    assert town_client.get(reverse("occupancy_page", args=[place.slug])).status_code == 404
    assert town_client.get(reverse("occupancy_display", args=[place.slug])).status_code == 404
    assert "belegung" not in town_client.get(reverse("location_page", args=[place.slug])).content.decode()


def test_a_hall_takes_its_parts_and_a_closure_says_why(town_client: Client) -> None:
    whole, _parts = make_hall()
    make_booking(whole, _span(8, 10))
    close(whole.location.id, whole.id, _span(12, 14), "Bodenpflege", actor=CLERK)
    page = _page(town_client, whole.location)
    assert page.count("10–12 Uhr: belegt") == 2 * 4, "the whole and three thirds, seen and heard (CEST)"
    assert page.count("14–16 Uhr: Bodenpflege") == 2 * 4
    assert "b-timebar__name--part" in page


def test_the_display_has_nothing_to_press(town_client: Client) -> None:
    place = make_location()
    make_room(place)
    page = town_client.get(reverse("occupancy_display", args=[place.slug])).content.decode()
    assert 'hx-trigger="every 300s"' in page
    assert "<nav" not in page
    assert "b-header" not in page


def test_an_empty_location_is_a_page_too(town_client: Client) -> None:
    assert "noch nichts zu buchen" in _page(town_client, make_location())


@pytest.mark.parametrize(
    ("day", "hours", "words"),
    [(date(2027, 3, 28), 23, "23 Stunden"), (date(2027, 10, 31), 25, "25 Stunden")],
    ids=["spring", "autumn"],
)
def test_a_day_on_which_the_clocks_change_has_its_own_length(
    town_client: Client, day: date, hours: int, words: str
) -> None:
    place = make_location()
    make_booking(make_room(place), _span(0, 2, day=day))
    page = _page(town_client, place, tag=day.isoformat())
    assert words in page
    assert page.count('<th scope="colgroup"') == hours
    if hours == 25:
        assert "2–2 Uhr" not in page
        assert "2 CEST" in page
        assert "2 CET" in page
    else:
        assert "2 bis 3 Uhr" not in page


def test_what_goes_over_midnight_says_so_on_both_days(town_client: Client) -> None:
    place = make_location()
    make_booking(make_room(place), _span(18, 24 * 3 + 4))
    assert "20–24 Uhr: belegt" in _page(town_client, place)
    later = [_page(town_client, place, tag=str(DAY + timedelta(days=n))) for n in (1, 2, 3)]
    assert "ganzer Tag: belegt" in later[0]
    assert "ganzer Tag: belegt" in later[1]
    assert "0–6 Uhr: belegt" in later[2]


def test_a_day_of_a_hundred_resources_takes_five_statements(town_client: Client) -> None:
    place = make_location()
    rooms = [make_room(place) for _ in range(100)]
    make_booking(rooms[0], _span(8, 10))
    town_client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = _page(town_client, place)
    assert page.count('class="b-timebar__row"') == 100
    asked = [query["sql"] for query in seen.captured_queries if "SET search_path" not in query["sql"]]
    names = {
        "the resources with their location": "ARRAY_AGG",
        "where they stand": 'WHERE "catalog_resource"."id" IN',
        "weekly hours": "catalog_openinghours",
        "special days": "catalog_specialday",
        "all that takes them": "reservations_occupancy",
    }
    for name, mark in names.items():
        assert sum(mark in sql for sql in asked) == 1, name
    assert len(asked) == len(names), asked
