"""The way from a wish to a request, without scripts: as guest, as account, and every refusal on it."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.models import User
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.models import Booking, Hold, Occupancy
from tenants.context import in_public
from tenants.middleware import forget_tenant
from tenants.models import Tenant
from tests.factories.bookings import make_booking
from tests.web.citizen.conftest import Answers, eleven_to_eleven, last_code, typed_value


def test_prefilled_address_shows_the_price_with_its_paragraphs(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    page = town_client.get(f"/buchen/{saal.slug}/", time_answers).content.decode()
    assert "90,00 €" in page
    assert "180,00 €" in page
    assert "Gebühren je Raum" in page
    assert "Warum dieser Preis?" in page
    assert "für: Private" in page


def test_calculating_a_price_keeps_nothing(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    answer = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "preis"})
    assert answer.status_code == 200
    assert "90,00 €" in answer.content.decode()
    assert not Hold.objects.exists()


def test_live_price_is_the_panel_alone(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    answer = town_client.post(
        f"/buchen/{saal.slug}/", {**time_answers, "action": "preis"}, headers={"HX-Request": "true"}
    )
    assert answer.content.decode().lstrip().startswith('<div id="preis"')


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


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"von": ""}, "von"),
        ({"tag": "31.2.2027"}, "Geben Sie das Datum so ein"),
        ({"von": "25 Uhr"}, "Geben Sie die Uhrzeit so ein"),
        ({"gruppe": ""}, "Wählen Sie, als wer Sie buchen"),
        ({"zweck": ""}, "Wählen Sie, wofür Sie buchen"),
        ({"personen": "viele"}, "Geben Sie eine Zahl ein"),
        ({"personen": "61"}, "höchstens 60 Personen"),
        ({"tag": "2020-01-04"}, "Diese Zeit hat schon begonnen"),
        ({"von": "11:07"}, "alle 30 Minuten buchen"),
        ({"bis_tag": "2020-01-04"}, "Das Ende muss nach dem Beginn liegen"),
    ],
)
def test_each_refusal_says_its_sentence_and_keeps_what_was_typed(
    town_client: Client, saal: ResourceView, time_answers: Answers, changes: Answers, sentence: str
) -> None:
    typed = {**time_answers, **changes, "action": "weiter"}
    answer = town_client.post(f"/buchen/{saal.slug}/", typed)
    page = answer.content.decode()
    assert 400 <= answer.status_code < 500
    assert sentence in page
    assert "Bitte prüfen Sie Ihre Angaben" in page
    for name in ("tag", "von", "bis", "personen"):
        if typed[name]:
            assert typed_value(page, name) == typed[name]
    assert not Hold.objects.exists()


def test_skipped_hour_is_refused_with_its_reason(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    typed = {**time_answers, "tag": "2027-03-28", "von": "02:30", "bis": "10:00", "action": "weiter"}
    page = town_client.post(f"/buchen/{saal.slug}/", typed).content.decode()
    assert (
        "In dieser Nacht werden die Uhren vorgestellt: 2:30 Uhr gibt es am So, 28. März 2027 nicht." in page
    )


def test_doubled_hour_is_asked_for_and_then_meant(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    typed = {**time_answers, "tag": "2027-10-31", "von": "02:30", "bis": "10:00", "action": "weiter"}
    asked = town_client.post(f"/buchen/{saal.slug}/", typed).content.decode()
    assert "Diese Stunde gibt es in dieser Nacht zweimal" in asked
    assert 'name="von_mal"' in asked
    assert town_client.post(f"/buchen/{saal.slug}/", {**typed, "von_mal": "1"}).status_code == 302
    assert Occupancy.objects.get().span.lower.isoformat() == "2027-10-31T01:30:00+00:00"


def test_taken_time_says_so_and_offers_another(
    town_client: Client, saal: ResourceView, time_answers: Answers, day: date
) -> None:
    make_booking(saal, eleven_to_eleven(day))
    shown = town_client.get(f"/buchen/{saal.slug}/", time_answers).content.decode()
    assert "Zu dieser Zeit ist Großer Saal nicht frei." in shown
    refused = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"})
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "Das geht stattdessen" in page
    next_day = day + timedelta(days=1)
    assert f"tag={next_day.isoformat()}&amp;von=11%3A00" in page


def test_coming_back_to_change_the_time_replaces_the_hold_and_keeps_the_contact(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers, day: date
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    town_client.post(first, contact_answers)
    uuid = first.split("/")[-3]
    shown = town_client.get(f"/buchen/{saal.slug}/?halten={uuid}").content.decode()
    assert typed_value(shown, "tag") == day.isoformat()
    later = {**time_answers, "von": "12:00", "bis": "12:00", "action": "weiter"}
    second = town_client.post(f"/buchen/{saal.slug}/?halten={uuid}", later).headers["Location"]
    assert typed_value(town_client.get(second).content.decode(), "name") == "Erika Mustermann"
    assert Hold.objects.count() == 1


def expire(client: Client) -> None:
    Hold.objects.update(expires_at=timezone.now() - timedelta(minutes=1))


def test_expired_hold_is_renewed_quietly(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    town_client.post(first, contact_answers)
    expire(town_client)
    page = town_client.get(first, follow=True)
    assert page.status_code == 200
    assert typed_value(page.content.decode(), "name") == "Erika Mustermann"
    assert Hold.objects.filter(expires_at__gt=timezone.now()).count() == 1


def test_time_lost_meanwhile_is_told_with_what_was_typed_kept(
    town_client: Client, saal: ResourceView, time_answers: Answers, contact_answers: Answers, day: date
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    town_client.post(first, contact_answers)
    Hold.objects.all().delete()
    make_booking(saal, eleven_to_eleven(day))
    lost = town_client.get(first)
    page = lost.content.decode()
    assert lost.status_code == 409
    assert "Alles, was Sie eingegeben haben, ist noch da." in page
    uuid = first.split("/")[-3]
    assert f"halten={uuid}" in page
    next_day = {**time_answers, "tag": (day + timedelta(days=1)).isoformat(), "action": "weiter"}
    again = town_client.post(f"/buchen/{saal.slug}/?halten={uuid}", next_day).headers["Location"]
    assert typed_value(town_client.get(again).content.decode(), "name") == "Erika Mustermann"


def test_hold_of_a_lost_session_is_found_again(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    town_client.cookies.clear()
    page = town_client.get(first).content.decode()
    assert "90,00 €" in page


def test_unknown_hold_starts_over(town_client: Client, saal: ResourceView) -> None:
    nobody = UUID(int=7)
    answer = town_client.get(f"/buchen/{saal.slug}/{nobody}/angaben/")
    assert answer.headers["Location"] == f"/buchen/{saal.slug}/"


def test_checking_before_contact_leads_to_contact(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    first = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"}).headers[
        "Location"
    ]
    assert town_client.get(first.replace("angaben", "pruefen")).headers["Location"] == first


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


def test_sending_twice_makes_one_booking(town_client: Client, book: Callable[[], UUID]) -> None:
    uuid = book()
    again = town_client.get(f"/gesendet/{uuid}/")
    assert again.status_code == 200
    assert Booking.objects.count() == 1
