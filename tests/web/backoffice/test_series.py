"""Series at the desk: entered with conflicts settled, one case in the inbox, single dates changed."""

from datetime import date, time, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booking_core.engines.recurrence import Rule
from booking_core.kernel.spans import Span
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView, Repeat
from booking_core.reservations.models import Booking, BookingItem, WaitingEntry
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.ranges import to_range
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.waiting_list import join_waiting_list
from tests.statements import asked
from tests.web.backoffice.conftest import CONNY, Office, day_span

FIRST = date(2027, 1, 9)
CALLER = {
    "title": "Chorprobe", "name": "Carla Chor", "email": "chor@example.org", "language": "de",
    "group": "private", "purpose": "private_event", "persons": "20", "is_confirmed": "on",
}  # fmt: skip


def query(resource_id: int, **rule: str) -> str:
    when = {
        "start_on_0": "2027-01-09",
        "start_time_0": "11:00",
        "end_on_0": "2027-01-10",
        "end_time_0": "11:00",
    }
    return urlencode({"resource_ids": resource_id, "quantity": 1, **when, **rule})


def booked_series(office: Office, count: int = 3, **changes: Any) -> BookingView:
    spans = tuple(day_span(7 * number) for number in range(count))
    first = spans[0].start
    rule = Rule(FIRST, first.replace(hour=11).time(), first.replace(hour=11).time(), count=count)
    wish = Wish(
        (office.saal.id,), spans, group="private", purpose="private_event", persons=40, repeat=Repeat(rule)
    )
    return office.book(wish=wish, **changes)


def test_a_clerk_enters_a_series_around_a_taken_date(office: Office, clerk: Client) -> None:
    office.book(days=7)
    who = clerk.get(f"/verwaltung/buchungen/neu/?{query(office.saal.id)}").content.decode()
    assert "Diesen Termin wiederholen" in who
    url = f"/verwaltung/buchungen/neu/serie/?{query(office.saal.id, rhythmus='w1', anzahl='4')}"
    page = clerk.get(url).content.decode()
    assert "1 Termin geht so nicht" in page and "3 Termine sind frei" in page
    ticked = {f"termin_{FIRST + timedelta(weeks=n)}": "on" for n in (0, 2, 3)}
    held = clerk.post(url, {**ticked, f"termin_{FIRST + timedelta(weeks=1)}": ""})
    assert held.status_code == 302, held.content.decode()
    priced = clerk.post(held["Location"], {**CALLER, "step": "price"}).content.decode()
    assert "270,00" in priced
    entered = clerk.post(held["Location"], {**CALLER, "step": "enter"})
    booking = booking_by_uuid(Booking.objects.latest("id").uuid)
    assert entered["Location"] == f"/verwaltung/buchungen/{booking.uuid}/"
    assert (booking.state, len(booking.items), booking.total.cents) == ("confirmed", 3, 27000)
    shown = clerk.get(entered["Location"]).content.decode()
    assert "Termine der Serie" in shown and "war belegt" in shown


def test_the_inbox_shows_a_series_as_one_case(office: Office, clerk: Client) -> None:
    booking = booked_series(office)
    page = clerk.get("/verwaltung/eingang/").content.decode()
    assert page.count(f'/verwaltung/eingang/{booking.uuid}/"') >= 1
    assert "Serie mit 3 Terminen" in page and "jede Woche am Samstag" in page


def test_a_clerk_cancels_dates_free_of_charge_and_brings_one_back(office: Office, clerk: Client) -> None:
    booking = booked_series(office)
    second = FIRST + timedelta(weeks=1)
    base = f"/verwaltung/buchungen/{booking.uuid}/termine/{second}"
    dropped = clerk.post(
        f"{base}/absagen/", {"reach": "onward", "reason": "Wahl", "step": "drop", "version": booking.version}
    )
    assert dropped.status_code == 302, dropped.content.decode()
    left = booking_by_uuid(booking.uuid)
    assert [item.slot for item in left.items] == [str(FIRST)]
    assert left.cancellation_fee is None
    assert "Wahl" in OutboxMessage.objects.get(kind="dates_cancelled").text
    assert clerk.post(f"{base}/aufnehmen/", {}).status_code == 302
    assert [item.slot for item in booking_by_uuid(booking.uuid).items] == [str(FIRST), str(second)]


def test_a_date_moves_to_another_room(office: Office, clerk: Client) -> None:
    booking = booked_series(office)
    url = f"/verwaltung/buchungen/{booking.uuid}/termine/{FIRST}/verlegen/"
    answers = {"raum": office.barn.id, "tag": "2027-01-09", "von": "11:00", "bis": "11:00"}
    moved = clerk.post(url, {**answers, "step": "move", "version": booking.version})
    assert moved.status_code == 302, moved.content.decode()
    after = booking_by_uuid(booking.uuid)
    assert {item.slot: item.resource_id for item in after.items}[str(FIRST)] == office.barn.id


@pytest.mark.parametrize("role", ["caretaker", "reader", "treasurer"])
def test_others_do_not_change_dates(office: Office, role: str) -> None:
    booking = booked_series(office)
    client = office.client(role)
    for page in ("absagen", "verlegen", "aufnehmen"):
        assert client.get(f"/verwaltung/buchungen/{booking.uuid}/termine/{FIRST}/{page}/").status_code == 403


def test_another_place_is_not_theirs(office: Office) -> None:
    booking = booked_series(office)
    elsewhere = office.client("clerk", location_ids=(office.barn.location.id,))
    assert elsewhere.get(f"/verwaltung/buchungen/{booking.uuid}/termine/{FIRST}/absagen/").status_code == 404


def test_a_date_goes_to_no_room_of_another_place(office: Office) -> None:
    """Seen red with ``may_use`` left out by ``series_dates``."""
    booking = booked_series(office)
    here = office.client("clerk", location_ids=(office.saal.location.id,))
    url = f"/verwaltung/buchungen/{booking.uuid}/termine/{FIRST}/verlegen/"
    assert office.barn.name not in here.get(url).content.decode()
    answers = {"raum": office.barn.id, "tag": "2027-01-09", "von": "11:00", "bis": "11:00"}
    assert here.post(url, {**answers, "step": "move", "version": booking.version}).status_code == 422
    assert {item.resource_id for item in booking_by_uuid(booking.uuid).items} == {office.saal.id}


def test_an_administrator_enters_school_holidays(
    office: Office, administrator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    url = "/verwaltung/einstellungen/schulferien/"
    assert "Noch sind keine Schulferien eingetragen" in administrator.get(url).content.decode()
    wrong = administrator.post(url, {"zeilen": "Ostern; bald"})
    assert wrong.status_code == 422 and "Zeile 1" in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert administrator.post(url, {"zeilen": "Winterferien; 16.1.2027; 22.1.2027"}).status_code == 302
    assert "Winterferien; 16.1.2027; 22.1.2027" in administrator.get(url).content.decode()
    rule = query(office.saal.id, rhythmus="w1", anzahl="3", ohne_ferien="on")
    page = administrator.get(f"/verwaltung/buchungen/neu/serie/?{rule}").content.decode()
    assert "Schulferien (Winterferien)" in page and "3 Termine sind frei" in page


def test_the_page_of_a_series_costs_the_same_statements_for_one_date_and_for_many(
    office: Office, clerk: Client
) -> None:
    counts = []
    for count in (2, 2, 20):  # the first fills caches
        Booking.objects.all().delete()
        booking = booked_series(office, count)
        with CaptureQueriesContext(connection) as captured:
            clerk.get(f"/verwaltung/buchungen/{booking.uuid}/")
        counts.append(asked(captured))
    assert counts[1] == counts[2]


def test_the_caretaker_notes_an_unused_date_with_one_tap(office: Office) -> None:
    booking = booked_series(office)
    item = BookingItem.objects.filter(booking__uuid=booking.uuid).earliest("span")
    start = timezone.now() - timedelta(hours=2)
    BookingItem.objects.filter(pk=item.pk).update(span=to_range(Span(start, start + timedelta(hours=1))))
    Booking.objects.filter(uuid=booking.uuid).update(state="confirmed")
    caretaker = office.client("caretaker")
    day = timezone.localdate(start)
    page = caretaker.get(f"/verwaltung/?tag={day}").content.decode()
    assert "war jemand da?" in page
    url = f"/verwaltung/buchungen/{booking.uuid}/termine/{item.slot}/nutzung/"
    assert url in page
    assert caretaker.post(url, {"use": "unused", "from": "today"}).status_code == 302
    assert "nicht genutzt" in caretaker.get(f"/verwaltung/?tag={day}").content.decode()
    clerk = office.client("clerk")
    assert booking.title in clerk.get("/verwaltung/serien/?nur=unused").content.decode()
    assert "Nutzung vermerken" in clerk.get(f"/verwaltung/buchungen/{booking.uuid}/").content.decode()


def test_a_clerk_asks_a_club_to_confirm(office: Office, clerk: Client) -> None:
    booking = booked_series(office)
    url = f"/verwaltung/buchungen/{booking.uuid}/fortsetzung/"
    assert clerk.post(url, {"confirm_by": "2020-01-01"}).status_code == 422
    assert clerk.post(url, {"confirm_by": "2027-01-03"}).status_code == 302
    assert OutboxMessage.objects.filter(kind="confirmation_asked").exists()
    listed = clerk.get("/verwaltung/serien/?nur=unconfirmed").content.decode()
    assert booking.title in listed and "gefragt" in listed


def test_a_clerk_asks_all_clubs_once_a_year(office: Office, clerk: Client) -> None:
    booking = booked_series(office)
    Booking.objects.filter(pk=booking.id).update(
        state="confirmed", requested_at=timezone.now() - timedelta(days=100)
    )
    url = reverse("backoffice_series_ask_all")
    assert url in clerk.get(reverse("backoffice_series")).content.decode()
    typed = {"confirm_by": FIRST.isoformat()}
    assert "Gefragt wird 1 Verein." in clerk.post(url, {**typed, "step": "look"}).content.decode()
    assert not OutboxMessage.objects.filter(kind="confirmation_asked").exists(), "looking asks nobody"
    assert clerk.post(url, {**typed, "step": "ask"}).status_code == 302
    assert OutboxMessage.objects.filter(kind="confirmation_asked").count() == 1
    again = clerk.post(url, {**typed, "step": "ask"}).content.decode()
    assert "Für diesen Tag gibt es niemanden zu fragen." in again
    elsewhere = office.client("clerk", location_ids=(office.barn.location.id,))
    assert elsewhere.get(url).status_code == 200
    past = clerk.post(url, {"confirm_by": "2020-01-01", "step": "ask"})
    assert past.status_code != 302


def test_the_list_of_series_costs_the_same_for_one_and_for_twenty(office: Office, clerk: Client) -> None:
    counts = []
    for more in (1, 0, 19):
        for number in range(more):
            _one_more(office, timedelta(weeks=number + len(counts)))
        with CaptureQueriesContext(connection) as captured:
            clerk.get("/verwaltung/serien/")
        counts.append(asked(captured))
    assert counts[1] == counts[2]


def _one_more(office: Office, shift: timedelta) -> None:
    first = day_span(1)
    spans = tuple(
        Span(first.start + shift + timedelta(days=n), first.end + shift + timedelta(days=n)) for n in (0, 2)
    )
    rule = Rule(FIRST, time(11), time(11), count=2)
    office.book(wish=Wish((office.barn.id,), spans, repeat=Repeat(rule)), title="Chor")


def test_the_desk_sees_who_waits_and_takes_them_off(office: Office, clerk: Client) -> None:
    office.book()
    join_waiting_list(
        Wish((office.saal.id,), (day_span(),), group="private", purpose="private_event", persons=40),
        name="Wanda Warte",
        viewer=Viewer(email="wanda@example.org"),
        actor=CONNY,
        language="de",
        now=timezone.now(),
    )
    page = clerk.get("/verwaltung/warteliste/").content.decode()
    assert "Wanda Warte" in page
    entry = WaitingEntry.objects.get()
    url = f"/verwaltung/warteliste/{entry.uuid}/austragen/"
    elsewhere = office.client("clerk", "reader", location_ids=(office.barn.location.id,))
    assert "Wanda Warte" not in elsewhere.get("/verwaltung/warteliste/").content.decode()
    assert elsewhere.post(url).status_code == 404
    assert office.client("reader").get(url).status_code == 403
    assert clerk.post(url).status_code == 302
    assert "Niemand wartet" in clerk.get("/verwaltung/warteliste/").content.decode()
