"""The page of one booking: what it shows to whom, its note and its calendar file."""

from django.test import Client
from django.urls import reverse

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.services import create_account, set_roles
from booking_core.reservations.queries import booking_by_uuid
from tenants.context import in_public, in_tenant
from tenants.models import Tenant
from tests.web.backoffice.conftest import InTown, Office


def test_a_booking_page_shows_timeline_and_mails(office: Office, clerk: Client) -> None:
    booking = office.book()
    case = clerk.get(reverse("backoffice_booking", args=[booking.uuid])).context["case"]
    assert [entry.title for entry in case.timeline] == [event.label for event in booking.events]
    assert case.messages.rows


def test_the_caretaker_sees_the_phone_but_no_money(office: Office) -> None:
    booking = office.book()
    page = office.client("caretaker").get(reverse("backoffice_booking", args=[booking.uuid])).content.decode()
    assert "0431 123456" in page
    assert "€" not in page


def test_another_towns_booking_is_not_there(office: Office) -> None:
    booking = office.book()
    with in_public():
        neighbour = Tenant.objects.get(slug="nachbarort")
    with in_tenant(neighbour):
        user = create_account(email="fremd@example.org", verified=True)
        set_roles(user.pk, ["administrator"], actor=SYSTEM)
        client = InTown(neighbour)
        client.force_login(user)
        for name in ("booking", "booking_details", "booking_move", "booking_cancel", "inbox_request"):
            assert client.get(reverse(f"backoffice_{name}", args=[booking.uuid])).status_code == 404, name


def test_a_limited_clerk_gets_404_for_every_page_of_another_locations_booking(office: Office) -> None:
    booking = office.book(office.barn)
    limited = office.client("clerk", location_ids=(office.saal.location.id,))
    for page in ("booking", "booking_details", "booking_move", "booking_cancel", "booking_calendar"):
        assert limited.get(reverse(f"backoffice_{page}", args=[booking.uuid])).status_code == 404, page
    assert (
        limited.post(reverse("backoffice_booking_note", args=[booking.uuid]), {"text": "x"}).status_code
        == 404
    )


def test_a_note_is_kept(office: Office) -> None:
    booking, caretaker = office.book(), office.client("caretaker")
    assert (
        caretaker.post(
            reverse("backoffice_booking_note", args=[booking.uuid]), {"text": "Heizung an"}
        ).status_code
        == 302
    )
    assert booking_by_uuid(booking.uuid).staff_note == "Heizung an"
    reader = office.client("reader")
    assert (
        reader.post(reverse("backoffice_booking_note", args=[booking.uuid]), {"text": "x"}).status_code == 403
    )


def test_the_calendar_file(office: Office, clerk: Client) -> None:
    booking = office.book()
    answer = clerk.get(reverse("backoffice_booking_calendar", args=[booking.uuid]))
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VTIMEZONE" in answer.content
