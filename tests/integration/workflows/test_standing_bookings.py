"""Standing bookings are looked after: announced, noted as unused and asked about, asked whether they go on."""

from datetime import UTC, date, datetime, timedelta

import pytest

from booking_core.engines.recurrence import Rule
from booking_core.kernel.errors import InvalidInput
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView, Repeat
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.series import SeriesFilter, series_rows, unused_in_a_row
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.errors import SeriesNotRunning
from booking_core.workflows.standing_bookings import (
    ask_to_confirm,
    confirm_continuation,
    note_use,
    remind_of_dates,
    set_reminders,
)
from booking_core.workflows.yearly_confirmation import (
    ask_all_to_confirm,
    follow_up_confirmations,
    to_be_asked,
)
from tests.integration.workflows.conftest import CITIZEN, CLERK, NOW, PERIOD, House, at, mails, place

WEEK = timedelta(weeks=1)


@pytest.fixture
def series(house: House) -> BookingView:
    """Five confirmed weeks of the great hall; the mails are out of the way."""
    spans = tuple(type(PERIOD)(PERIOD.start + WEEK * n, PERIOD.end + WEEK * n) for n in range(5))
    start = at(11)
    rule = Rule(start.date(), start.time(), start.time(), count=5)
    asked = place(house.wish(spans=spans, repeat=Repeat(rule)))
    made = confirm_booking(asked.uuid, actor=CLERK, expected_version=asked.version)
    OutboxMessage.objects.all().delete()
    return made


def note(series: BookingView, number: int, use: str = "unused") -> bool:
    item = series.items[number]
    return note_use(series.uuid, {item.slot: use}, actor=CLERK, now=item.span.end).was_asked


def test_after_three_unused_in_a_row_the_club_is_asked_once(series: BookingView) -> None:
    assert [note(series, number) for number in range(5)] == [False, False, True, False, False]
    assert [kind for kind, _to in mails()] == ["unused_asked"]
    after = booking_by_uuid(series.uuid)
    assert after.series is not None and after.series.unused_asked_at is not None
    assert len(unused_in_a_row(after, now=series.items[4].span.end)) == 5


def test_a_used_date_between_breaks_the_row(series: BookingView) -> None:
    assert [note(series, 0), note(series, 1), note(series, 2, "used"), note(series, 3), note(series, 4)] == [
        False
    ] * 5
    assert mails() == []


def test_the_list_shows_what_needs_looking_after(series: BookingView) -> None:
    note(series, 0)
    now = series.items[0].span.end
    (row,) = series_rows(SeriesFilter("unused"), now=now).rows
    assert (row.unused, row.dates_left, row.booking.dates) == (1, 4, 5)
    assert series_rows(SeriesFilter("unconfirmed"), now=now).rows == ()
    ask_to_confirm(series.uuid, confirm_by=date(2031, 12, 1), actor=CLERK, now=NOW)
    assert len(series_rows(SeriesFilter("unconfirmed"), now=now).rows) == 1
    assert series_rows(SeriesFilter(), now=series.items[-1].span.end).rows == ()


def test_a_club_confirms_once(series: BookingView) -> None:
    asked = ask_to_confirm(series.uuid, confirm_by=date(2031, 12, 1), actor=CLERK, now=NOW)
    assert asked.series is not None and asked.series.confirm_by == date(2031, 12, 1)
    confirm_continuation(series.uuid, actor=CITIZEN, now=NOW)
    again = confirm_continuation(series.uuid, actor=CITIZEN, now=NOW)
    assert again.series is not None and again.series.confirm_by is None
    assert again.series.confirmed_at == NOW
    assert [kind for kind, _to in mails()] == ["confirmation_asked", "continuation_notice"]


def test_nobody_is_asked_about_what_is_over(series: BookingView) -> None:
    with pytest.raises(InvalidInput):
        ask_to_confirm(series.uuid, confirm_by=NOW.date(), actor=CLERK, now=NOW)
    cancel_booking(series.uuid, actor=CLERK, now=NOW)
    with pytest.raises(SeriesNotRunning):
        ask_to_confirm(series.uuid, confirm_by=date(2031, 12, 1), actor=CLERK, now=NOW)


def test_a_date_is_announced_once_two_days_before_in_daylight(series: BookingView) -> None:
    before = PERIOD.start - timedelta(days=2)
    assert remind_of_dates(now=before.replace(hour=2)) == 0
    assert [remind_of_dates(now=before) for _ in range(2)] == [1, 0]
    (mail,) = OutboxMessage.objects.filter(kind="date_reminder")
    assert "/termin-freigeben/" in mail.text
    set_reminders(series.uuid, wanted=False)
    assert remind_of_dates(now=before + WEEK) == 0


def test_without_an_answer_the_club_is_reminded_once_and_the_desk_is_told_once(series: BookingView) -> None:
    due = date(2031, 9, 30)
    ask_to_confirm(series.uuid, confirm_by=due, actor=CLERK, now=NOW)
    OutboxMessage.objects.all().delete()
    day_of = {
        number: datetime(2031, 9, 30, 10, tzinfo=UTC) + timedelta(days=number)
        for number in (-8, -7, -1, 0, 1, 2)
    }
    sent = [follow_up_confirmations(now=day_of[number]) for number in (-8, -7, -1, 0, 1, 2)]
    assert sent == [0, 1, 0, 0, 1, 0]
    assert [kind for kind, _to in mails()] == ["confirmation_reminder", "confirmation_missing"]
    reminder = OutboxMessage.objects.get(kind="confirmation_reminder")
    assert "/serie-bestaetigen/" in reminder.text
    after = booking_by_uuid(series.uuid)
    assert after.state == "confirmed" and len(after.items) == len(series.items), "nothing falls out by itself"
    assert {"answer_reminded", "answer_missing"} <= {event.kind for event in after.events}
    ask_to_confirm(series.uuid, confirm_by=date(2031, 11, 1), actor=CLERK, now=day_of[2])
    assert follow_up_confirmations(now=day_of[2] + timedelta(days=25)) == 1, "a new question, a new reminder"


def test_who_has_answered_or_was_asked_just_now_is_left_in_peace(series: BookingView) -> None:
    ask_to_confirm(series.uuid, confirm_by=NOW.date() + timedelta(days=4), actor=CLERK, now=NOW)
    assert follow_up_confirmations(now=NOW + timedelta(hours=1)) == 0
    confirm_continuation(series.uuid, actor=CITIZEN, now=NOW + timedelta(days=1))
    assert follow_up_confirmations(now=NOW + timedelta(days=3)) == 0
    assert follow_up_confirmations(now=NOW + timedelta(days=30)) == 0


def test_once_a_year_all_are_asked_who_go_on(series: BookingView) -> None:
    later = NOW + timedelta(days=100)
    last = series.items[-1].span.start.date()
    assert to_be_asked((), confirm_by=NOW.date() + timedelta(days=1), now=NOW) == (), "made only just now"
    assert to_be_asked((), confirm_by=last, now=later) == (), "nothing comes after that day"
    assert to_be_asked((), confirm_by=last - timedelta(days=1), now=later) == (series.uuid,)
    location = series.items[0].location_id
    assert to_be_asked({location}, confirm_by=last - timedelta(days=1), now=later) == (series.uuid,)
    assert to_be_asked({location + 1}, confirm_by=last - timedelta(days=1), now=later) == ()
    confirm_by = NOW.date() + timedelta(days=9)
    assert ask_all_to_confirm((series.uuid,), confirm_by=confirm_by, actor=CLERK, now=NOW) == 1
    assert to_be_asked((), confirm_by=confirm_by, now=later) == (), "asked already"
    confirm_continuation(series.uuid, actor=CITIZEN, now=NOW)
    assert to_be_asked((), confirm_by=confirm_by, now=later) == (), "a yes holds for the year"
    assert to_be_asked((), confirm_by=confirm_by, now=NOW + timedelta(days=301)) == (series.uuid,)
