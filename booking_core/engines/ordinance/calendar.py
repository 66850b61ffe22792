"""Days, months, working days and clock windows on the wall clock.

Not here: which rule asks for them.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from booking_core.engines.ordinance.language.model import DayPart
from booking_core.engines.ordinance.language.vocabulary import MINUTES_PER_DAY, Period, Season, clock_minutes
from booking_core.kernel.spans import Span, end_of_day_or

_DAY = timedelta(days=1)
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class LocalSpan:
    """One date of a booking: two wall clocks without zone, and how many minutes really pass between them."""

    start: datetime
    end: datetime
    elapsed_minutes: Decimal
    span: Span

    @classmethod
    def from_span(cls, span: Span, zone: ZoneInfo) -> "LocalSpan":
        """Read a span on the clocks of ``zone``."""
        return cls(
            span.start.astimezone(zone).replace(tzinfo=None),
            span.end.astimezone(zone).replace(tzinfo=None),
            Decimal(int((span.end - span.start).total_seconds())) / 60,
            span,
        )

    @property
    def first_day(self) -> date:
        return self.start.date()

    @property
    def last_day(self) -> date:
        """The last day touched; an end at midnight belongs to the day before."""
        last = self.end.date()
        return last - _DAY if self.end.time() == _MIDNIGHT and last > self.start.date() else last

    @property
    def day_count(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def wall_minutes(self) -> Decimal:
        """The difference of the two wall clocks."""
        return Decimal(int((self.end - self.start).total_seconds())) / 60

    def shifted(self, minutes: int) -> "LocalSpan":
        """The same date on clocks that show ``minutes`` less: its days begin that much later."""
        back = timedelta(minutes=minutes)
        return LocalSpan(self.start - back, self.end - back, self.elapsed_minutes, self.span)

    def each_day(self) -> Iterator[date]:
        """The calendar days touched."""
        day, last = self.first_day, self.last_day
        while day <= last:
            yield day
            day += _DAY


def minutes_of_day(moment: datetime) -> int:
    """Minutes since midnight."""
    return moment.hour * 60 + moment.minute


def end_minutes(moment: datetime) -> int:
    """Minutes since midnight of an end; midnight itself is 24:00."""
    return minutes_of_day(moment) or MINUTES_PER_DAY


def cut_by_day(span: Span, zone: ZoneInfo, day_change: int = 0) -> Iterator[Span]:
    """The span cut at every midnight of ``zone``, or at ``day_change`` minutes after it."""
    start = span.start
    while True:
        day = start.astimezone(zone).date()
        cut = end_of_day_or(day, day_change, zone)
        if cut <= start:
            cut = end_of_day_or(day + _DAY, day_change, zone)
        if cut >= span.end:
            yield Span(start, span.end)
            return
        yield Span(start, cut)
        start = cut


def clock_stretches(from_: str, to: str) -> tuple[tuple[int, int], ...]:
    """A window on the clock as minutes of one day; one that runs over midnight is two stretches."""
    start, end = clock_minutes(from_), clock_minutes(to)
    return ((start, end),) if start < end else ((0, end), (start, MINUTES_PER_DAY))


def clipped(piece: Span, day: date, stretches: tuple[tuple[int, int], ...], zone: ZoneInfo) -> Iterator[Span]:
    """What of a piece of ``day`` lies in the stretches of that day."""
    for first, last in stretches:
        start = max(piece.start, end_of_day_or(day, first, zone))
        end = min(piece.end, end_of_day_or(day, last, zone))
        if start < end:
            yield Span(start, end)


def cut_by_day_part(span: Span, zone: ZoneInfo, parts: tuple[DayPart, ...]) -> Iterator[tuple[str, Span]]:
    """What of the span lies in each part of each day; time between the parts belongs to none.

    parts      [ morning )    [ afternoon )[ evening )
    booking          [---------------)
    pieces           [-)      [------)
    """
    for piece in cut_by_day(span, zone):
        day = piece.start.astimezone(zone).date()
        for part in parts:
            for inside in clipped(piece, day, clock_stretches(part.from_, part.to), zone):
                yield part.id, inside


def handover_periods(date_: LocalSpan, from_minutes: int, to_minutes: int) -> int:
    """Periods from handover to handover that a date touches, by the wall clock: 11–11 is one, whatever the night."""
    start = date_.start - timedelta(minutes=from_minutes)
    end = date_.end - timedelta(minutes=to_minutes)
    first = start.date()
    last = end.date() if end.time() == _MIDNIGHT else end.date() + _DAY
    return max((last - first).days, 1)


def nights(date_: LocalSpan) -> int:
    """Midnights within a date, its end not counted as one."""
    return (date_.last_day - date_.first_day).days


def months(date_: LocalSpan) -> int:
    """Started months from the first day, to the same day of the month."""
    count = 1
    while add_months(date_.first_day, count) <= date_.last_day:
        count += 1
    return count


def add_months(day: date, count: int) -> date:
    """The same day of another month, or its last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=256)
def _holidays(state: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv=state, years=year))


def is_holiday(day: date, state: str) -> bool:
    """Whether ``day`` is a public holiday in the German state ``state`` (two letters)."""
    return day in _holidays(state, day.year)


def before(day: date, period: Period, state: str) -> date:
    """The calendar day that lies ``period`` before ``day``; hours are not for days."""
    return _moved(day, period, state, -1)


def after(day: date, period: Period, state: str) -> date:
    """The calendar day that lies ``period`` after ``day``; hours are not for days."""
    return _moved(day, period, state, 1)


def _moved(day: date, period: Period, state: str, way: int) -> date:
    if period.working_days is not None:
        left = period.working_days
        while left:
            day += way * _DAY
            if day.weekday() < 5 and not is_holiday(day, state):  # noqa: PLR2004 - Monday to Friday
                left -= 1
        return day
    if period.months is not None:
        return add_months(day, way * period.months)
    return day + way * timedelta(days=(period.days or 0) + 7 * (period.weeks or 0))


def in_season(day: date, season: Season) -> bool:
    """Whether a day lies in a season, which may run over the turn of the year."""
    key = f"{day.month:02}-{day.day:02}"
    if season.from_ <= season.to:
        return season.from_ <= key <= season.to
    return key >= season.from_ or key <= season.to


def season_holds(dates: tuple[LocalSpan, ...], season: Season) -> bool:
    """Whether any, all or the first day of the dates lies in the season."""
    if season.days == "first":
        return in_season(dates[0].first_day, season)
    held = (in_season(day, season) for date_ in dates for day in date_.each_day())
    return any(held) if season.days == "any" else all(held)
