"""Opening hours by the wall clock: midnight, special days, the nights the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking_core.catalog.contracts import HoursView, OpeningRules, SpecialDayView
from booking_core.engines.availability import open_spans
from booking_core.engines.opening import with_own_days_first
from booking_core.kernel.spans import Span

BERLIN = ZoneInfo("Europe/Berlin")
SPRING = date(2027, 3, 28)  # 02:00 becomes 03:00
AUTUMN = date(2027, 10, 31)  # 03:00 becomes 02:00
SATURDAY = date(2026, 9, 12)


def daily(*hours: tuple[int, int]) -> OpeningRules:
    return OpeningRules(tuple(HoursView(day, opens, closes) for day in range(7) for opens, closes in hours))


def on_the_clock(spans: tuple[Span, ...]) -> list[str]:
    """The spans as a visitor reads them off the wall, with the offset."""
    return [
        f"{one.start.astimezone(BERLIN):%d. %H:%M%z}–{one.end.astimezone(BERLIN):%d. %H:%M%z}"
        for one in spans
    ]


@pytest.mark.parametrize(
    ("rules", "first", "last", "expected"),
    [
        pytest.param(
            daily((480, 720), (780, 1320)), SATURDAY, SATURDAY,
            ["12. 08:00+0200–12. 12:00+0200", "12. 13:00+0200–12. 22:00+0200"], id="a lunch break",
        ),
        pytest.param(
            daily((600, 1440), (0, 60)), SATURDAY, date(2026, 9, 13),
            ["12. 00:00+0200–12. 01:00+0200", "12. 10:00+0200–13. 01:00+0200", "13. 10:00+0200–14. 00:00+0200"],
            id="past midnight is one span",
        ),
        pytest.param(
            OpeningRules(), SATURDAY, date(2026, 9, 13), ["12. 00:00+0200–14. 00:00+0200"],
            id="no rows at all: around the clock",
        ),
        pytest.param(
            OpeningRules((HoursView(0, 480, 960),)), SATURDAY, date(2026, 9, 13), [], id="open on Mondays only",
        ),
        pytest.param(
            OpeningRules((), (SpecialDayView(1, SATURDAY, SATURDAY, "Fest"),)), SATURDAY, date(2026, 9, 13),
            ["13. 00:00+0200–14. 00:00+0200"], id="closed on a special day",
        ),
        pytest.param(
            OpeningRules(daily((480, 960)).weekly, (SpecialDayView(1, SATURDAY, SATURDAY, "Markt", 300, 600),)),
            SATURDAY, SATURDAY, ["12. 05:00+0200–12. 10:00+0200"], id="special hours replace the weekly ones",
        ),
        pytest.param(
            daily((60, 240)), SPRING, SPRING, ["28. 01:00+0100–28. 04:00+0200"], id="spring: two hours, not three",
        ),
        pytest.param(
            daily((150, 240)), SPRING, SPRING, ["28. 03:00+0200–28. 04:00+0200"], id="spring: opens at the jump",
        ),
        pytest.param(
            daily((60, 150)), SPRING, SPRING, ["28. 01:00+0100–28. 03:00+0200"], id="spring: closes at the jump",
        ),
        pytest.param(daily((120, 180)), SPRING, SPRING, [], id="spring: hours wholly in the gap"),
        pytest.param(
            daily((120, 180)), AUTUMN, AUTUMN, ["31. 02:00+0200–31. 03:00+0100"], id="autumn: the hour comes twice",
        ),
        pytest.param(
            daily((60, 150)), AUTUMN, AUTUMN, ["31. 01:00+0200–31. 02:30+0100"], id="autumn: closes at the second",
        ),
    ],
)  # fmt: skip
def test_open_spans(rules: OpeningRules, first: date, last: date, expected: list[str]) -> None:
    assert on_the_clock(open_spans(rules, first, last, BERLIN)) == expected


@pytest.mark.parametrize(("day", "length"), [(SPRING, 23), (AUTUMN, 25), (SATURDAY, 24)])
def test_a_whole_day_has_its_real_length(day: date, length: int) -> None:
    (whole,) = open_spans(daily((0, 1440)), day, day, BERLIN)
    assert whole.duration == timedelta(hours=length)


hours_rows = st.builds(
    lambda weekday, opens, length: HoursView(weekday, opens, min(1440, opens + length)),
    st.integers(0, 6), st.integers(0, 1425), st.integers(15, 900),
)  # fmt: skip
first_days = st.dates(date(2027, 3, 20), date(2027, 11, 5))


@given(st.lists(hours_rows, min_size=1, max_size=6), first_days, st.integers(0, 9))
def test_open_exactly_when_the_clock_says_so(rows: list[HoursView], first: date, length: int) -> None:
    """Every quarter of an hour: open, if and only if some row of that weekday covers the clock on the wall."""
    last = first + timedelta(days=length)
    spans = open_spans(OpeningRules(tuple(rows)), first, last, BERLIN)
    for earlier, later in pairwise(spans):
        assert earlier.end < later.start
    moment = datetime.combine(first, datetime.min.time(), BERLIN).astimezone(UTC)
    while moment.astimezone(BERLIN).date() <= last:
        local = moment.astimezone(BERLIN)
        minute = local.hour * 60 + local.minute
        by_clock = any(
            row.weekday == local.weekday() and row.opens_minutes <= minute < row.closes_minutes
            for row in rows
        )
        is_open = any(one.start <= moment < one.end for one in spans)
        # The hour that comes twice is open from the first opening to the second closing.
        is_repeated = local.date() == AUTUMN and local.hour == 2
        assert is_open == by_clock or (is_repeated and is_open), local
        moment += timedelta(minutes=15)


def special(first: int, last: int, number: int = 1) -> SpecialDayView:
    return SpecialDayView(
        number, date(2026, 12, 1) + timedelta(first), date(2026, 12, 1) + timedelta(last), ""
    )


day_ranges = st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(day_ranges, max_size=4), st.lists(day_ranges, max_size=4))
def test_own_special_days_win_on_their_dates(
    own: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    combined = with_own_days_first(
        [special(*days, number=1) for days in own], [special(*days, number=2) for days in other]
    )
    for number in range(30):
        day = date(2026, 12, 1) + timedelta(number)
        owners = {row.id for row in combined if row.first_on <= day <= row.last_on}
        is_own = any(first <= number <= last for first, last in own)
        is_other = any(first <= number <= last for first, last in other)
        assert owners == ({1} if is_own else {2} if is_other else set())
