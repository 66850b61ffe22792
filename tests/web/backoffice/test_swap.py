"""Swapping two bookings at the desk: choosing, both prices, the yes, and who may not."""

import html
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from tests.web.backoffice.conftest import Office


@pytest.fixture
def two(office: Office) -> tuple[BookingView, BookingView]:
    return office.book(), office.book(days=7, title="Hochzeit")


def _url(two: tuple[BookingView, BookingView]) -> str:
    return reverse("backoffice_booking_swap_with", args=[two[0].uuid, two[1].uuid])


def test_a_clerk_chooses_looks_and_swaps(
    office: Office, clerk: Client, two: tuple[BookingView, BookingView]
) -> None:
    choose = clerk.get(reverse("backoffice_booking_swap", args=[two[0].uuid])).content.decode()
    assert _url(two) in choose
    assert (
        reverse("backoffice_booking_swap", args=[two[0].uuid])
        in clerk.get(reverse("backoffice_booking", args=[two[0].uuid])).content.decode()
    )
    page = clerk.get(_url(two)).content.decode()
    assert page.count("90,00") == 4, "both prices, before and after"
    assert "Jetzt tauschen" in page
    answer = clerk.post(_url(two), {"version": [1, 1]})
    assert answer.status_code == 302
    now = [booking_by_uuid(one.uuid).items[0].span for one in two]
    assert now == [two[1].items[0].span, two[0].items[0].span]


@pytest.mark.parametrize("versions", [[1, 2], [], ["x", "1"]], ids=["changed", "missing", "nonsense"])
def test_what_changed_meanwhile_is_shown_again(
    office: Office, clerk: Client, two: tuple[BookingView, BookingView], versions: list[object]
) -> None:
    answer = clerk.post(_url(two), {"version": versions})
    assert answer.status_code == 409
    assert [booking_by_uuid(one.uuid).version for one in two] == [1, 1]


def test_search_finds_what_is_far_off(
    office: Office, clerk: Client, two: tuple[BookingView, BookingView]
) -> None:
    far = office.book(days=60, title="Fastnacht")
    url = reverse("backoffice_booking_swap", args=[two[0].uuid])
    assert "Fastnacht" not in clerk.get(url).content.decode()
    assert str(far.uuid) in clerk.get(url, {"q": "Fastnacht"}).content.decode()


def test_nobody_swaps_what_is_not_theirs(office: Office, two: tuple[BookingView, BookingView]) -> None:
    elsewhere = office.client("clerk", location_ids=(office.barn.location.id,))
    assert elsewhere.get(_url(two)).status_code == 404
    assert elsewhere.post(_url(two), {"version": [1, 1]}).status_code == 404
    assert office.client("caretaker").get(_url(two)).status_code == 403


def test_three_go_round_by_form(office: Office, clerk: Client, two: tuple[BookingView, BookingView]) -> None:
    third = office.book(days=14, title="Fastnacht")
    more = reverse("backoffice_booking_swap", args=[two[0].uuid]) + f"?mit={two[1].uuid}"
    assert more in html.unescape(clerk.get(_url(two)).content.decode())
    choose = clerk.get(more, {"mit": str(two[1].uuid), "q": "Fastnacht"}).content.decode()
    ring = f"{_url(two)}?dann={third.uuid}"
    assert ring in choose
    assert f'name="mit" value="{two[1].uuid}"' in choose, "searching keeps what was chosen"
    page = clerk.get(ring).content.decode()
    assert page.count("90,00") == 6
    assert "Andersherum tauschen" in page
    assert clerk.post(ring, {"version": [1, 1, 1]}).status_code == 302
    now = [booking_by_uuid(one.uuid).items[0].span for one in (*two, third)]
    assert now == [two[1].items[0].span, third.items[0].span, two[0].items[0].span]


def test_a_ring_of_nonsense_is_not_found(clerk: Client, two: tuple[BookingView, BookingView]) -> None:
    assert clerk.get(_url(two), {"dann": "x"}).status_code == 404
    assert clerk.get(_url(two), {"dann": str(uuid4())}).status_code == 404


def test_a_stretch_dropped_on_another_offers_the_swap(
    clerk: Client, two: tuple[BookingView, BookingView]
) -> None:
    """In the plan both carry what the drag needs; by form, the move that meets taken time leads on to the swap."""
    day = two[0].items[0].span.start.date().isoformat()
    plan = clerk.get(reverse("backoffice_plan"), {"tag": day}).content.decode()
    assert f'data-swap="{reverse("backoffice_booking_swap", args=[two[0].uuid])}"' in plan
    assert f'data-swap-key="{two[0].uuid}"' in plan
    start, room = two[1].items[0].span.start, two[1].items[0].resource_id
    move = reverse("backoffice_booking_move", args=[two[0].uuid])
    answer = clerk.get(move, {"beginn": start.isoformat(), "ort": str(room)})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Tauschen mit: Hochzeit" in page
    assert _url(two) in page
