"""The staff's plan: who sees which halls, what is told apart, and the way from a dragged stretch to its price."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking_core.kernel.spans import Span
from booking_core.reservations.drafts import items_of
from booking_core.reservations.services.closures import close
from booking_core.reservations.services.holds import hold
from booking_core.workflows.decide_booking import confirm_booking
from tests.factories.bookings import make_booking
from tests.factories.catalogue import CLERK, make_hall, make_room
from tests.web.backoffice.conftest import Office

DAY = "2090-09-12"


def _span(start: float, end: float) -> Span:
    midnight = datetime(2090, 9, 12, tzinfo=UTC)
    return Span(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def _plan(client: Client, **query: str) -> str:
    answer = client.get(reverse("backoffice_plan"), {"tag": DAY, **query})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("view", ["", "woche"])
def test_five_kinds_of_taken_time_are_told_apart(office: Office, clerk: Client, view: str) -> None:
    room = make_room(name="Probenraum", buffer_after_minutes=30)
    make_booking(room, _span(6, 8), title="Chorprobe")
    make_booking(room, _span(9, 10), title="Yoga", state="confirmed")
    hold(items_of([room.id], [_span(11, 12)]), request={})
    close(room.location.id, room.id, _span(14, 15), "Bodenpflege", actor=CLERK)
    page = _plan(clerk, ansicht=view)
    kinds = set(re.findall(r"<td[^>]*b-timebar__part--(\w+)", page))
    assert kinds >= {"requested", "booked", "hold", "closure", "buffer"}
    assert "? Chorprobe" in page
    assert "Chorprobe, Erika Mustermann, angefragt" in page


def test_a_booking_of_the_whole_shows_on_its_parts_and_moves_only_as_a_whole(
    office: Office, clerk: Client
) -> None:
    whole, _thirds = make_hall()
    make_booking(whole, _span(8, 10), title="Punktspiel")
    page = _plan(clerk)
    assert page.count("gebucht als") == 2 * 3, "seen and heard on three thirds"
    assert page.count("data-move=") == 1


def test_a_caretaker_looks_but_does_not_move(office: Office) -> None:
    make_booking(office.saal, _span(8, 10))
    page = _plan(office.client("caretaker"))
    assert "Geburtstag" in page
    assert "data-move=" not in page
    assert "data-timebar" not in page


def test_only_the_members_own_locations_are_shown(office: Office) -> None:
    client = office.client("clerk", location_ids=(office.saal.location.id,))
    page = _plan(client)
    assert office.saal.name in page
    assert office.barn.name not in page
    assert office.barn.name not in _plan(client, ort=str(office.barn.location.id))


def test_the_plan_can_be_cut_to_one_location(office: Office, clerk: Client) -> None:
    page = _plan(clerk, ort=str(office.barn.location.id))
    assert f'data-name="{office.barn.name}"' in page
    assert f'data-name="{office.saal.name}"' not in page


@pytest.mark.parametrize("rows", [1, 20])
def test_the_plan_asks_the_same_however_many_rows(office: Office, clerk: Client, rows: int) -> None:
    for _ in range(rows):
        make_booking(make_room(), _span(8, 10))
    _plan(clerk)
    with CaptureQueriesContext(connection) as seen:
        _plan(clerk)
    of_plan = [
        query["sql"]
        for query in seen.captured_queries
        if re.search("catalog_(resource|opening|special)|reservations_", query["sql"])
    ]
    assert len(of_plan) == 5, of_plan


def test_a_dragged_stretch_opens_its_move_with_the_new_price(office: Office, clerk: Client) -> None:
    booking = office.book()
    confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)
    start = booking.items[0].span.start + timedelta(days=7)
    url = reverse("backoffice_booking_move", args=[booking.uuid])
    answer = clerk.get(url, {"beginn": start.isoformat(), "ort": str(office.saal.id)})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Der Preis bleibt bei" in page
    assert "Jetzt verschieben" in page
    assert start.date().isoformat() in page


def test_a_stretch_dropped_on_taken_time_is_told_why_not(office: Office, clerk: Client) -> None:
    booking, other = office.book(), office.book(days=7)
    start = other.items[0].span.start.isoformat()
    url = reverse("backoffice_booking_move", args=[booking.uuid])
    answer = clerk.get(url, {"beginn": start, "ort": str(office.saal.id)})
    assert answer.status_code == 409
    assert "So geht es nicht." in answer.content.decode()


@pytest.mark.parametrize("start", ["gestern", "2090-09-12", "9999-12-31T23:00:00+00:00", ""])
def test_nonsense_from_the_address_is_an_ordinary_form(office: Office, clerk: Client, start: str) -> None:
    url = reverse("backoffice_booking_move", args=[office.book().uuid])
    assert clerk.get(url, {"beginn": start, "ort": "x"}).status_code == 200
