"""Own bookings: who may open them, what can be done, and that nothing happens without a yes."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import ResourceView
from booking_core.identity.contracts import Actor
from booking_core.identity.models import User
from booking_core.identity.services import create_account
from booking_core.messaging.booking_links import booking_link
from booking_core.reservations.models import Booking, BookingEvent, Occupancy
from booking_core.workflows.decide_booking import ask_question, confirm_booking, note_on_booking
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.conftest import client_of
from tests.factories.bookings import make_booking
from tests.web.citizen.conftest import eleven_to_eleven, last_code, typed_value

CLERK = Actor("Carla Clerk (erfunden)", by_staff=True)
PAGES = ("", "angaben/", "umfang/", "verlegen/", "stornieren/", "kalender.ics")


def plain(page: str) -> str:
    """The page with ordinary spaces."""
    return page.replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def booking(book: Callable[[], UUID]) -> Booking:
    return Booking.objects.get(uuid=book())


@pytest.fixture
def stranger(town_client: Client, booking: Booking) -> Client:
    """The same browser after everything about the guest is forgotten."""
    town_client.cookies.clear()
    return town_client


@pytest.mark.parametrize("page", PAGES)
def test_stranger_sees_nothing_of_a_booking(stranger: Client, booking: Booking, page: str) -> None:
    assert stranger.get(f"/meine-buchungen/{booking.uuid}/{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_other_account_sees_nothing_of_a_booking(stranger: Client, booking: Booking, page: str) -> None:
    other = create_account(email="max@example.org", name="Max Mustermann", verified=True)
    stranger.force_login(other)
    assert stranger.get(f"/meine-buchungen/{booking.uuid}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["stornieren/", "antworten/", "verlegen/", "angaben/", "umfang/"])
def test_stranger_changes_nothing(stranger: Client, booking: Booking, page: str) -> None:
    answer = stranger.post(f"/meine-buchungen/{booking.uuid}/{page}", {"text": "x", "action": "verlegen"})
    assert answer.status_code == 404
    booking.refresh_from_db()
    assert (booking.state, booking.version) == ("requested", 1)


def test_unknown_booking_is_not_there(town_client: Client, town: Tenant) -> None:
    assert town_client.get(f"/meine-buchungen/{uuid4()}/").status_code == 404


def test_account_with_the_address_sees_what_it_booked_as_a_guest(
    stranger: Client, booking: Booking, erika: User
) -> None:
    stranger.force_login(erika)
    assert "Geburtstag" in stranger.get("/meine-buchungen/").content.decode()
    assert stranger.get(f"/meine-buchungen/{booking.uuid}/").status_code == 200


def test_guest_comes_back_with_a_code_and_leaves(stranger: Client, booking: Booking) -> None:
    asked = stranger.post("/meine-buchungen/", {"email": "Erika@Example.org"})
    assert asked.headers["Location"] == "/code/"
    assert stranger.post("/code/", {"code": last_code()}).headers["Location"] == "/meine-buchungen/"
    page = stranger.get("/meine-buchungen/").content.decode()
    assert "Als Nächstes" in page
    assert f"/meine-buchungen/{booking.uuid}/" in page
    stranger.post("/abmelden/")
    assert stranger.get(f"/meine-buchungen/{booking.uuid}/").status_code == 404


def test_link_of_the_mail_opens_the_booking(stranger: Client, booking: Booking) -> None:
    path = "/" + booking_link(booking.uuid).split("/", 3)[3]
    opened = stranger.get(path)
    assert opened.headers["Location"] == f"/meine-buchungen/{booking.uuid}/"
    assert "Geburtstag" in stranger.get(opened.headers["Location"]).content.decode()


def test_link_with_a_changed_letter_opens_nothing(stranger: Client, booking: Booking) -> None:
    path = "/" + booking_link(booking.uuid).split("/", 3)[3]
    assert stranger.get(path.rstrip("/")[:-1] + ("A/" if path[-2] != "A" else "B/")).status_code == 404


def test_link_of_another_town_opens_nothing(tenant_b: Tenant, stranger: Client, booking: Booking) -> None:
    with in_tenant(tenant_b):
        path = "/" + booking_link(booking.uuid).split("/", 3)[3]
    assert stranger.get(path).status_code == 404
    assert client_of(tenant_b).get(path).status_code == 302
    assert client_of(tenant_b).get(f"/meine-buchungen/{booking.uuid}/").status_code == 404


def test_page_tells_what_happened_and_what_it_costs(town_client: Client, booking: Booking) -> None:
    note_on_booking(booking.uuid, actor=CLERK, text="Vorsicht, laut")
    page = town_client.get(f"/meine-buchungen/{booking.uuid}/").content.decode()
    assert "90,00 €" in page
    assert "Gebühren je Raum" in page
    assert "Entscheidung der Verwaltung" in page
    assert "Vorsicht, laut" not in page


def test_details_change_and_the_rest_stays(town_client: Client, booking: Booking) -> None:
    url = f"/meine-buchungen/{booking.uuid}/angaben/"
    page = town_client.get(url).content.decode()
    fields = ("title", "name", "street", "postal_code", "city", "version")
    typed = {name: typed_value(page, name) for name in fields}
    assert typed["title"] == "Geburtstag"
    assert town_client.post(url, {**typed, "title": "Jubiläum", "email": "x@example.org"}).status_code == 302
    booking.refresh_from_db()
    assert (booking.title, booking.contact_email, booking.total_cents) == (
        "Jubiläum",
        "erika@example.org",
        9000,
    )


def test_details_changed_by_someone_else_are_not_overwritten(town_client: Client, booking: Booking) -> None:
    url = f"/meine-buchungen/{booking.uuid}/angaben/"
    page = town_client.get(url).content.decode()
    fields = ("title", "name", "street", "postal_code", "city", "version")
    typed = {name: typed_value(page, name) for name in fields}
    confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)
    refused = town_client.post(url, {**typed, "title": "Jubiläum"})
    assert refused.status_code == 422
    assert typed_value(refused.content.decode(), "title") == "Jubiläum"
    booking.refresh_from_db()
    assert booking.title == "Geburtstag"


SCOPE = {"gruppe": "private", "zweck": "private_event", "personen": "40"}


def test_extras_show_the_new_price_before_it_counts(town_client: Client, booking: Booking) -> None:
    url = f"/meine-buchungen/{booking.uuid}/umfang/"
    page = town_client.get(url).content.decode()
    assert typed_value(page, "personen") == "40"
    kitchen = {**SCOPE, "extra_kitchen_hourly": "on", "version": booking.version}
    shown = town_client.post(url, kitchen).content.decode()
    assert "Neuer Preis: 100,00 € statt 90,00 € (+ 10,00 €)" in plain(shown)
    assert "Stundenweise Nutzung" in shown
    booking.refresh_from_db()
    assert (booking.total_cents, booking.version) == (9000, 1)

    other = town_client.post(url, {**kitchen, "gruppe": "local_org", "terms": typed_value(shown, "terms")})
    assert other.status_code == 200, "what was typed after the look is looked at again"
    changed = town_client.post(url, {**kitchen, "terms": typed_value(shown, "terms")})
    assert changed.headers["Location"] == f"/meine-buchungen/{booking.uuid}/"
    booking.refresh_from_db()
    assert (booking.total_cents, booking.extras, booking.state) == (
        10000,
        {"kitchen_hourly": "1"},
        "requested",
    )
    assert "Neuer Preis: 100,00 € statt 90,00 €" in plain(
        town_client.get(changed.headers["Location"]).content.decode()
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"personen": "61"}, "höchstens 60 Personen"),
        ({"personen": "viele"}, "Geben Sie eine Zahl ein"),
        ({"gruppe": ""}, "Wählen Sie, als wer Sie buchen"),
        ({"gruppe": "nobility"}, "nobility"),
    ],
)  # fmt: skip
def test_a_scope_that_cannot_be_says_why_and_changes_nothing(
    town_client: Client, booking: Booking, typed: dict[str, str], sentence: str
) -> None:
    url = f"/meine-buchungen/{booking.uuid}/umfang/"
    refused = town_client.post(url, {**SCOPE, **typed, "version": "99999999999999999999"})
    assert refused.status_code == 422
    assert sentence in refused.content.decode()
    booking.refresh_from_db()
    assert booking.version == 1


def test_a_scope_changed_on_an_old_page_is_told(town_client: Client, booking: Booking) -> None:
    confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)
    refused = town_client.post(
        f"/meine-buchungen/{booking.uuid}/umfang/", {**SCOPE, "personen": "30", "version": booking.version}
    )
    assert refused.status_code == 422
    assert "inzwischen geändert" in refused.content.decode()


def test_moving_shows_the_price_before_it_happens(town_client: Client, booking: Booking, day: date) -> None:
    url = f"/meine-buchungen/{booking.uuid}/verlegen/"
    two_days = {"tag": (day + timedelta(days=7)).isoformat(), "von": "11:00", "bis": "11:00",
                "bis_tag": (day + timedelta(days=9)).isoformat()}  # fmt: skip
    shown = town_client.post(url, {**two_days, "action": "pruefen"}).content.decode()
    assert "Neuer Preis: 180,00 € statt 90,00 € (+ 90,00 €)" in shown
    before = Occupancy.objects.get().span
    assert (
        town_client.post(url, {**two_days, "action": "verlegen", "version": booking.version}).status_code
        == 302
    )
    after = Occupancy.objects.get().span
    assert after.lower - before.lower in {
        timedelta(days=7),
        timedelta(days=7, hours=1),
        timedelta(days=7, hours=-1),
    }
    booking.refresh_from_db()
    assert booking.total_cents == 18000


def test_moving_onto_taken_time_is_refused_and_nothing_moves(
    town_client: Client, booking: Booking, day: date, saal: ResourceView
) -> None:
    make_booking(saal, eleven_to_eleven(day + timedelta(days=7)))
    taken = {"tag": (day + timedelta(days=7)).isoformat(), "von": "11:00", "bis": "11:00"}
    url = f"/meine-buchungen/{booking.uuid}/verlegen/"
    refused = town_client.post(url, {**taken, "action": "verlegen", "version": booking.version})
    assert refused.status_code == 422
    assert typed_value(refused.content.decode(), "tag") == taken["tag"]
    assert Occupancy.objects.get(item__booking=booking).span.lower == eleven_to_eleven(day).start


def test_cancelling_asks_first(town_client: Client, booking: Booking) -> None:
    url = f"/meine-buchungen/{booking.uuid}/stornieren/"
    assert "Möchten Sie wirklich stornieren?" in town_client.get(url).content.decode()
    booking.refresh_from_db()
    assert booking.state == "requested"
    assert town_client.post(url, {"reason": "krank"}).status_code == 302
    booking.refresh_from_db()
    assert booking.state == "cancelled"
    assert not Occupancy.objects.exists()
    assert town_client.post(url, {}).status_code == 409


def test_question_is_answered_on_the_page(town_client: Client, booking: Booking) -> None:
    ask_question(booking.uuid, actor=CLERK, text="Brauchen Sie die Bühne?")
    page = town_client.get(f"/meine-buchungen/{booking.uuid}/").content.decode()
    assert "Brauchen Sie die Bühne?" in page
    url = f"/meine-buchungen/{booking.uuid}/antworten/"
    assert "Schreiben Sie Ihre Antwort" in town_client.post(url, {"text": ""}).content.decode()
    assert town_client.post(url, {"text": "Nein, danke."}).status_code == 302
    assert BookingEvent.objects.filter(kind="answered", text="Nein, danke.").count() == 1


def test_confirmed_booking_has_a_calendar_file(town_client: Client, booking: Booking) -> None:
    confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)
    assert "Kalenderdatei laden" in town_client.get(f"/meine-buchungen/{booking.uuid}/").content.decode()
    answer = town_client.get(f"/meine-buchungen/{booking.uuid}/kalender.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "STATUS:CONFIRMED" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_many_bookings_take_no_more_statements(town_client: Client, booking: Booking) -> None:
    with CaptureQueriesContext(connection) as few:
        town_client.get("/meine-buchungen/")
    copies = [Booking.objects.get(pk=booking.pk) for _copy in range(20)]
    for number, copy in enumerate(copies):
        copy.pk, copy.uuid, copy.number = None, uuid4(), f"X-{number}"
        copy.save()
        for item in booking.items.all():
            item.pk, item.booking = None, copy
            item.save()
    with CaptureQueriesContext(connection) as many:
        page = town_client.get("/meine-buchungen/").content.decode()
    assert page.count("b-card--link") == 21
    assert len(many) == len(few)
