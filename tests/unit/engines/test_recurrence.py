"""Rules of repetition: which dates, by which clock, and which are left out with a reason."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_core.engines.recurrence import (
    LAST,
    LONGEST,
    Break,
    DateFault,
    Rhythm,
    Rule,
    RuleInvalid,
    is_last_of_month,
    occurrences,
    ordinal_of,
    rule_from_data,
    rule_to_data,
    span_on,
)
from booking_core.kernel.spans import Span

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2027, 1, 4)


def rule(**changes: object) -> Rule:
    usual: dict[str, object] = {"first_on": MONDAY, "start": time(18), "end": time(20), "count": 4}
    return Rule(**{**usual, **changes})  # type: ignore[arg-type]  # typed by name above


def days(one: Rule, **more: object) -> list[str]:
    return [found.key for found in occurrences(one, BERLIN, **more) if found.takes_place]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        pytest.param(rule(), ["2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25"], id="weekly"),
        pytest.param(rule(interval=2, count=3), ["2027-01-04", "2027-01-18", "2027-02-01"], id="fortnightly"),
        pytest.param(
            rule(count=None, until=date(2027, 1, 18)),
            ["2027-01-04", "2027-01-11", "2027-01-18"],
            id="until, included",
        ),
        pytest.param(
            rule(first_on=date(2027, 1, 12), rhythm=Rhythm.MONTHLY, ordinal=2, count=3),
            ["2027-01-12", "2027-02-09", "2027-03-09"],
            id="second Tuesday",
        ),
        pytest.param(
            rule(first_on=date(2027, 1, 29), rhythm=Rhythm.MONTHLY, ordinal=LAST, count=4),
            ["2027-01-29", "2027-02-26", "2027-03-26", "2027-04-30"],
            id="last Friday",
        ),
        pytest.param(
            rule(first_on=date(2027, 1, 20), rhythm=Rhythm.MONTHLY, ordinal=1, count=2),
            ["2027-02-03", "2027-03-03"],
            id="the first Wednesday comes only next month",
        ),
        pytest.param(
            rule(first_on=date(2027, 1, 4), rhythm=Rhythm.MONTHLY, ordinal=1, interval=3, count=2),
            ["2027-01-04", "2027-04-05"],
            id="every quarter",
        ),
        pytest.param(
            rule(first_on=date(2026, 11, 30), rhythm=Rhythm.MONTHLY, ordinal=LAST, count=4),
            ["2026-11-30", "2026-12-28", "2027-01-25", "2027-02-22"],
            id="over the turn of the year",
        ),
        pytest.param(
            rule(first_on=date(2027, 1, 4), rhythm=Rhythm.MONTHLY, count=None, until=date(2027, 3, 1)),
            ["2027-01-04", "2027-02-01", "2027-03-01"],
            id="monthly until, included",
        ),
    ],
)
def test_dates_of_a_rule(one: Rule, expected: list[str]) -> None:
    assert days(one) == expected


def test_the_clock_on_the_wall_stays_while_utc_moves() -> None:
    found = occurrences(rule(first_on=date(2027, 3, 22), count=2), BERLIN)
    assert [one.span.start for one in found if one.span] == [
        datetime(2027, 3, 22, 17, tzinfo=UTC),
        datetime(2027, 3, 29, 16, tzinfo=UTC),
    ]


@pytest.mark.parametrize("clocks", [(time(2, 30), time(5)), (time(1), time(2, 30))], ids=["start", "end"])
def test_a_time_the_spring_change_leaves_out_is_named_not_bent(clocks: tuple[time, time]) -> None:
    start, end = clocks
    found = occurrences(rule(first_on=date(2027, 3, 21), start=start, end=end, count=2), BERLIN)
    assert [(one.key, one.fault, one.span is None) for one in found] == [
        ("2027-03-21", None, False),
        ("2027-03-28", DateFault.SKIPPED_HOUR, True),
        ("2027-04-04", None, False),
    ]


def test_an_autumn_time_that_exists_twice_offers_both() -> None:
    found = occurrences(rule(first_on=date(2027, 10, 24), start=time(2, 30), end=time(5), count=2), BERLIN)
    doubled = found[1]
    assert (doubled.key, doubled.fault, doubled.span) == ("2027-10-31", DateFault.DOUBLED_HOUR, None)
    assert [one.duration for one in doubled.spans] == [
        timedelta(hours=3, minutes=30),
        timedelta(hours=2, minutes=30),
    ]
    assert span_on(rule(start=time(2, 30), end=time(5)), date(2027, 10, 31), BERLIN) == doubled.spans[0]


def test_a_night_over_the_change_is_an_hour_shorter_or_longer() -> None:
    party = rule(start=time(22), end=time(4), count=1)
    spring = span_on(party, date(2027, 3, 27), BERLIN)
    autumn = span_on(party, date(2027, 10, 30), BERLIN)
    assert spring is not None and spring.duration == timedelta(hours=5)
    assert autumn is not None and autumn.duration == timedelta(hours=7)


def test_holidays_are_left_out_with_their_name_and_do_not_count() -> None:
    found = occurrences(
        rule(count=3, without_public_holidays=True, without_school_holidays=True),
        BERLIN,
        public_holidays={date(2027, 1, 11): "Beispieltag"},
        breaks=[Break("Winterferien", date(2027, 1, 18), date(2027, 1, 24))],
    )
    assert [(one.key, one.fault, one.label) for one in found] == [
        ("2027-01-04", None, ""),
        ("2027-01-11", DateFault.PUBLIC_HOLIDAY, "Beispieltag"),
        ("2027-01-18", DateFault.SCHOOL_HOLIDAY, "Winterferien"),
        ("2027-01-25", None, ""),
        ("2027-02-01", None, ""),
    ]
    assert len(days(rule(count=3), public_holidays={date(2027, 1, 11): "Beispieltag"})) == 3


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"count": None}, "until"),
        ({"until": date(2027, 2, 1)}, "until"),
        ({"count": None, "until": date(2027, 1, 1)}, "until"),
        ({"count": None, "until": date(2031, 1, 1)}, "until"),
        ({"count": 0}, "count"),
        ({"count": 161}, "count"),
        ({"interval": 0}, "interval"),
        ({"interval": 53}, "interval"),
        ({"ordinal": 5}, "ordinal"),
        ({"ordinal": 0}, "ordinal"),
        ({"ordinal": -2}, "ordinal"),
        ({"count": None, "until": MONDAY + LONGEST + timedelta(days=1)}, "until"),
    ],
)
def test_rules_without_sense_are_refused_at_their_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(RuleInvalid) as refused:
        rule(**changes)
    assert refused.value.field == field


def test_a_series_of_nothing_but_holidays_is_refused() -> None:
    all_year = [Break("Ferien", date(2020, 1, 1), date(2040, 1, 1))]
    with pytest.raises(RuleInvalid, match="no-dates"):
        occurrences(rule(without_school_holidays=True), BERLIN, breaks=all_year)


@pytest.mark.parametrize(
    ("changes", "dates", "last"),
    [
        pytest.param({"count": None, "until": MONDAY}, 1, "2027-01-04", id="ends on its first day"),
        pytest.param({"count": 1}, 1, "2027-01-04", id="one date"),
        pytest.param({"interval": 52, "count": 2}, 2, "2028-01-03", id="once a year"),
        pytest.param(
            {"count": None, "until": MONDAY + timedelta(days=732)}, 105, "2029-01-01", id="two years"
        ),
        pytest.param({"count": 160}, 105, "2029-01-01", id="more dates than two years have"),
        pytest.param(
            {"rhythm": Rhythm.MONTHLY, "count": 160},
            25,
            "2029-01-01",
            id="more months than two years have",
        ),
    ],
)
def test_the_widest_rules_that_are_allowed(changes: dict[str, object], dates: int, last: str) -> None:
    found = days(rule(**changes))
    assert (len(found), found[-1]) == (dates, last)


@pytest.mark.parametrize(
    ("clocks", "end_days", "hours"),
    [
        pytest.param((time(18), time(20)), 0, 2, id="the same day"),
        pytest.param((time(18), time(18)), 0, 24, id="once round the clock"),
        pytest.param((time(18), time(17)), 0, 23, id="into the next day"),
        pytest.param((time(18), time(20)), 1, 26, id="a day later"),
        pytest.param((time(18), time(17)), 2, 71, id="two days after the next"),
    ],
)
def test_how_long_a_date_is(clocks: tuple[time, time], end_days: int, hours: int) -> None:
    found = span_on(rule(start=clocks[0], end=clocks[1], end_days=end_days), MONDAY, BERLIN)
    assert found == Span(
        datetime(2027, 1, 4, 17, tzinfo=UTC), datetime(2027, 1, 4, 17, tzinfo=UTC) + timedelta(hours=hours)
    )


@pytest.mark.parametrize(
    ("first", "last", "is_away"), [(18, 24, True), (12, 18, True), (19, 24, False), (12, 17, False)]
)
def test_a_break_has_its_first_and_its_last_day(first: int, last: int, is_away: bool) -> None:
    holidays = [Break("Ferien", date(2027, 1, first), date(2027, 1, last))]
    found = occurrences(
        rule(count=1, first_on=date(2027, 1, 18), without_school_holidays=True), BERLIN, breaks=holidays
    )
    assert (found[0].fault is DateFault.SCHOOL_HOLIDAY) is is_away


def test_a_holiday_on_the_night_of_the_change_keeps_the_times_it_could_have() -> None:
    """Who takes the date back in is asked for the hour where it exists twice, and refused where it does not exist."""
    for day, times in ((date(2027, 3, 28), 0), (date(2027, 10, 31), 3)):
        night = rule(first_on=day, start=time(2, 30), end=time(2, 45), count=1, without_public_holidays=True)
        first = occurrences(night, BERLIN, public_holidays={day: "Beispieltag"})[0]
        assert first.fault is DateFault.PUBLIC_HOLIDAY
        assert len(first.spans) == times
        assert first.span == (first.spans[0] if times else None)


def test_a_date_that_exists_twice_counts_and_one_that_does_not_exist_does_not() -> None:
    night = {"start": time(2, 30), "end": time(5)}
    autumn = occurrences(rule(first_on=date(2027, 10, 31), count=2, **night), BERLIN)
    assert [one.key for one in autumn] == ["2027-10-31", "2027-11-07"]
    spring = occurrences(rule(first_on=date(2027, 3, 28), count=1, **night), BERLIN)
    assert [(one.key, one.takes_place) for one in spring] == [("2027-03-28", False), ("2027-04-04", True)]


@pytest.mark.parametrize(("end", "field"), [({"count": 3}, "count"), ({"until": date(2027, 2, 1)}, "until")])
def test_a_rule_without_a_date_is_refused_at_its_end(end: dict[str, object], field: str) -> None:
    all_year = [Break("Ferien", date(2020, 1, 1), date(2040, 1, 1))]
    with pytest.raises(RuleInvalid) as refused:
        occurrences(rule(**{"count": None, "without_school_holidays": True, **end}), BERLIN, breaks=all_year)
    assert (refused.value.field, refused.value.code) == (field, "no-dates")


def test_what_stored_rules_leave_out_is_usual() -> None:
    stored = {"first_on": "2027-01-04", "start": "18:00", "end": "20:00", "count": 4}
    assert rule_from_data(stored) == rule()
    until = rule_from_data({**stored, "count": None, "until": "2027-02-01", "without_school_holidays": True})
    assert until == rule(count=None, until=date(2027, 2, 1), without_school_holidays=True)
    assert rule_to_data(until)["until"] == "2027-02-01"
    assert rule_to_data(rule())["until"] is None


def test_which_weekday_of_the_month() -> None:
    found = [ordinal_of(date(2027, 1, day)) for day in range(1, 32)]
    assert found == [1] * 7 + [2] * 7 + [3] * 7 + [4] * 7 + [LAST] * 3
    assert is_last_of_month(date(2027, 2, 22)) and not is_last_of_month(date(2027, 1, 22))


rules = st.builds(
    Rule,
    first_on=st.dates(date(2026, 1, 1), date(2029, 1, 1)),
    start=st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)),
    end=st.times().map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)),
    rhythm=st.sampled_from(Rhythm),
    interval=st.integers(1, 8),
    ordinal=st.sampled_from([1, 2, 3, 4, LAST]),
    count=st.integers(1, 30),
)


@given(rules)
def test_dates_are_in_order_on_their_weekday_and_show_the_rules_clock(one: Rule) -> None:
    try:
        found = occurrences(one, BERLIN)
    except RuleInvalid as refused:
        assert refused.code in {"no-dates"}
        return
    assert all(earlier.day < later.day for earlier, later in pairwise(found))
    assert {date.weekday(each.day) for each in found} == {one.first_on.weekday()}
    for each in found:
        for span in each.spans:
            assert span.start.astimezone(BERLIN).time() == one.start
            assert span.end.astimezone(BERLIN).time() == one.end
            assert span.start.astimezone(BERLIN).date() == each.day
    assert found == occurrences(one, BERLIN)


@given(rules)
def test_a_rule_survives_storing(one: Rule) -> None:
    assert rule_from_data(rule_to_data(one)) == one
