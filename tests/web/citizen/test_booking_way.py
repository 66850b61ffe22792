"""The way from a wish to a request, without scripts: as guest, as account, and what later steps ask for."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.models import User
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.models import Booking, Hold
from tenants.context import in_public
from tenants.middleware import forget_tenant
from tenants.models import Tenant
from tests.web.citizen.conftest import Answers, eleven_to_eleven, last_code, typed_value


def test_guest_goes_the_whole_way(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers, day: date
) -> None:
    held = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"})
    contact_url = held.headers["Location"]
    assert "Für Sie freigehalten bis" in town_client.get(contact_url).content.decode()
    check_url = town_client.post(contact_url, contact_answers).headers["Location"]
    assert town_client.get(check_url).headers["Location"] == "/code/"
    assert "erika@example.org" in town_client.get("/code/").content.decode()
    assert town_client.post("/code/", {"code": last_code()}).headers["Location"] == check_url
    check = town_client.get(check_url).content.decode()
    for answer in (
        "Geburtstag",
        "Wir bringen Kuchen mit.",
        "Dorfstraße 1",
        "40 Personen",
        "Private",
        "90,00 €",
    ):
        assert answer in check
    sent = town_client.post(check_url, {"house_rules": "on"})
    done = town_client.get(sent.headers["Location"]).content.decode()
    booking = Booking.objects.get()
    assert booking.number in done
    assert "Ihre Anfrage ist gesendet" in done
    assert (booking.total_cents, booking.deposit_cents, booking.state) == (9000, 18000, "requested")
    assert booking.items.get().span.lower == eleven_to_eleven(day).start
    assert not Hold.objects.exists()
    assert OutboxMessage.objects.filter(kind="booking_requested", recipient="erika@example.org").count() == 1


def test_account_goes_the_way_without_a_code(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers, erika: User
) -> None:
    town_client.force_login(erika)
    held = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"})
    other_address = {**contact_answers, "email": "someone-else@example.org"}
    check_url = town_client.post(held.headers["Location"], other_address).headers["Location"]
    assert town_client.post(check_url, {"house_rules": "on"}).status_code == 302
    booking = Booking.objects.get()
    assert (booking.booked_by, booking.contact_email) == (erika, "erika@example.org")
    assert not OutboxMessage.objects.filter(kind="email_code").exists()


def test_town_without_guests_asks_to_sign_in_and_keeps_the_wish(
    town: Tenant, town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers
) -> None:
    with in_public():
        Tenant.objects.filter(pk=town.pk).update(guests_allowed=False)
        forget_tenant(town)
    contact_url = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    page = town_client.get(contact_url).content.decode()
    assert f"/konto/login/?next={contact_url}" in page
    assert town_client.post(contact_url, contact_answers).status_code == 200
    assert not Booking.objects.exists()


def test_sending_twice_makes_one_booking(town_client: Client, book: Callable[[], UUID]) -> None:
    uuid = book()
    again = town_client.get(f"/gesendet/{uuid}/")
    assert again.status_code == 200
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("missing", ["title", "name", "street", "postal_code", "city", "email"])
def test_missing_contact_is_said_and_the_rest_kept(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers, missing: str
) -> None:
    url = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers["Location"]
    answer = town_client.post(url, {**contact_answers, missing: ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{missing}_error"' in page
    for name in ("title", "name", "street"):
        assert typed_value(page, name) == ("" if name == missing else contact_answers[name])


def test_house_rules_must_be_accepted(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers, erika: User
) -> None:
    town_client.force_login(erika)
    url = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers["Location"]
    check_url = town_client.post(url, contact_answers).headers["Location"]
    refused = town_client.post(check_url, {})
    assert refused.status_code == 422
    assert "Bitte bestätigen Sie die Hausordnung" in refused.content.decode()
    assert not Booking.objects.exists()


def test_code_is_refused_after_five_tries(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers
) -> None:
    url = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers["Location"]
    town_client.get(town_client.post(url, contact_answers).headers["Location"])
    right = last_code()
    wrong = "111111" if right != "111111" else "222222"
    for _try in range(5):
        assert "Dieser Code stimmt nicht" in town_client.post("/code/", {"code": wrong}).content.decode()
    assert "zu viele Versuche" in town_client.post("/code/", {"code": right}).content.decode()
    town_client.post("/code/", {"action": "neu"})
    assert town_client.post("/code/", {"code": last_code()}).status_code == 302


def test_codes_to_one_address_are_limited(town_client: Client, town: Tenant) -> None:
    sentence = "An diese Adresse haben wir schon mehrere Codes geschickt"
    for number in range(6):
        town_client.cookies.clear()
        page = town_client.post("/meine-buchungen/", {"email": "erika@example.org"})
        assert (sentence in page.content.decode()) == (number == 5)
    assert OutboxMessage.objects.filter(kind="email_code").count() == 5
