"""Where people arrive: home, results, a place, a resource, legal pages, pictures; empty, one and many."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from booking_core.catalog.contracts import HoursView, ResourceView
from booking_core.catalog.queries import resource_by_slug
from booking_core.catalog.services import add_photo, set_opening_hours
from booking_core.ordinances.models import TariffBinding
from tenants.models import Tenant
from tests.conftest import client_of
from tests.factories.bookings import make_booking
from tests.factories.catalogue import CLERK, make_room
from tests.web.citizen.conftest import Answers, eleven_to_eleven

PAGES = ("/", "/suche/", "/meine-buchungen/", "/impressum/", "/datenschutz/", "/barrierefreiheit/")


def statements(client: Client, url: str) -> int:
    client.cookies.clear()
    client.get(url)  # warms what is cached per process
    client.cookies.clear()
    with CaptureQueriesContext(connection) as taken:
        assert client.get(url).status_code == 200
    # Which town a host belongs to is cached; whether the cache answers in time is not asked here.
    ours = [one["sql"] for one in taken if "tenants_" not in one["sql"] and not one["sql"].startswith("SET ")]
    return len(ours)


def many_rooms(like: ResourceView, count: int) -> None:
    tariff = TariffBinding.objects.get(resource_id=like.id)
    for _room in range(count):
        room = make_room(like.location, capacity=60)
        TariffBinding.objects.create(resource_id=room.id, ordinance=tariff.ordinance, codes=tariff.codes)


def test_statements_do_not_depend_on_the_number_of_resources(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    query = "&".join(f"{name}={value}" for name, value in time_answers.items() if name != "zweck")
    urls = ("/", "/suche/", f"/suche/?{query}", f"/orte/{saal.location.slug}/")
    few = {url: statements(town_client, url) for url in urls}
    many_rooms(saal, 19)
    assert {url: statements(town_client, url) for url in urls} == few


@pytest.mark.parametrize("page", PAGES)
def test_looking_around_starts_no_session(town_client: Client, saal: ResourceView, page: str) -> None:
    answer = town_client.get(page)
    assert answer.status_code == 200
    assert settings.SESSION_COOKIE_NAME not in answer.cookies


def test_resource_and_price_start_no_session(
    town_client: Client, saal: ResourceView, time_answers: Answers
) -> None:
    for url in (f"/raum/{saal.slug}/", f"/orte/{saal.location.slug}/", f"/buchen/{saal.slug}/"):
        assert settings.SESSION_COOKIE_NAME not in town_client.get(url, time_answers).cookies


@pytest.mark.parametrize("page", PAGES)
def test_empty_town_has_words_for_it(town_client: Client, town: Tenant, page: str) -> None:
    assert town_client.get(page).status_code == 200


def test_home_shows_what_there_is(town_client: Client, saal: ResourceView) -> None:
    page = town_client.get("/").content.decode()
    for words in (
        "Großer Saal",
        "bis 60 Personen",
        "90,00 € je Übergabezeitraum",
        "So geht es",
        "Uns Dörpshus",
    ):
        assert words in page


def test_home_of_a_large_town_leads_on(town_client: Client, saal: ResourceView) -> None:
    many_rooms(saal, 30)
    page = town_client.get("/").content.decode()
    assert page.count('class="b-place"') == 24
    assert "Noch 7 Angebote ansehen" in page


def test_chosen_group_is_remembered_and_priced(town_client: Client, saal: ResourceView, day: date) -> None:
    query = {"tag": day.isoformat(), "von": "11:00", "bis": "11:00", "gruppe": "local_org"}
    found = town_client.get("/suche/", query)
    assert "kostenlos" in found.content.decode()
    assert settings.SESSION_COOKIE_NAME in found.cookies
    again = town_client.get("/suche/", {**query, "gruppe": ""}).content.decode()
    assert "Ortsansässige Vereine" in again
    assert (
        "0,00 € je" in town_client.get("/").content.decode()
        or "local_org" in town_client.get("/").content.decode()
    )


def test_result_names_the_price_and_links_to_the_booking(
    town_client: Client, saal: ResourceView, day: date
) -> None:
    query = {"tag": day.isoformat(), "von": "11:00", "bis": "11:00", "gruppe": "private", "personen": "40"}
    page = town_client.get("/suche/", query).content.decode()
    assert "1 Treffer" in page
    assert "90,00 €" in page
    assert "für: Private" in page
    assert "zuzüglich 180,00 € Kaution" in page
    assert f"/buchen/{saal.slug}/?tag={day.isoformat()}" in page
    assert "Platz für 60 Personen" in page


def test_nothing_free_says_what_would_work(town_client: Client, saal: ResourceView, day: date) -> None:
    make_booking(saal, eleven_to_eleven(day))
    page = town_client.get(
        "/suche/", {"tag": day.isoformat(), "von": "11:00", "bis": "11:00"}
    ).content.decode()
    assert "0 Treffer" in page
    assert "Auch möglich" in page
    assert "Frei zu einer anderen Zeit" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"von": "11:00", "bis": "12:00"}, "Wählen Sie zu den Uhrzeiten auch den Tag."),
        ({"tag": "2027-03-01", "von": "11:00"}, "Geben Sie Beginn und Ende an"),
        (
            {"tag": "2027-03-28", "von": "02:30", "bis": "10:00"},
            "In dieser Nacht werden die Uhren vorgestellt",
        ),
        ({"tag": "gestern"}, "Geben Sie das Datum so ein"),
    ],
)
def test_search_that_cannot_be_says_why(
    town_client: Client, saal: ResourceView, query: Answers, sentence: str
) -> None:
    answer = town_client.get("/suche/", query)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_filters_are_links_that_keep_the_search(town_client: Client, saal: ResourceView) -> None:
    make_room(saal.location, name="Turnhalle", kind="hall", amenities=("showers",))
    page = town_client.get("/suche/?was=&art=hall").content.decode()
    assert "Turnhalle" in page
    assert "Großer Saal" not in page.split('id="inhalt"')[1].split("b-cards--list")[1]
    assert 'href="?was=&amp;art=hall&amp;mit=showers"' in page
    assert 'href="?was="' in page


def test_results_come_in_pages(town_client: Client, saal: ResourceView) -> None:
    many_rooms(saal, 24)
    page = town_client.get("/suche/").content.decode()
    assert "25 Treffer" in page
    assert page.count("b-place--wide") == 20
    assert town_client.get("/suche/?page=2").content.decode().count("b-place--wide") == 5


def test_week_says_which_hours_are_free(town_client: Client, saal: ResourceView, day: date) -> None:
    set_opening_hours(
        [HoursView(weekday, 8 * 60, 22 * 60) for weekday in range(7)], resource_id=saal.id, actor=CLERK
    )
    make_booking(saal, eleven_to_eleven(day))
    page = town_client.get(f"/raum/{saal.slug}/?woche={day.isoformat()}").content.decode()
    assert "10–11 Uhr frei" in page
    assert "11–12 Uhr belegt" in page
    assert "7–8 Uhr" not in page
    assert f"tag={day.isoformat()}&amp;von=10%3A00&amp;bis=11%3A00" in page
    bars = town_client.get(f"/raum/{saal.slug}/?woche={day.isoformat()}&ansicht=balken").content.decode()
    assert "frei 8–11 Uhr" in bars


def test_week_does_not_turn_into_the_past(town_client: Client, saal: ResourceView) -> None:
    this_week = town_client.get(f"/raum/{saal.slug}/").content.decode()
    assert "Woche zurück" not in this_week
    later = timezone.localdate() + timedelta(days=14)
    assert "Woche zurück" in town_client.get(f"/raum/{saal.slug}/?woche={later.isoformat()}").content.decode()


@pytest.mark.parametrize("week", ["gestern", "0001-01-01", "9999-12-31", "2026-13-45", ""])
def test_nonsense_week_shows_this_week(town_client: Client, saal: ResourceView, week: str) -> None:
    assert town_client.get(f"/raum/{saal.slug}/", {"woche": week}).status_code == 200


def test_spring_night_has_an_hour_that_does_not_exist(town_client: Client, saal: ResourceView) -> None:
    page = town_client.get(f"/raum/{saal.slug}/?woche=2027-03-28&stunden=alle").content.decode()
    assert "Zeitumstellung: 23 Stunden" in page
    assert page.count("gibt es in dieser Nacht nicht") == 1


def test_unpublished_resource_is_not_there(town_client: Client, saal: ResourceView) -> None:
    hidden = make_room(saal.location, name="Geheim", is_published=False)
    for url in (f"/raum/{hidden.slug}/", f"/buchen/{hidden.slug}/"):
        assert town_client.get(url).status_code == 404
    assert "Geheim" not in town_client.get("/").content.decode()


def test_what_someone_typed_is_never_markup(town_client: Client, saal: ResourceView) -> None:
    nasty = '"><script>alert(1)</script>'
    for url in ("/suche/", f"/buchen/{saal.slug}/", f"/raum/{saal.slug}/"):
        page = town_client.get(
            url, {"was": nasty, "tag": nasty, "gruppe": nasty, "von": nasty}
        ).content.decode()
        assert "<script>alert" not in page


def test_language_switch_comes_back_to_the_page(town_client: Client, saal: ResourceView) -> None:
    switched = town_client.post("/sprache/", {"language": "en", "next": "/suche/"})
    assert switched.headers["Location"] == "/suche/"
    assert '<html lang="en"' in town_client.get("/suche/").content.decode()
    elsewhere = town_client.post("/sprache/", {"language": "en", "next": "https://evil.example/"})
    assert elsewhere.headers["Location"] == "/"


def picture() -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", (800, 600), "steelblue").save(content, "JPEG")
    content.seek(0)
    return content


def test_photo_is_served_to_its_town_only(tenant_b: Tenant, town_client: Client, saal: ResourceView) -> None:
    add_photo(picture(), "Der Saal mit Tischen", resource_id=saal.id, actor=CLERK)
    address = resource_by_slug(saal.slug).photos[0].url
    served = town_client.get(address)
    assert served.headers["Content-Type"] == "image/webp"
    assert "immutable" in served.headers["Cache-Control"]
    assert served.getvalue().startswith(b"RIFF")
    assert 'alt="Der Saal mit Tischen"' in town_client.get("/").content.decode()
    assert client_of(tenant_b).get(address).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "photos/../secret.webp", "photos/%2e%2e/secret.webp", "secret.webp", "export/data.webp", "photos/", "photos/x",
        "/etc/passwd", "photos/notes.txt", "photos/..%2f..%2fsecret.webp",
    ],
)  # fmt: skip
def test_other_files_are_not_served(town_client: Client, town: Tenant, path: str) -> None:
    for name in ("secret.webp", "export/data.webp", "photos/notes.txt"):
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(b"secret"))
    assert Path(default_storage.path("secret.webp")).exists()
    assert town_client.get(f"/medien/{path}").status_code == 404
