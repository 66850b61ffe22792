"""The result page: the citizen's sentence in one form, everything in the address, nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking_core.catalog.contracts import ResourceView
from booking_core.ordinances.models import TariffBinding
from booking_core.reservations.models import Booking
from tests.factories.bookings import make_booking
from tests.factories.catalogue import make_hall, make_room, make_stock
from tests.web.citizen.conftest import Answers, eleven_to_eleven, last_code

Query = dict[str, object]


@pytest.fixture
def kitchen(saal: ResourceView) -> ResourceView:
    """A second hall, with a kitchen and no step, at the same price."""
    room = make_room(
        saal.location,
        name="Bürgerstube",
        capacity=40,
        amenities=("kitchen",),
        accessibility=("step_free",),
        grid_minutes=30,
    )
    binding = TariffBinding.objects.get(resource_id=saal.id)
    TariffBinding.objects.create(resource_id=room.id, ordinance=binding.ordinance, codes=binding.codes)
    return room


def page_of(client: Client, query: Query) -> str:
    answer = client.get("/suche/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def results(page: str) -> str:
    return page.split("Treffer", 1)[1]


@pytest.fixture
def sentence() -> Query:
    """A room for 30 with a kitchen, any Saturday evening in six weeks, up to 100 euros, step-free."""
    soon = timezone.localdate() + timedelta(days=14)
    return {
        "ab": soon.isoformat(), "spaetestens": (soon + timedelta(days=30)).isoformat(), "wochentag": "5",
        "von": "17:00", "bis": "22:00", "personen": "30", "mit": "kitchen", "zugang": "step_free", "hoechstens": "100",
        "gruppe": "private",
    }  # fmt: skip


def test_the_sentence_is_one_form(town_client: Client, kitchen: ResourceView, sentence: Query) -> None:
    page = page_of(town_client, sentence)
    assert "1 Treffer" in page
    assert "Bürgerstube" in results(page)
    assert "17–22 Uhr" in results(page)
    assert "Auch frei:" in page
    assert re.search(r"\d+,00 €", results(page))
    form = page.split('role="search"', 1)[1].split("</form>", 1)[0]
    for name in sentence:
        assert f'name="{name}"' in form, name
    assert "<script" not in form


def test_what_was_typed_stays_in_the_form_and_in_every_link(
    town_client: Client, kitchen: ResourceView, sentence: Query
) -> None:
    page = page_of(town_client, sentence)
    form = page.split('role="search"', 1)[1].split("</form>", 1)[0]
    assert 'value="100"' in form
    assert re.search(r'value="5"[^>]*checked', form)
    assert re.search(r'value="kitchen"[^>]*checked', form)
    assert f'value="{sentence["ab"]}"' in form
    links = re.findall(r'class="b-chip[^>]*href="([^"]*)"', page)
    assert links
    assert all("hoechstens=100" in link and "wochentag=5" in link for link in links)


def test_a_booked_saturday_gives_way_to_the_next(
    town_client: Client, kitchen: ResourceView, sentence: Query
) -> None:
    first = re.search(r"tag=(\d{4}-\d\d-\d\d)&amp;von=17", page_of(town_client, sentence))
    assert first
    day = date.fromisoformat(first.group(1))
    make_booking(kitchen, eleven_to_eleven(day))
    second = re.search(r"tag=(\d{4}-\d\d-\d\d)&amp;von=17", page_of(town_client, sentence))
    assert second and date.fromisoformat(second.group(1)) == day + timedelta(days=7)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hoechstens": "viel"}, "Geben Sie einen Betrag in Euro ein"),
        ({"hoechstens": "-5"}, "Geben Sie einen Betrag in Euro ein"),
        ({"personen": "dreißig"}, "Geben Sie eine Zahl ein"),
        ({"menge": "x"}, "Geben Sie eine Zahl ein"),
        ({"raeume": "99"}, "kleiner oder gleich 5"),
        ({"spaetestens": "2020-01-01"}, "Der letzte Tag darf nicht vor dem ersten liegen."),
        ({"spaetestens": "2099-01-01"}, "Suchen Sie höchstens ein halbes Jahr auf einmal ab."),
        ({"dauer": "600"}, "So lange ist es zwischen „von“ und „bis“ nicht."),
        ({"von": "", "bis": ""}, "Wählen Sie, wie lange, oder geben Sie oben Beginn und Ende an."),
        ({"ab": "morgen"}, "Geben Sie das Datum so ein"),
        ({"wochentag": "9"}, "gültige Auswahl"),
        ({"zeitraum": "immer"}, "gültige Auswahl"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_the_rest(
    town_client: Client, kitchen: ResourceView, sentence: Query, change: Query, words: str
) -> None:
    page = page_of(town_client, {**sentence, **change})
    assert words in page
    assert 'value="30"' in page or "personen" in change


@pytest.mark.parametrize(
    "query", [{"mit": "unsinn"}, {"ort": "nirgends"}, {"page": "99999999"}, {"page": "x"}, {"art": "<b>"}]
)
def test_an_address_somebody_changed_is_no_error(
    town_client: Client, kitchen: ResourceView, query: Query
) -> None:
    page_of(town_client, query)


def test_words_are_forgiven(town_client: Client, kitchen: ResourceView) -> None:
    for text in ("Grosser Sal", "grosser saal", "Goßer Saal"):
        found = results(page_of(town_client, {"was": text}))
        assert "Großer Saal" in found
        assert "Bürgerstube" not in found
    assert "Bürgerstube" in results(page_of(town_client, {"was": "Buergerstube Kueche"}))


def test_pieces_reach_the_booking(town_client: Client, saal: ResourceView, day: date) -> None:
    chairs = make_stock(120, saal.location, name="Stapelstühle")
    page = page_of(
        town_client, {"was": "Stühle", "menge": "80", "tag": day.isoformat(), "von": "10:00", "bis": "12:00"}
    )
    link = re.search(rf'href="(/buchen/{chairs.slug}/[^"]*)"', page)
    assert link and "menge=80" in link.group(1)
    assert 'value="80"' in town_client.get(link.group(1).replace("&amp;", "&")).content.decode()


def test_two_rooms_are_booked_together(
    town_client: Client, saal: ResourceView, day: date, contact_answers: Answers
) -> None:
    _whole, (first, second, third) = make_hall(name="Turnhalle", grid_minutes=30)
    make_booking(first, eleven_to_eleven(day))
    page = page_of(
        town_client, {"was": "Teil", "raeume": "2", "tag": day.isoformat(), "von": "12:00", "bis": "14:00"}
    )
    assert "Teil 2 und Teil 3" in page
    link = re.search(rf'href="(/buchen/{second.slug}/[^"]*)"', page)
    assert link
    url = link.group(1).replace("&amp;", "&")
    form = town_client.get(url).content.decode()
    assert "<legend>Zusammen mit</legend>" in form
    assert f'<input type="hidden" name="dazu" value="{third.slug}">' in form
    typed = {"tag": day.isoformat(), "von": "12:00", "bis": "14:00", "dazu": third.slug, "action": "weiter"}
    held = town_client.post(f"/buchen/{second.slug}/", typed)
    check = town_client.post(held.headers["Location"], contact_answers).headers["Location"]
    town_client.get(check)
    town_client.post("/code/", {"code": last_code()})
    shown = town_client.get(check).content.decode()
    assert "Teil 2" in shown and "Teil 3" in shown
    town_client.post(check, {"house_rules": "on"})
    booking = Booking.objects.latest("id")
    assert {item.resource_id for item in booking.items.all()} == {second.id, third.id}


def test_a_room_that_is_not_there_cannot_be_added(town_client: Client, saal: ResourceView) -> None:
    assert town_client.get(f"/buchen/{saal.slug}/", {"dazu": "luftschloss"}).status_code == 404


def test_statements_of_the_result_page_each_by_name(
    town_client: Client, kitchen: ResourceView, sentence: Query, day: date, settle: Callable[[], None]
) -> None:
    fixed = {"tag": day.isoformat(), "von": "11:00", "bis": "14:00", "personen": "30", "gruppe": "private"}
    for query in (sentence, fixed):
        for rooms in (0, 20):
            for _number in range(rooms):
                make_room(kitchen.location, capacity=60)
            settle()
            town_client.cookies.clear()
            page_of(town_client, query)
            town_client.cookies.clear()
            with CaptureQueriesContext(connection) as taken:
                page_of(town_client, {**query, "gruppe": ""})
            said = [
                one["sql"]
                for one in taken
                if not one["sql"].startswith("SET ") and "tenants_" not in one["sql"]
            ]
            assert [_name(sql) for sql in said] == ["taken units", "days shown"]


def _name(sql: str) -> str:
    return "days shown" if "claim.resource_id" in sql else "taken units" if "array_agg" in sql else sql
