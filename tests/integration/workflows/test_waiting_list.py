"""The waiting list: who may wait, who is next, what is kept for them and until when."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from booking_core.engines.recurrence import Rule
from booking_core.kernel.errors import InvalidInput
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView, Repeat
from booking_core.reservations.errors import AlreadyWaiting
from booking_core.reservations.models import Hold, WaitingEntry
from booking_core.reservations.queries import is_free
from booking_core.reservations.queries.waiting import entries_of, entry_by_uuid
from booking_core.reservations.services.closures import close, reopen
from booking_core.reservations.waiting_contracts import WaitingView
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.errors import InThePast, NothingToWaitFor
from booking_core.workflows.move_booking import move_booking
from booking_core.workflows.series_dates import release_date
from booking_core.workflows.waiting_list import join_waiting_list, leave_waiting_list
from booking_core.workflows.waiting_offers import serve_waiting_list
from tests.integration.workflows.conftest import CITIZEN, CLERK, ERIKA, NOW, PERIOD, House, at, mails, place

LATER = NOW + timedelta(hours=25)


def wait(
    house: House, email: str = "warte@example.org", *, now: datetime = NOW, **changes: Any
) -> WaitingView:
    return join_waiting_list(
        house.wish(**changes),
        name="Wanda Warte",
        viewer=Viewer(email=email),
        actor=CITIZEN,
        language="de",
        now=now,
    )


def give_up(booking: BookingView) -> None:
    cancel_booking(booking.uuid, actor=CLERK, now=NOW)


def state_of(entry: WaitingView) -> str:
    return entry_by_uuid(entry.uuid).state


def test_nobody_waits_for_what_is_free(house: House) -> None:
    with pytest.raises(NothingToWaitFor):
        wait(house)


def test_waiting_is_confirmed_by_mail_and_only_once(house: House, booked: BookingView) -> None:
    wait(house)
    assert mails() == [("waiting_joined", "warte@example.org")]
    with pytest.raises(AlreadyWaiting):
        wait(house, "Warte@example.org")


def test_an_address_must_be_proven_and_the_rules_hold(house: House, booked: BookingView) -> None:
    with pytest.raises(InvalidInput):
        wait(house, "")
    with pytest.raises(InThePast):
        wait(house, now=PERIOD.start + timedelta(minutes=1))


def test_nothing_is_offered_while_the_time_is_taken(house: House, booked: BookingView) -> None:
    entry = wait(house)
    assert serve_waiting_list(now=NOW) == 0
    assert state_of(entry) == "waiting"


def test_the_first_to_ask_gets_the_freed_time_and_it_is_kept(house: House, booked: BookingView) -> None:
    second = wait(house, "zweite@example.org", now=NOW + timedelta(minutes=1))
    first = wait(house, "erste@example.org")
    give_up(booked)
    OutboxMessage.objects.all().delete()
    assert serve_waiting_list(now=NOW) == 1
    assert (state_of(first), state_of(second)) == ("offered", "waiting")
    assert mails() == [("waiting_offered", "erste@example.org")]
    assert not is_free([house.hall.id], PERIOD)
    assert serve_waiting_list(now=NOW) == 0  # a second worker, a second run
    assert Hold.objects.count() == 1
    assert mails() == [("waiting_offered", "erste@example.org")]


def test_the_ordinances_priority_comes_before_the_time_of_asking(house: House, booked: BookingView) -> None:
    early, late = (
        wait(house, "frueh@example.org"),
        wait(house, "spaet@example.org", now=NOW + timedelta(hours=1)),
    )
    WaitingEntry.objects.filter(uuid=late.uuid).update(priority=1)
    give_up(booked)
    serve_waiting_list(now=NOW)
    assert (state_of(late), state_of(early)) == ("offered", "waiting")


def test_an_offer_becomes_a_booking_like_any_other(house: House, booked: BookingView) -> None:
    entry = wait(house)
    give_up(booked)
    serve_waiting_list(now=NOW)
    offered = entry_by_uuid(entry.uuid)
    made = place(house.wish(), viewer=Viewer(email="warte@example.org"), hold_uuid=offered.hold_uuid,
                 contact=type(ERIKA)(name="Wanda Warte", email="warte@example.org"))  # fmt: skip
    assert made.items[0].span == PERIOD
    assert state_of(entry) == "booked"
    assert serve_waiting_list(now=LATER) == 0 and state_of(entry) == "booked"


def test_who_lets_the_deadline_pass_makes_room_for_the_next(house: House, booked: BookingView) -> None:
    first, second = wait(house, "a@example.org"), wait(house, "b@example.org", now=NOW + timedelta(minutes=1))
    give_up(booked)
    serve_waiting_list(now=NOW)
    expire(first)
    OutboxMessage.objects.all().delete()
    assert serve_waiting_list(now=LATER) == 1
    assert (state_of(first), state_of(second)) == ("lapsed", "offered")
    assert mails() == [("waiting_lapsed", "a@example.org"), ("waiting_offered", "b@example.org")]


def expire(entry: WaitingView) -> None:
    """The deadline passes: the hold's by the database's clock, the entry's by ours."""
    offered = entry_by_uuid(entry.uuid)
    Hold.objects.filter(uuid=offered.hold_uuid).update(expires_at=datetime(2020, 1, 1, tzinfo=NOW.tzinfo))


def test_leaving_gives_the_offer_to_the_next(house: House, booked: BookingView) -> None:
    first, second = wait(house, "a@example.org"), wait(house, "b@example.org", now=NOW + timedelta(minutes=1))
    give_up(booked)
    serve_waiting_list(now=NOW)
    leave_waiting_list(first.uuid, actor=CITIZEN)
    leave_waiting_list(first.uuid, actor=CITIZEN)
    assert serve_waiting_list(now=NOW) == 1
    assert (state_of(first), state_of(second)) == ("left", "offered")


def test_a_move_and_a_lifted_closure_free_time_too(house: House, booked: BookingView) -> None:
    entry = wait(house)
    move_booking(
        booked.uuid, spans=[type(PERIOD)(at(11, days=7), at(11, days=8))], resource_ids=[house.hall.id],
        actor=CLERK, expected_version=1, now=NOW,
    )  # fmt: skip
    closure = close(house.hall.location.id, house.hall.id, PERIOD, "Boden", actor=CLERK)
    assert serve_waiting_list(now=NOW) == 0
    reopen(closure.uuid, actor=CLERK)
    assert serve_waiting_list(now=NOW) == 1
    assert state_of(entry) == "offered"


def test_a_released_date_is_offered(house: House) -> None:
    week = timedelta(weeks=1)
    spans = (PERIOD, type(PERIOD)(PERIOD.start + week, PERIOD.end + week))
    start = at(11)
    rule = Rule(start.date(), start.time(), start.time(), count=2)
    series = place(house.wish(spans=spans, repeat=Repeat(rule)))
    entry = wait(house)
    OutboxMessage.objects.all().delete()
    slot = start.date().isoformat()
    released = release_date(series.uuid, slot, actor=CITIZEN, now=NOW)
    again = release_date(series.uuid, slot, actor=CITIZEN, now=NOW)
    assert (again.version, released.total) == (released.version, series.total)
    assert [kind for kind, _to in mails()] == ["dates_notice"]
    assert serve_waiting_list(now=NOW) == 1 and state_of(entry) == "offered"


def test_past_times_leave_the_list_by_themselves(house: House, booked: BookingView) -> None:
    entry = wait(house)
    serve_waiting_list(now=PERIOD.end)
    assert state_of(entry) == "over"
    assert entries_of(email="warte@example.org") == ()


def test_a_wish_for_several_times_does_not_wait(house: House, booked: BookingView) -> None:
    two = (PERIOD, type(PERIOD)(at(11, days=3), at(11, days=4)))
    with pytest.raises(InvalidInput):
        join_waiting_list(
            Wish((house.hall.id,), two), name="W", viewer=Viewer(email="w@example.org"), actor=CITIZEN,
            language="de", now=NOW,
        )  # fmt: skip
