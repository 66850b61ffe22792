"""The list of bookings and its file, and what can be done with one booking."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.services import create_account, set_roles
from booking_core.reservations.contracts import BookingFilter, Contact
from booking_core.reservations.queries import booking_by_uuid, booking_rows
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.move_booking import change_details
from tenants.context import in_public, in_tenant, tenant_zone
from tenants.models import Tenant
from tests.web.backoffice.conftest import ERIKA, InTown, Office, day_span

CLERK = Actor("Conny Kollegin", by_staff=True)


def _titles(answer: object) -> list[str]:
    return [row[1] for row in answer.context["table"].rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Geburtstag", "Taufe", "Konzert"}),
        ("?state=confirmed", {"Taufe"}),
        ("?q=tau", {"Taufe"}),
        ("?q=erika", {"Geburtstag", "Taufe", "Konzert"}),
        ("?first_on=2027-01-18&last_on=2027-01-20", {"Taufe"}),
        ("?first_on=2027-01-20&last_on=2027-01-18", {"Taufe", "Konzert"}),
        ("?state=declined", set()),
        ("?page=77", set()),
        ("?page=x&state=nonsense", {"Geburtstag", "Taufe", "Konzert"}),
    ],
    ids=["all", "state", "title", "name", "period", "period reversed", "none", "past the end", "nonsense"],
)
def test_filters_live_in_the_address(office: Office, clerk: Client, query: str, expected: set[str]) -> None:
    office.book()
    christening = office.book(days=10, title="Taufe")
    confirm_booking(christening.uuid, actor=CLERK, expected_version=christening.version)
    office.book(office.barn, days=20, title="Konzert")
    answer = clerk.get(reverse("backoffice_bookings") + query)
    assert answer.status_code == 200
    assert set(_titles(answer)) == expected


def test_filter_by_resource_and_location(office: Office, clerk: Client) -> None:
    office.book()
    office.book(office.barn, days=20, title="Konzert")
    url = reverse("backoffice_bookings")
    assert _titles(clerk.get(f"{url}?resource={office.barn.id}")) == ["Konzert"]
    assert _titles(clerk.get(f"{url}?location={office.saal.location.id}")) == ["Geburtstag"]


def test_the_list_takes_as_many_statements_for_twenty_rows_as_for_one(office: Office, clerk: Client) -> None:
    clerk.get(reverse("backoffice_bookings"))  # fills what is cached per town
    counts = []
    for number in range(20):
        office.book(days=2 * number)
        if number in {0, 19}:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert len(_titles(clerk.get(reverse("backoffice_bookings")))) == number + 1
            counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(office: Office) -> None:
    office.book(
        title='=HYPERLINK("http://example.org")',
        contact=Contact(name='@Erika; "M"', email="e@example.org"),
        viewer=Viewer(email="e@example.org"),
    )
    answer = office.client("treasurer").get(reverse("backoffice_bookings_csv"))
    text = answer.content.decode("utf-8")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert text.startswith("\ufeffNummer;Zustand;")
    line = text.splitlines()[1]
    assert '"\'=HYPERLINK(""http://example.org"")"' in line
    assert '"\'@Erika; ""M"""' in line
    assert ";90,00;" in line


def test_the_file_holds_what_the_filter_shows(office: Office, clerk: Client) -> None:
    office.book()
    office.book(office.barn, days=20, title="Konzert")
    text = clerk.get(reverse("backoffice_bookings_csv") + f"?resource={office.barn.id}").content.decode()
    assert "Konzert" in text
    assert "Geburtstag" not in text


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
    assert _titles(limited.get(reverse("backoffice_bookings"))) == []
    assert "Geburtstag" not in limited.get(reverse("backoffice_bookings_csv")).content.decode()
    url = reverse("backoffice_bookings") + f"?location={office.barn.location.id}"
    assert _titles(limited.get(url)) == []


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


def _details(booking_version: int, **changes: object) -> dict[str, object]:
    facts = {"expected_version": booking_version, "title": "Goldene Hochzeit", "persons": 50, "name": ERIKA.name,
             "email": ERIKA.email, "phone": ERIKA.phone}  # fmt: skip
    return {**facts, **changes}


def test_details_change_and_a_stale_form_says_so(office: Office, clerk: Client) -> None:
    booking = office.book()
    url = reverse("backoffice_booking_details", args=[booking.uuid])
    assert clerk.post(url, _details(booking.version)).status_code == 302
    assert booking_by_uuid(booking.uuid).title == "Goldene Hochzeit"
    answer = clerk.post(url, _details(booking.version, title="Etwas anderes"))
    assert answer.status_code == 409
    assert "Inzwischen hat" in answer.content.decode()
    assert "Etwas anderes" in answer.content.decode()
    assert booking_by_uuid(booking.uuid).title == "Goldene Hochzeit"


def test_details_without_a_name_stay_in_the_form(office: Office, clerk: Client) -> None:
    booking = office.book()
    answer = clerk.post(
        reverse("backoffice_booking_details", args=[booking.uuid]), _details(booking.version, name="")
    )
    assert answer.status_code == 422
    assert "Goldene Hochzeit" in answer.content.decode()


def _move(office: Office, version: int, span: object, **changes: object) -> dict[str, object]:
    start, end = span.start.astimezone(tenant_zone()), span.end.astimezone(tenant_zone())
    return {
        "expected_version": version, "resource_ids": [office.saal.id],
        "start_on_0": start.date(), "start_time_0": start.strftime("%H:%M"),
        "end_on_0": end.date(), "end_time_0": end.strftime("%H:%M"), **changes,
    }  # fmt: skip


def test_moving_shows_the_price_first(office: Office, clerk: Client) -> None:
    booking = office.book()
    url = reverse("backoffice_booking_move", args=[booking.uuid])
    assert clerk.get(url).context["form"].initial["expected_version"] == booking.version
    preview = clerk.post(url, _move(office, booking.version, day_span(3), step="preview"))
    assert preview.status_code == 200
    assert "Der Preis bleibt bei 90,00" in preview.content.decode().replace("\xa0", " ")
    assert booking_by_uuid(booking.uuid).start == day_span(0).start
    assert clerk.post(url, _move(office, booking.version, day_span(3), step="move")).status_code == 302
    assert booking_by_uuid(booking.uuid).start == day_span(3).start


def test_moving_onto_taken_time_keeps_the_old_one(office: Office, clerk: Client) -> None:
    booking, other = office.book(), office.book(days=3)
    url = reverse("backoffice_booking_move", args=[booking.uuid])
    preview = clerk.post(url, _move(office, booking.version, day_span(3), step="preview"))
    assert preview.status_code == 409
    assert preview.context["is_possible"] is False
    assert clerk.post(url, _move(office, booking.version, day_span(3), step="move")).status_code == 422
    assert booking_by_uuid(booking.uuid).start == day_span(0).start
    assert booking_by_uuid(other.uuid).start == day_span(3).start


def test_a_stale_move_is_told_so(office: Office, clerk: Client) -> None:
    booking = office.book()
    change_details(booking.uuid, title="Neu", persons=40, message="", contact=ERIKA, actor=CLERK,
                   expected_version=booking.version)  # fmt: skip
    answer = clerk.post(
        reverse("backoffice_booking_move", args=[booking.uuid]),
        _move(office, booking.version, day_span(3), step="move"),
    )
    assert answer.status_code == 409
    assert "Inzwischen hat Conny Kollegin" in answer.content.decode()


def test_a_time_that_does_not_exist_is_refused(office: Office, clerk: Client) -> None:
    booking = office.book()
    wrong = _move(office, booking.version, day_span(0), start_on_0="2027-03-28", start_time_0="02:30",
                  end_on_0="2027-03-28", end_time_0="12:00", step="preview")  # fmt: skip
    answer = clerk.post(reverse("backoffice_booking_move", args=[booking.uuid]), wrong)
    assert answer.status_code == 422
    assert "Diese Uhrzeit gibt es an dem Tag nicht" in answer.content.decode()


def test_the_hour_that_comes_twice_is_asked_for(office: Office, clerk: Client) -> None:
    booking = office.book()
    url = reverse("backoffice_booking_move", args=[booking.uuid])
    twice = _move(office, booking.version, day_span(0), start_on_0="2027-10-31", start_time_0="02:30",
                  end_on_0="2027-10-31", end_time_0="12:00", step="move")  # fmt: skip
    asked = clerk.post(url, twice)
    assert asked.status_code == 422
    assert "Welche meinen Sie?" in asked.content.decode()
    assert clerk.post(url, {**twice, "start_fold_0": "1"}).status_code == 302
    assert booking_by_uuid(booking.uuid).start == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_cancelling_frees_the_time(office: Office, clerk: Client) -> None:
    booking = office.book()
    url = reverse("backoffice_booking_cancel", args=[booking.uuid])
    assert "Storniert die Verwaltung, kostet es nichts." in clerk.get(url).content.decode()
    assert clerk.post(url, {"reason": "Rohrbruch"}).status_code == 302
    assert booking_by_uuid(booking.uuid).state == "cancelled"
    assert office.book(title="Nachrücker").state == "requested"


@pytest.mark.parametrize("name", ["booking_details", "booking_move", "booking_cancel"])
def test_treasurers_and_caretakers_change_nothing(office: Office, name: str) -> None:
    booking = office.book()
    for role in ("treasurer", "caretaker", "reader"):
        assert (
            office.client(role).post(reverse(f"backoffice_{name}", args=[booking.uuid]), {}).status_code
            == 403
        )
    assert booking_by_uuid(booking.uuid).version == booking.version


def _wish(office: Office) -> str:
    return (
        f"?resource_ids={office.saal.id}&quantity=1&start_on_0=2027-01-09&start_time_0=11:00"
        "&end_on_0=2027-01-10&end_time_0=11:00"
    )


CALLER = {
    "group": "private", "purpose": "private_event", "persons": "40", "title": "Anruf", "name": "Max Mustermann",
    "email": "max@example.org", "language": "de",
}  # fmt: skip


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


def test_pages_hold_fifty(office: Office, clerk: Client) -> None:
    for number in range(51):
        office.book(days=number, now=datetime.now(UTC) + timedelta(seconds=number))
    first = clerk.get(reverse("backoffice_bookings"))
    second = clerk.get(reverse("backoffice_bookings") + "?page=2")
    assert (len(_titles(first)), len(_titles(second))) == (50, 1)
    assert clerk.get(reverse("backoffice_bookings_csv")).content.decode().count("\r\n") == 52
