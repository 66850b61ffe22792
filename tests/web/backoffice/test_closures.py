"""Closing at the desk: the form's conveniences, the dialogue with everyone hit, and who may decide what."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.closure_contracts import ClosureView
from booking_core.reservations.models import Booking
from booking_core.reservations.queries import booking_by_uuid, closures
from booking_core.workflows.decide_booking import confirm_booking
from tests.web.backoffice.conftest import CONNY, Office, day_span

URL = "backoffice_closure_new"


def _typed(place: str, days: int = 0, **changes: object) -> dict[str, object]:
    day = (day_span(days).start + timedelta(hours=1)).date()
    return {"places": [place], "reason": "Bodenpflege", "start_on_0": day, "start_time_0": "08:00", "end_on_0": day,
            "end_time_0": "18:00", **changes}  # fmt: skip


def _seen(page: str) -> dict[str, str]:
    """What the dialogue carries along of what it showed."""
    return dict(re.findall(r'name="(seen_[^"]+)"\s+value="([^"]*)"', page))


def _walls(closure: ClosureView) -> tuple[str, str]:
    return (
        f"{timezone.localtime(closure.span.start):%Y-%m-%d %H:%M}",
        f"{timezone.localtime(closure.span.end):%Y-%m-%d %H:%M}",
    )


@pytest.mark.parametrize(
    ("decision", "state", "is_closed"),
    [("cancel", "cancelled", True), ("keep", "requested", True), ("", "requested", False)],
)
def test_everyone_hit_is_listed_and_settled(
    office: Office, clerk: Client, *, decision: str, state: str, is_closed: bool
) -> None:
    booking = office.book()
    typed = _typed(f"r{office.saal.id}")
    asked = clerk.post(reverse(URL), typed)
    page = asked.content.decode()
    assert asked.status_code == 409
    assert booking.number in page
    assert "Erika Mustermann" in page
    assert "verschieben nach" in page
    assert closures() == ()
    field = f"decision_{booking.uuid}"
    clerk.post(reverse(URL), {**typed, **_seen(page), "step": "settle", field: decision})
    assert booking_by_uuid(booking.uuid).state == state
    assert bool(closures()) is is_closed


def test_the_proposal_moves_the_booking_at_the_old_price(office: Office, clerk: Client) -> None:
    booking = office.book()
    typed = _typed(f"r{office.saal.id}")
    seen = _seen(clerk.post(reverse(URL), typed).content.decode())
    clerk.post(reverse(URL), {**typed, **seen, "step": "settle", f"decision_{booking.uuid}": "move"})
    moved = booking_by_uuid(booking.uuid)
    assert moved.items[0].span != booking.items[0].span
    assert moved.total.cents <= booking.total.cents
    assert len(closures()) == 1
    text = OutboxMessage.objects.get(kind="booking_moved").text
    assert "Geschlossen: Bodenpflege" in text, "who is moved learns why"


def test_one_decision_for_all(office: Office, clerk: Client) -> None:
    both = [office.book(), office.book(days=1)]
    last = (day_span(1).end + timedelta(hours=1)).date()
    typed = _typed(f"l{office.saal.location.id}", end_on_0=last)
    seen = _seen(clerk.post(reverse(URL), typed).content.decode())
    settled = clerk.post(reverse(URL), {**typed, **seen, "step": "settle", "for_all": "cancel"})
    assert settled.status_code == 302
    assert {booking_by_uuid(one.uuid).state for one in both} == {"cancelled"}


@pytest.mark.parametrize("meanwhile", ["somebody books", "it is changed"])
def test_what_the_page_did_not_show_is_never_decided(office: Office, clerk: Client, meanwhile: str) -> None:
    """One decision for all must not cancel whom nobody has looked at; nothing is half done."""
    first = office.book()
    last = (day_span(1).end + timedelta(hours=1)).date()
    typed = _typed(f"l{office.saal.location.id}", end_on_0=last)
    seen = _seen(clerk.post(reverse(URL), typed).content.decode())
    if meanwhile == "somebody books":
        office.book(days=1)
    else:
        confirm_booking(first.uuid, actor=CONNY, expected_version=1)
    sent = {**typed, **seen, "step": "settle", "for_all": "cancel"}
    answer = clerk.post(reverse(URL), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count("Neu oder inzwischen geändert") == 1
    assert not Booking.objects.filter(state="cancelled").exists()
    assert closures() == ()
    assert not OutboxMessage.objects.filter(kind="booking_cancelled").exists()
    again = clerk.post(reverse(URL), {**sent, **_seen(page)})
    assert again.status_code == 302
    assert set(Booking.objects.values_list("state", flat=True)) == {"cancelled"}


def test_a_caretaker_closes_but_decides_about_nobody(office: Office) -> None:
    booking = office.book()
    caretaker = office.client("caretaker")
    typed = _typed(f"r{office.saal.id}")
    page = caretaker.post(reverse(URL), typed).content.decode()
    assert "stornieren, ohne Kosten" not in page
    sent = {
        **typed,
        **_seen(page),
        "step": "settle",
        f"decision_{booking.uuid}": "cancel",
        "for_all": "cancel",
    }
    assert caretaker.post(reverse(URL), sent).status_code == 409
    assert booking_by_uuid(booking.uuid).state == "requested"
    assert closures() == ()


def test_whole_days_need_no_clock_and_include_both(office: Office, clerk: Client) -> None:
    typed = _typed(f"l{office.barn.location.id}", whole_days="on", start_on_0="2027-03-27", end_on_0="2027-03-28",
                   start_time_0="", end_time_0="")  # fmt: skip
    assert clerk.post(reverse(URL), typed).status_code == 302
    (closure,) = closures()
    assert _walls(closure) == ("2027-03-27 00:00", "2027-03-29 00:00")
    assert closure.span.duration == timedelta(hours=47), "the clocks change in between"


def test_summer_holidays_come_every_year_by_the_clock(office: Office, clerk: Client) -> None:
    typed = _typed(f"r{office.barn.id}", whole_days="on", start_on_0="2027-07-26", end_on_0="2027-09-04",
                   until_year="2029")  # fmt: skip
    assert clerk.post(reverse(URL), typed).status_code == 302
    assert [_walls(one) for one in closures()] == [
        (f"{year}-07-26 00:00", f"{year}-09-05 00:00") for year in (2027, 2028, 2029)
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"places": []}, "Wählen Sie mindestens einen Ort"),
        ({"start_time_0": ""}, "Geben Sie die Uhrzeit an"),
        ({"until_year": "2050"}, "Wählen Sie ein Jahr von"),
        ({"start_on_0": "2020-01-01", "end_on_0": "2020-01-02"}, "Diese Zeit ist schon vorbei"),
    ],
    ids=["no place", "no clock", "a far year", "the past"],
)
def test_bad_input_is_told_and_closes_nothing(
    office: Office, clerk: Client, changes: dict[str, object], sentence: str
) -> None:
    answer = clerk.post(reverse(URL), _typed(f"r{office.barn.id}") | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert closures() == ()


def test_the_twenty_ninth_of_february(office: Office, clerk: Client) -> None:
    typed = _typed(f"r{office.barn.id}", whole_days="on", start_on_0="2028-02-29", end_on_0="2028-02-29",
                   until_year="2029")  # fmt: skip
    assert clerk.post(reverse(URL), typed).status_code == 302
    assert [timezone.localtime(one.span.start).date() for one in closures()] == [
        date(2028, 2, 29), date(2029, 2, 28)
    ]  # fmt: skip
