"""A citizen calls, and the office enters the booking for them."""

from django.test import Client
from django.urls import reverse

from booking_core.reservations.contracts import BookingFilter
from booking_core.reservations.queries import booking_by_uuid, booking_rows
from tests.web.backoffice.conftest import Office

CALLER = {
    "group": "private", "purpose": "private_event", "persons": "40", "title": "Anruf", "name": "Max Mustermann",
    "email": "max@example.org", "language": "de",
}  # fmt: skip


def _wish(office: Office) -> str:
    return (
        f"?resource_ids={office.saal.id}&quantity=1&start_on_0=2027-01-09&start_time_0=11:00"
        "&end_on_0=2027-01-10&end_time_0=11:00"
    )


def test_a_caller_is_booked_and_confirmed(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_booking_new") + _wish(office)
    priced = clerk.post(url, {**CALLER, "step": "price"})
    assert "90,00" in priced.content.decode()
    assert booking_rows(BookingFilter()).total == 0
    assert clerk.post(url, {**CALLER, "is_confirmed": "on", "step": "enter"}).status_code == 302
    row = booking_rows(BookingFilter()).rows[0]
    booking = booking_by_uuid(row.uuid)
    assert (booking.state, booking.source, booking.total.cents) == ("confirmed", "staff", 9000)


def test_a_caller_may_wait_for_a_decision(office: Office, clerk: Client) -> None:
    url = reverse("backoffice_booking_new") + _wish(office)
    clerk.post(url, {**CALLER, "step": "enter"})
    assert booking_rows(BookingFilter()).rows[0].state == "requested"


def test_a_caller_who_comes_too_late_is_told(office: Office, clerk: Client) -> None:
    office.book()
    answer = clerk.post(reverse("backoffice_booking_new") + _wish(office), {**CALLER, "step": "enter"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert "Max Mustermann" in answer.content.decode()
    assert booking_rows(BookingFilter()).total == 1


def test_an_incomplete_wish_stays_on_the_first_step(office: Office, clerk: Client) -> None:
    answer = clerk.get(reverse("backoffice_booking_new") + f"?resource_ids={office.saal.id}&quantity=1")
    assert answer.status_code == 422
    assert "end_on_0" in answer.context["form"].errors


def test_a_limited_clerk_cannot_book_elsewhere(office: Office) -> None:
    limited = office.client("clerk", location_ids=(office.barn.location.id,))
    answer = limited.post(reverse("backoffice_booking_new") + _wish(office), {**CALLER, "step": "enter"})
    assert answer.status_code in {405, 422}
    assert booking_rows(BookingFilter()).total == 0
