"""One booking of a hall, chairs and tables on the site: adding, taking away, a number beside each, the whole way."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from booking_core.kernel.spans import Span
from booking_core.reservations.models import Booking, Hold
from tenants.models import Tenant
from tests.factories.bookings import make_booking
from tests.factories.furniture import Furnished, make_furnished_hall
from tests.web.citizen.conftest import Answers, last_code, typed_value

ZONE = ZoneInfo("Europe/Berlin")


@pytest.fixture
def house(town: Tenant) -> Furnished:
    return make_furnished_hall()


@pytest.fixture
def typed(day: date) -> dict[str, object]:
    """The hall from 10 to 14 with chairs and tables beside it."""
    return {
        "tag": day.isoformat(), "von": "10:00", "bis": "14:00", "gruppe": "everyone", "zweck": "party",
        "dazu": ["stuehle", "tische"], "menge_stuehle": "80", "menge_tische": "10",
    }  # fmt: skip


def test_things_are_added_and_taken_away_without_losing_anything(
    town_client: Client, house: Furnished, typed: dict[str, object]
) -> None:
    start = {name: value for name, value in typed.items() if not name.startswith(("dazu", "menge"))}
    page = town_client.get("/buchen/saal/", start).content.decode()
    assert 'name="dazu_neu"' in page and 'value="stuehle"' in page
    added = town_client.post("/buchen/saal/", {**start, "dazu_neu": "stuehle", "action": "dazu"})
    page = added.content.decode()
    assert (added.status_code, typed_value(page, "menge_stuehle"), typed_value(page, "dazu")) == (
        200,
        "1",
        "stuehle",
    )
    assert "101,00 €" in page
    assert page.count('value="stuehle"') == 2  # what is beside, and the button that takes it away
    less = {**start, "dazu": "stuehle", "menge_stuehle": "80", "weglassen": "stuehle"}
    page = town_client.post("/buchen/saal/", less).content.decode()
    assert "100,00 €" in page
    assert "menge_stuehle" not in page
    unfinished = {**start, "von": "", "dazu_neu": "tische", "action": "dazu"}
    page = town_client.post("/buchen/saal/", unfinished).content.decode()
    assert typed_value(page, "menge_tische") == "1"
    assert "Bitte prüfen Sie Ihre Angaben" not in page
    assert not Hold.objects.exists()


def test_the_whole_way_with_a_number_beside_each(
    town_client: Client, house: Furnished, typed: dict[str, object], contact_answers: Answers
) -> None:
    assert "210,00 €" in town_client.post("/buchen/saal/", {**typed, "action": "preis"}).content.decode()
    held = town_client.post("/buchen/saal/", {**typed, "action": "weiter"})
    again = town_client.get(
        f"/buchen/saal/?halten={held.headers['Location'].split('/')[-3]}"
    ).content.decode()
    assert (typed_value(again, "menge_stuehle"), typed_value(again, "menge_tische")) == ("80", "10")
    check = town_client.post(held.headers["Location"], contact_answers).headers["Location"]
    town_client.get(check)
    town_client.post("/code/", {"code": last_code()})
    assert "80 × Stühle" in town_client.get(check).content.decode()
    done = town_client.post(check, {})
    uuid = UUID(done.headers["Location"].split("/")[-2])
    items = Booking.objects.get(uuid=uuid).items.order_by("resource_id")
    assert [item.quantity for item in items] == [1, 80, 10]
    page = town_client.get(f"/meine-buchungen/{uuid}/").content.decode()
    assert "80 × Stühle" in page and "10 × Tische" in page
    change = {
        "tag": typed["tag"],
        "von": "10:00",
        "bis": "14:00",
        "menge_stuehle": "100",
        "menge_tische": "10",
    }
    page = town_client.post(
        f"/meine-buchungen/{uuid}/verlegen/", {**change, "action": "pruefen"}
    ).content.decode()
    assert "230,00 €" in page
    town_client.post(f"/meine-buchungen/{uuid}/verlegen/", {**change, "action": "verlegen"})
    assert sorted(Booking.objects.get(uuid=uuid).items.values_list("quantity", flat=True)) == [1, 10, 100]


def test_what_is_short_is_named(
    town_client: Client, house: Furnished, typed: dict[str, object], day: date
) -> None:
    span = Span(datetime.combine(day, time(12), ZONE), datetime.combine(day, time(13), ZONE))
    make_booking(house.tables, span, quantity=15)
    page = town_client.post("/buchen/saal/", {**typed, "action": "preis"}).content.decode()
    assert "Zu dieser Zeit ist Tische nicht frei." in page
    fewer = {**typed, "menge_tische": "5", "action": "weiter"}
    assert town_client.post("/buchen/saal/", fewer).status_code == 302
