"""What the office changes about a booking: its details, its time, or that it takes place at all."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.change_booking import change_details
from tenants.context import tenant_zone
from tests.web.backoffice.conftest import CONNY, ERIKA, Office, day_span


def _details(booking_version: int, **changes: object) -> dict[str, object]:
    facts = {"expected_version": booking_version, "title": "Goldene Hochzeit", "name": ERIKA.name,
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


def _scope(version: int, **changes: object) -> dict[str, object]:
    return {
        "expected_version": version,
        "group": "private",
        "purpose": "private_event",
        "persons": 40,
        **changes,
    }


def test_another_scope_shows_its_price_first(office: Office, clerk: Client) -> None:
    booking = office.book()
    url = reverse("backoffice_booking_scope", args=[booking.uuid])
    assert clerk.get(url).context["form"].initial["persons"] == 40
    kitchen = _scope(booking.version, extra_kitchen_hourly="1")
    shown = clerk.post(url, kitchen)
    page = shown.content.decode().replace("\xa0", " ")
    assert "Der Preis steigt von 90,00 € auf 100,00 € (10,00 € mehr)." in page
    assert "Küche" in page
    assert booking_by_uuid(booking.uuid).version == booking.version
    assert clerk.post(url, {**kitchen, "terms": shown.context["terms"]}).status_code == 302
    assert booking_by_uuid(booking.uuid).extras == {"kitchen_hourly": "1"}


def test_a_scope_that_cannot_be_stays_in_the_form(office: Office, clerk: Client) -> None:
    booking = office.book()
    url = reverse("backoffice_booking_scope", args=[booking.uuid])
    too_many = clerk.post(url, _scope(booking.version, persons=81))
    assert too_many.status_code == 422
    assert "höchstens 80 Personen" in too_many.content.decode()
    stale = clerk.post(url, _scope(booking.version - 1, persons=30))
    assert stale.status_code == 409
    assert booking_by_uuid(booking.uuid).version == booking.version


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
    change_details(booking.uuid, title="Neu", message="", contact=ERIKA, actor=CONNY,
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


@pytest.mark.parametrize("name", ["booking_details", "booking_scope", "booking_move", "booking_cancel"])
def test_treasurers_and_caretakers_change_nothing(office: Office, name: str) -> None:
    booking = office.book()
    for role in ("treasurer", "caretaker", "reader"):
        assert (
            office.client(role).post(reverse(f"backoffice_{name}", args=[booking.uuid]), {}).status_code
            == 403
        )
    assert booking_by_uuid(booking.uuid).version == booking.version
