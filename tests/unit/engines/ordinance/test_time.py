"""Days with 25 and 23 hours: periods and days go by the wall clock, hours by elapsed time."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from booking_core.engines.ordinance import QuoteRequest
from booking_core.engines.ordinance.calendar import (
    LocalSpan,
    add_months,
    before,
    cut_by_day,
    handover_periods,
    is_holiday,
    months,
    nights,
)
from booking_core.engines.ordinance.language.measures import SHORT, Measure
from booking_core.engines.ordinance.language.vocabulary import Period
from booking_core.engines.ordinance.measuring import compile_measure
from booking_core.engines.ordinance.scene import Booking, Defaults, Scene
from booking_core.kernel.spans import Span
from tests.unit.engines.ordinance.documents import document

BERLIN = ZoneInfo("Europe/Berlin")


def _span(start: str, end: str) -> Span:
    return Span(
        datetime.fromisoformat(start).replace(tzinfo=BERLIN),
        datetime.fromisoformat(end).replace(tzinfo=BERLIN),
    )


def _scene(*spans: Span) -> Scene:
    ordinance = document("halls").content
    request = QuoteRequest(resources=("court",), spans=spans, zone=BERLIN, persons=7)
    return Scene(Booking(ordinance, request, Defaults(ordinance)))


@pytest.mark.parametrize(
    ("start", "end", "hours", "wall_hours", "days"),
    [
        pytest.param("2026-10-24T11:00", "2026-10-25T11:00", 25, 24, 2, id="autumn, 25 hours"),
        pytest.param("2027-03-27T11:00", "2027-03-28T11:00", 23, 24, 2, id="spring, 23 hours"),
        pytest.param("2026-10-25T00:00", "2026-10-26T00:00", 25, 24, 1, id="the autumn day itself"),
        pytest.param("2026-09-12T11:00", "2026-09-13T11:00", 24, 24, 2, id="an ordinary day"),
    ],
)
def test_hours_elapse_while_days_are_on_the_calendar(
    start: str, end: str, hours: int, wall_hours: int, days: int
) -> None:
    scene = _scene(_span(start, end))
    assert compile_measure(Measure(count="hours"))(scene) == hours
    assert compile_measure(Measure(count="hours", clock="wall"))(scene) == wall_hours
    assert compile_measure(Measure(count="days"))(scene) == days
    assert compile_measure(Measure(count="days_24h", clock="wall"))(scene) == 1
    assert handover_periods(LocalSpan.from_span(_span(start, end), BERLIN), 11 * 60, 11 * 60) in (1, 2)


@pytest.mark.parametrize(
    ("start", "end", "periods"),
    [
        ("2026-09-12T11:00", "2026-09-13T11:00", 1),
        ("2026-10-24T11:00", "2026-10-25T11:00", 1),
        ("2027-03-27T11:00", "2027-03-28T11:00", 1),
        ("2026-09-12T12:00", "2026-09-12T21:00", 1),
        ("2026-09-12T02:00", "2026-09-12T10:30", 1),
        ("2026-09-12T08:00", "2026-09-13T11:00", 2),
        ("2026-09-12T11:00", "2026-09-13T11:01", 2),
        ("2026-09-11T11:00", "2026-09-13T11:00", 2),
    ],
)
def test_handover_periods_go_from_eleven_to_eleven(start: str, end: str, periods: int) -> None:
    assert handover_periods(LocalSpan.from_span(_span(start, end), BERLIN), 11 * 60, 11 * 60) == periods


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (Measure(count="minutes", step=Decimal(10), round="up"), 10),
        (Measure(count="minutes", step=Decimal(10), round="down"), 9),
        (Measure(count="hours", round="nearest"), 2),
        (Measure(count="hours", round="up", tolerance=Decimal("0.6")), 1),
        (Measure(count="hours", above=Measure(number=Decimal(1)), round="up"), 1),
        (Measure(product=(Measure(count="persons"), Measure(count="days"))), 7),
        (Measure(sum=(Measure(count="persons"), Measure(number=Decimal(3)))), 10),
        (Measure(largest=(Measure(count="persons"), Measure(number=Decimal(3)))), 7),
        (Measure(smallest=(Measure(count="persons"), Measure(number=Decimal(3)))), 3),
        (Measure(fact="unanswered"), None),
        (Measure(product=(Measure(measured="unread"), Measure(count="days"))), None),
    ],
)
def test_a_measure_of_95_minutes(measure: Measure, expected: int | None) -> None:
    assert compile_measure(measure)(_scene(_span("2026-09-12T11:00", "2026-09-12T12:35"))) == expected


@pytest.mark.parametrize(("over", "expected"), [("date", 4), ("booking", 3)])
def test_a_series_rounds_each_date_or_the_sum(over: str, expected: int) -> None:
    scene = _scene(
        _span("2026-09-14T18:00", "2026-09-14T19:30"), _span("2026-09-21T18:00", "2026-09-21T19:30")
    )
    measure = Measure.model_validate({"count": "hours", "round": "up", "rounding_over": over})
    assert compile_measure(measure)(scene) == expected


@pytest.mark.parametrize("word", sorted(set(SHORT) - {"m2", "handover_period"}))
def test_every_word_for_a_measure_counts_something(word: str) -> None:
    measure = Measure.model_validate(SHORT[word])
    assert compile_measure(measure)(_scene(_span("2026-09-12T11:00", "2026-09-13T11:00"))) is not None


def test_a_day_is_cut_at_the_midnight_of_the_town() -> None:
    pieces = list(cut_by_day(_span("2026-10-24T22:00", "2026-10-26T00:00"), BERLIN))
    assert [piece.duration.total_seconds() / 3600 for piece in pieces] == [2, 25]


def test_nights_and_months() -> None:
    assert nights(LocalSpan.from_span(_span("2026-09-12T15:00", "2026-09-14T10:00"), BERLIN)) == 2
    assert months(LocalSpan.from_span(_span("2026-10-01T00:00", "2026-12-01T00:00"), BERLIN)) == 2
    assert months(LocalSpan.from_span(_span("2026-10-01T00:00", "2026-12-02T00:00"), BERLIN)) == 3


def test_the_last_day_of_a_shorter_month_stands_for_a_missing_one() -> None:
    assert add_months(datetime(2027, 3, 31, tzinfo=BERLIN).date(), -1).isoformat() == "2027-02-28"


def test_working_days_leave_out_weekends_and_the_holidays_of_the_state() -> None:
    friday = datetime(2027, 1, 8, tzinfo=BERLIN).date()
    assert before(friday, Period(working_days=3), "BY").isoformat() == "2027-01-04"
    assert before(friday, Period(working_days=3), "NI").isoformat() == "2027-01-05"
    assert is_holiday(datetime(2027, 1, 6, tzinfo=BERLIN).date(), "BY")
    assert not is_holiday(datetime(2027, 1, 6, tzinfo=BERLIN).date(), "NI")
