"""Periods on the calendar: leap days, the 31st, whole years without a hole or a day twice."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subscriptions.leitweg import is_leitweg_id, normal_leitweg_id
from subscriptions.periods import Period, add_months, period_from
from subscriptions.standing import Facts, standing_on

DAYS = st.dates(date(2024, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("first", "interval", "starts"),
    [
        (date(2027, 1, 31), "month", ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
        (date(2028, 1, 30), "month", ["2028-02-29", "2028-03-30", "2028-04-30"]),
        (date(2027, 12, 31), "month", ["2028-01-31", "2028-02-29", "2028-03-31"]),
        (date(2028, 2, 29), "year", ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        (date(2027, 3, 1), "year", ["2028-03-01", "2029-03-01"]),
    ],
)
def test_the_anchor_day_comes_back_after_short_months(first: date, interval: str, starts: list[str]) -> None:
    found, day = [], first
    for _number in starts:
        day = period_from(day, interval, anchor_day=first.day).next_first_on
        found.append(day.isoformat())
    assert found == starts


@given(DAYS, st.sampled_from(["month", "year"]), st.integers(1, 30))
def test_periods_follow_each_other_without_hole_or_overlap(first: date, interval: str, count: int) -> None:
    period, start = period_from(first, interval, anchor_day=first.day), first
    for _number in range(count):
        following = period_from(period.next_first_on, interval, anchor_day=first.day)
        assert period.first_on <= period.last_on
        assert following.first_on == period.last_on + timedelta(days=1)
        period = following
    months = (1 if interval == "month" else 12) * count
    assert period.first_on == add_months(start, months, anchor_day=first.day)


def test_a_year_over_a_leap_day_has_366_days() -> None:
    period = period_from(date(2027, 3, 1), "year", anchor_day=1)
    assert period == Period(date(2027, 3, 1), date(2028, 2, 29))


@pytest.mark.parametrize(
    "known", ["04011000-1234512345-06", "991-33333TEST-33", "04011000 - 1234512345 - 06"]
)
def test_known_leitweg_ids(known: str) -> None:
    assert is_leitweg_id(known)
    assert " " not in normal_leitweg_id(known)


@given(st.text(max_size=50))
def test_no_text_breaks_the_check(text: str) -> None:
    assert is_leitweg_id(text) in {True, False}


@given(
    trial=DAYS,
    grace=st.integers(1, 90),
    is_ordered=st.booleans(),
    ends=st.none() | DAYS,
    reminded=st.lists(st.none() | DAYS, max_size=3),
    day=DAYS,
)
def test_once_read_only_nothing_but_a_deed_opens_again(
    trial: date, grace: int, is_ordered: bool, ends: date | None, reminded: list[date | None], day: date
) -> None:
    """Time alone only ever tightens: normal → warned → read-only."""
    facts = Facts(trial, grace, is_ordered, ends, tuple(reminded))
    order = ["normal", "warned", "read_only"]
    today, tomorrow = standing_on(day, facts), standing_on(day + timedelta(days=1), facts)
    assert order.index(tomorrow.state) >= order.index(today.state)
    if today.state == "read_only":
        assert today.cause
        assert today.read_only_on is not None
        assert today.read_only_on <= day
