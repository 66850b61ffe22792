"""When a place is open: weekly hours and special days by the wall clock become spans of time.

Not here: what is taken (``engines.availability``), where the rules are stored (``catalog``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, ClassVar, Protocol, TypeVar
from zoneinfo import ZoneInfo

from booking_core.engines.span_sets import merge
from booking_core.kernel.spans import Span, WallClockFault, at_wall_clock, wall_clock_fault

DAY_MINUTES = 24 * 60
_ONE_DAY = timedelta(days=1)


class WeeklyHours(Protocol):
    """Open on one weekday (0 is Monday) between two minutes of the day; 1440 is the end of the day."""

    @property
    def weekday(self) -> int: ...
    @property
    def opens_minutes(self) -> int: ...
    @property
    def closes_minutes(self) -> int: ...


class SpecialHours(Protocol):
    """Other hours on some dates, both included; no minutes means closed."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def first_on(self) -> date: ...
    @property
    def last_on(self) -> date: ...
    @property
    def opens_minutes(self) -> int | None: ...
    @property
    def closes_minutes(self) -> int | None: ...


class Rules(Protocol):
    """Weekly hours, replaced by special hours on the dates that have any."""

    @property
    def weekly(self) -> Sequence[WeeklyHours]: ...
    @property
    def special(self) -> Sequence[SpecialHours]: ...


Day = TypeVar("Day", bound=SpecialHours)


def open_spans(rules: Rules, first: date, last: date, zone: ZoneInfo) -> tuple[Span, ...]:
    """The spans a place is open on the dates ``first`` to ``last`` (both included), merged and in order.

    No weekly hours at all means around the clock. A date with special rows has exactly their hours. Hours that
    meet at midnight become one span. Minutes are read off the clock on the wall of ``zone``:

    - spring gap: a time that is skipped stands for the moment the clock jumps, so 02:30–04:00 opens at 03:00;
    - autumn: opening means the first, closing the second of two equal times, so the repeated hour is open once
      through (a day of 00:00–24:00 has 25 hours).
    """
    spans = (span for day in _days(first, last) for span in _spans_of_day(rules, day, zone))
    return merge(spans)


def _spans_of_day(rules: Rules, day: date, zone: ZoneInfo) -> Iterator[Span]:
    for opens, closes in _hours_of_day(rules, day):
        start = _instant(day, opens, zone, fold=0)
        end = _instant(day, closes, zone, fold=1)
        if start < end:  # hours that lie wholly in the spring gap do not happen
            yield Span(start, end)


def _hours_of_day(rules: Rules, day: date) -> list[tuple[int, int]]:
    special = [row for row in rules.special if row.first_on <= day <= row.last_on]
    if special:
        return [
            (row.opens_minutes, row.closes_minutes)
            for row in special
            if row.opens_minutes is not None and row.closes_minutes is not None
        ]
    if not rules.weekly:
        return [(0, DAY_MINUTES)]
    return [(row.opens_minutes, row.closes_minutes) for row in rules.weekly if row.weekday == day.weekday()]


@lru_cache(maxsize=4_000)
def _instant(day: date, minutes: int, zone: ZoneInfo, *, fold: int) -> datetime:
    if minutes >= DAY_MINUTES:
        day, minutes = day + _ONE_DAY, 0
    clock = time(minutes // 60, minutes % 60)
    if wall_clock_fault(day, clock, zone) is WallClockFault.SKIPPED:
        return _jump(day, clock, zone)
    return at_wall_clock(day, clock, zone, fold=fold)


def _jump(day: date, skipped: time, zone: ZoneInfo) -> datetime:
    """The instant the clock leaps over ``skipped``: walk back minute by minute to where the offset changes."""
    moment = datetime.combine(day, skipped, zone).replace(fold=0).astimezone(UTC)
    offset = moment.astimezone(zone).utcoffset()
    while (moment - timedelta(minutes=1)).astimezone(zone).utcoffset() == offset:
        moment -= timedelta(minutes=1)
    return moment


def with_own_days_first(own: Iterable[Day], inherited: Iterable[Day]) -> tuple[Day, ...]:
    """Special days of a thing and of the place it is in: on dates both speak of, only the thing's own count.

    inherited  [24 Dec ------------- 6 Jan]
    own               [27 Dec - 29 Dec]
    result     [24-26][27 Dec - 29 Dec][30 Dec - 6 Jan]
    """
    mine = sorted(own, key=lambda row: (row.first_on, row.last_on))
    result = list(mine)
    for row in inherited:
        start = row.first_on
        for block in mine:
            if block.last_on < start or block.first_on > row.last_on:
                continue
            if start < block.first_on:
                result.append(replace(row, first_on=start, last_on=block.first_on - _ONE_DAY))
            start = block.last_on + _ONE_DAY
        if start <= row.last_on:
            result.append(replace(row, first_on=start))
    return tuple(sorted(result, key=lambda row: (row.first_on, row.opens_minutes or 0)))


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
