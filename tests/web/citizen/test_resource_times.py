"""Month, week, day, list and bars of one resource: what they say, where they lead, and how little they ask."""

import re
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking_core.catalog.contracts import HoursView, ResourceView
from booking_core.catalog.services import set_opening_hours
from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.ordinances.services import adopt_from_library, bind_resource, publish_version
from booking_core.reservations.services.closures import close
from tests.factories.bookings import make_booking
from tests.factories.catalogue import CLERK, make_location, make_room
from tests.web.citizen.conftest import ZONE

VIEWS = ("", "monat", "tag", "liste", "balken")


def look(client: Client, room: ResourceView, view: str, day: date | str, **query: str) -> str:
    answer = client.get(f"/raum/{room.slug}/", {"ansicht": view, "datum": str(day), **query})
    assert answer.status_code == 200
    return answer.content.decode()


def times_of(page: str) -> str:
    """The part of the page between its headings."""
    return page.split('id="zeiten"')[1].split("<h2", maxsplit=1)[0]


def clock(day: date, start: int, end: int) -> Span:
    return Span(at_wall_clock(day, time(start), ZONE), at_wall_clock(day, time(end), ZONE))


@pytest.fixture
def room(saal: ResourceView) -> ResourceView:
    """Open from 8 to 22 o'clock except on Sundays, without an ordinance."""
    made = make_room(saal.location, name="Probenraum", min_minutes=60)
    set_opening_hours(
        [HoursView(weekday, 8 * 60, 22 * 60) for weekday in range(6)], resource_id=made.id, actor=CLERK
    )
    return made


@pytest.fixture
def weekday(day: date) -> date:
    """A Wednesday far enough ahead, away from both clock changes, in the middle of a month."""
    day = date(2027, 1, 13)
    return day if day > timezone.localdate() + timedelta(days=20) else date(2028, 1, 12)


def test_a_month_names_every_day(town_client: Client, room: ResourceView, weekday: date) -> None:
    make_booking(room, clock(weekday, 8, 15))
    make_booking(room, clock(weekday + timedelta(days=1), 8, 22))
    page = look(town_client, room, "monat", weekday)
    table = page.split('class="b-month__table"')[1].split("</table>")[0]
    assert table.count("<td") % 7 == 0
    assert len(re.findall(r"b-month__number", table)) == 31
    assert "13. Januar" in table
    assert "zu 50 Prozent belegt, frei 15–22 Uhr" in table
    assert "14. Januar" in table and ": belegt" in table
    assert ": geschlossen" in table, "Sundays"
    assert f"ansicht=tag&amp;datum={weekday}" in table, "each day leads to its hours"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_keeps_view_and_day_in_the_address(
    town_client: Client, room: ResourceView, weekday: date, view: str
) -> None:
    page = look(town_client, room, view, weekday)
    times = times_of(page)
    for other in VIEWS[1:]:
        assert f"ansicht={other}&amp;datum={weekday}" in times
    assert 'name="datum"' in times
    assert f'value="{weekday}"' in times
    assert "script" not in times
    if view != "monat":
        assert f"/buchen/{room.slug}/?tag=" in times, "free time leads into the booking"


def test_a_day_shows_its_hours_and_only_its_own(
    town_client: Client, room: ResourceView, weekday: date
) -> None:
    make_booking(room, clock(weekday, 10, 12))
    page = look(town_client, room, "tag", weekday)
    assert page.count('<th scope="col"') == 1
    assert "10–11 Uhr belegt" in page
    assert "12–13 Uhr frei" in page
    assert f"tag={weekday}&amp;von=12%3A00&amp;bis=13%3A00" in page
    assert "Tag zurück" in page and "Tag vor" in page


def test_a_list_leads_from_each_free_stretch(town_client: Client, room: ResourceView, weekday: date) -> None:
    make_booking(room, clock(weekday, 9, 20))
    page = look(town_client, room, "liste", weekday)
    times = page.split('id="zeiten"')[1]
    assert "8–9 Uhr" in times and "20–22 Uhr" in times
    assert f"tag={weekday}&amp;von=20%3A00&amp;bis=22%3A00" in times
    assert times.count("/buchen/") == 1 + 12, (
        "two stretches on the first day, one on eleven others, none on Sundays"
    )


def test_nothing_free_says_so_and_leads_on(town_client: Client, room: ResourceView, weekday: date) -> None:
    span = Span(clock(weekday, 0, 1).start, clock(weekday + timedelta(days=14), 0, 1).start)
    close(room.location.id, room.id, span, "Bodenpflege", actor=CLERK)
    page = look(town_client, room, "liste", weekday)
    assert "In diesen Tagen ist nichts frei" in page
    assert f"ansicht=liste&amp;datum={weekday + timedelta(days=14)}" in page
    assert ": belegt" in look(town_client, room, "monat", weekday)


def test_a_closed_day_names_the_next_open_one(town_client: Client, room: ResourceView, weekday: date) -> None:
    sunday = weekday + timedelta(days=4)
    page = look(town_client, room, "tag", sunday)
    assert "An diesem Tag ist geschlossen." in page
    assert f"datum={sunday + timedelta(days=1)}" in page


@pytest.mark.parametrize("view", VIEWS)
def test_the_past_and_the_far_future_say_so(town_client: Client, room: ResourceView, view: str) -> None:
    past = look(town_client, room, view, "2020-02-05")
    today = timezone.localdate()
    assert "Zeiten zeigen wir höchstens drei Jahre im Voraus" in past, (
        "too far off is told, not silently replaced"
    )
    month_ago = today - timedelta(days=45)
    page = look(town_client, room, view, month_ago)
    assert "Diese Tage sind vorbei." in page
    assert f"datum={today}" in page
    assert "zeigen wir höchstens drei Jahre" in look(town_client, room, view, "9999-12-31")


@pytest.mark.parametrize("text", ["gestern", "2026-13-45", "", "0001-01-01"])
@pytest.mark.parametrize("view", [*VIEWS, "x"])
def test_nonsense_is_an_ordinary_page(town_client: Client, room: ResourceView, view: str, text: str) -> None:
    look(town_client, room, view, text)


def test_what_the_ordinance_refuses_is_named_with_the_day_it_ends(
    town_client: Client, saal: ResourceView
) -> None:
    """Kiel wants school rooms two weeks ahead; Tutzing lets private people book a month ahead at most."""
    today = timezone.localdate()
    school = _bound(saal, "kiel-schul-sportraeume", "school_room")
    page = look(town_client, school, "tag", today + timedelta(days=3))
    assert "mindestens 14 Tage vorher" in page
    assert f"datum={today + timedelta(days=14)}" in page
    assert "/buchen/" not in times_of(page)
    mobile = _bound(saal, "tutzing-mobile", "dish_mobile")
    for view in VIEWS:
        far = today + timedelta(days=100)
        page = look(town_client, mobile, view, far, gruppe="b")
        assert "Private können frühestens einen Monat vorher buchen. (Nr. 2)" in times_of(page), view
        assert "können Sie ab" in page
        assert "frühestens einen Monat" not in times_of(look(town_client, mobile, view, far, gruppe="a"))


def _bound(saal: ResourceView, library: str, code: str) -> ResourceView:
    room = make_room(make_location(), name=library)
    version = adopt_from_library(library, valid_from=date(2020, 1, 1), actor=CLERK)
    publish_version(version.id, actor=CLERK)
    bind_resource(room.id, version.ordinance_id, [code], actor=CLERK)
    return room


def test_the_night_of_the_clock_change_in_every_view(town_client: Client, saal: ResourceView) -> None:
    for view in VIEWS:
        look(town_client, saal, view, "2027-03-28", stunden="alle")
    assert "Zeitumstellung: 23 Stunden" in look(town_client, saal, "tag", "2027-03-28", stunden="alle")


STATEMENTS = (  # what a page of times asks, one each
    'FROM "catalog_openinghours"',
    'FROM "catalog_specialday"',
    "FROM catalog_resourceunit claim",  # everything that is taken
    'FROM "ordinances_tariffbinding"',
    'FROM "ordinances_ordinanceversion"',
)


@pytest.mark.parametrize("bookings", [1, 60])
@pytest.mark.parametrize("view", VIEWS)
def test_times_take_five_statements_however_many_bookings(
    town_client: Client, saal: ResourceView, weekday: date, view: str, bookings: int
) -> None:
    for number in range(bookings):
        make_booking(saal, clock(weekday + timedelta(days=number % 5), 8 + number // 5, 9 + number // 5))
    look(town_client, saal, view, weekday)
    with CaptureQueriesContext(connection) as seen:
        look(town_client, saal, view, weekday)
    asked = [one["sql"] for one in seen]
    found = [sum(part in sql for sql in asked) for part in STATEMENTS]
    prices = 1  # the price table below the times asks for the tariff, too
    assert found[:3] == [1, 1, 1], asked
    assert all(count <= 1 + prices for count in found[3:])
    assert sum("reservations_" in sql for sql in asked) == 1
