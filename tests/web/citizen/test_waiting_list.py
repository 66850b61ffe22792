"""The waiting list from the citizen's side: from a taken time onto the list, by link to the booking, off again."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import WaitingEntry
from booking_core.reservations.services.bookings import transition
from booking_core.workflows.waiting_offers import serve_waiting_list
from tests.factories.bookings import make_booking
from tests.factories.catalogue import CLERK
from tests.web.citizen.conftest import Answers, TownClient, eleven_to_eleven, last_code


@pytest.fixture
def taken(saal: ResourceView, time_answers: Answers) -> BookingView:
    return make_booking(saal, eleven_to_eleven(date.fromisoformat(time_answers["tag"])))


def onto_the_list(client: TownClient, saal: ResourceView, answers: Answers) -> str:
    """As a guest: address, code, name. Gives the address of the entry's page."""
    url = f"/warteliste/eintragen/{saal.slug}/?{urlencode(answers)}"
    assert client.post(url, {"email": "wanda@example.org"}).headers["Location"] == "/code/"
    assert client.post("/code/", {"code": last_code()}).headers["Location"] == url
    joined = client.post(url, {"name": "Wanda Warte"})
    assert joined.status_code == 302, joined.content.decode()
    return str(joined.headers["Location"])


def test_a_taken_time_leads_to_the_list(
    town_client: TownClient, saal: ResourceView, time_answers: Answers, taken: BookingView
) -> None:
    page = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "preis"}).content.decode()
    link = re.search(r'href="(/warteliste/eintragen/[^"]+)"', page)
    assert link, page
    form = town_client.get(link.group(1).replace("&amp;", "&"))
    assert form.status_code == 200 and "Auf die Warteliste" in form.content.decode()
    search = town_client.get(f"/suche/?{urlencode(time_answers)}").content.decode()
    assert "/warteliste/eintragen/" in search


def test_who_presses_on_for_a_taken_time_is_led_to_the_list_too(
    town_client: TownClient, saal: ResourceView, time_answers: Answers, taken: BookingView
) -> None:
    refused = town_client.post(f"/buchen/{saal.slug}/", {**time_answers, "action": "weiter"})
    page = refused.content.decode()
    assert "Diese Zeit ist inzwischen vergeben" in page
    assert f"/warteliste/eintragen/{saal.slug}/" in page


def test_from_the_list_to_the_booking(
    town_client: TownClient,
    saal: ResourceView,
    time_answers: Answers,
    contact_answers: Answers,
    taken: BookingView,
) -> None:
    entry_url = onto_the_list(town_client, saal, time_answers)
    assert "Die Zeit ist noch vergeben" in town_client.get(entry_url).content.decode()
    assert saal.name in town_client.get("/meine-buchungen/").content.decode()
    transition(taken.uuid, "declined", actor=CLERK, expected_version=1, now=timezone.now())
    assert serve_waiting_list(now=timezone.now()) == 1
    mail = OutboxMessage.objects.get(kind="waiting_offered")
    assert "/warteliste/" in mail.text
    offered = town_client.get(entry_url).content.decode()
    book = re.search(r'href="(/buchen/[^"]+/angaben/)"', offered)
    assert book, offered
    check = town_client.post(book.group(1), {**contact_answers, "email": "wanda@example.org"}).headers[
        "Location"
    ]
    done = town_client.post(check, {"house_rules": "on"})
    assert done.status_code == 302, done.content.decode()
    assert WaitingEntry.objects.get().state == "booked"
    assert "Sie haben diese Zeit gebucht" in town_client.get(entry_url).content.decode()


def test_leaving_needs_the_button_not_the_link(
    town_client: TownClient, saal: ResourceView, time_answers: Answers, taken: BookingView
) -> None:
    entry_url = onto_the_list(town_client, saal, time_answers)
    town_client.get(entry_url)
    assert WaitingEntry.objects.get().state == "waiting"
    town_client.post(entry_url)
    assert WaitingEntry.objects.get().state == "left"
    assert "Dieser Eintrag ist erledigt" in town_client.get(entry_url).content.decode()


def test_what_is_free_is_booked_not_waited_for(
    town_client: TownClient, saal: ResourceView, time_answers: Answers
) -> None:
    url = f"/warteliste/eintragen/{saal.slug}/?{urlencode(time_answers)}"
    town_client.post(url, {"email": "wanda@example.org"})
    town_client.post("/code/", {"code": last_code()})
    refused = town_client.post(url, {"name": "Wanda Warte"})
    assert refused.status_code == 422 and "gleich buchen" in refused.content.decode()


@pytest.mark.parametrize("page", ["warteliste", "termin-freigeben", "serie-bestaetigen"])
def test_forged_links_lead_nowhere(town_client: TownClient, saal: ResourceView, page: str) -> None:
    assert town_client.get(f"/{page}/gefaelscht/").status_code == 404


def test_without_a_time_the_way_leads_back_to_the_form(town_client: TownClient, saal: ResourceView) -> None:
    assert town_client.get(f"/warteliste/eintragen/{saal.slug}/").status_code == 302
