"""From a rule ("every second Tuesday, 18 to 20, until July, not in the school holidays") to dates by the wall clock.

Not here: whether a date is free or allowed, where a town's holidays are kept. No clock, no database.

    weekly, interval 2      |x......|.......|x......|.......|      counted from the week of the first date
    monthly, second Tuesday |.x.....|       |       |       | one date per month; "last" is the last of its month

>>> from zoneinfo import ZoneInfo
>>> rule = Rule(date(2027, 3, 21), time(2, 30), time(4, 0), count=2)
>>> [(one.key, one.fault.value if one.fault else "") for one in occurrences(rule, ZoneInfo("Europe/Berlin"))]
[('2027-03-21', ''), ('2027-03-28', 'skipped'), ('2027-04-04', '')]
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count as counted
from zoneinfo import ZoneInfo

from booking_core.kernel.spans import Span, WallClockFault, at_wall_clock, wall_clock_fault

MOST_DATES = 160
LONGEST = timedelta(days=2 * 366)
LAST = -1
_WEEK = timedelta(days=7)


class Rhythm(StrEnum):
    """How dates follow one another."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class DateFault(StrEnum):
    """Why a date of the rule does not simply take place."""

    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_HOLIDAY = "school_holiday"
    SKIPPED_HOUR = "skipped"  # the clocks go forward over its beginning or end: the time does not exist
    DOUBLED_HOUR = "doubled"  # its beginning or end exists twice: someone has to say which is meant


class RuleInvalid(ValueError):
    """The rule gives no dates, or asks for more than a series may have. ``field`` names what to change."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code


@dataclass(frozen=True, slots=True)
class Break:
    """Days without dates, both ends included, for example the summer holidays."""

    name: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Rule:
    """A series by the wall clock. ``end`` not after ``start`` means the day after, ``end_days`` later still.

    ``interval`` counts weeks or months. ``ordinal`` 1–4 or LAST says which of the weekdays of a month is meant; the
    weekday is that of ``first_on``. Exactly one of ``until`` (included) and ``count`` (dates that take place) is set.
    """

    first_on: date
    start: time
    end: time
    end_days: int = 0
    rhythm: Rhythm = Rhythm.WEEKLY
    interval: int = 1
    ordinal: int = 1
    until: date | None = None
    count: int | None = None
    without_public_holidays: bool = False
    without_school_holidays: bool = False

    def __post_init__(self) -> None:
        if (self.until is None) == (self.count is None):
            raise RuleInvalid("until", "one-end")
        if self.until is not None and self.until < self.first_on:
            raise RuleInvalid("until", "before-first")
        if self.until is not None and self.until - self.first_on > LONGEST:
            raise RuleInvalid("until", "too-long")
        if self.count is not None and not 1 <= self.count <= MOST_DATES:
            raise RuleInvalid("count", "too-many")
        if not 1 <= self.interval <= 52:  # noqa: PLR2004 — weeks of a year
            raise RuleInvalid("interval", "out-of-range")
        if self.ordinal not in {1, 2, 3, 4, LAST}:
            raise RuleInvalid("ordinal", "out-of-range")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a series. ``span`` is None where it does not exist or must be said more exactly (``spans``)."""

    day: date
    span: Span | None
    fault: DateFault | None = None
    label: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def key(self) -> str:
        """What names this date for good, also after it moved: its day by the rule."""
        return self.day.isoformat()

    @property
    def takes_place(self) -> bool:
        return self.span is not None and self.fault is None


def occurrences(
    rule: Rule,
    zone: ZoneInfo,
    *,
    public_holidays: Mapping[date, str] | None = None,
    breaks: Sequence[Break] = (),
) -> tuple[Occurrence, ...]:
    """All dates of the rule in order, those left out with their reason. Raises RuleInvalid for none.

    Dates left out for holidays, or whose hour the spring change leaves out, do not count towards ``count``.
    """
    found: list[Occurrence] = []
    taking_place = 0
    for day in _days(rule):
        if (rule.until is not None and day > rule.until) or day - rule.first_on > LONGEST:
            break
        one = _occurrence(rule, day, zone, public_holidays or {}, breaks)
        found.append(one)
        taking_place += one.takes_place or one.fault is DateFault.DOUBLED_HOUR
        if taking_place == rule.count:
            break
    if not taking_place:
        raise RuleInvalid("until" if rule.until else "count", "no-dates")
    return tuple(found)


def span_on(rule: Rule, day: date, zone: ZoneInfo) -> Span | None:
    """The rule's time on another day; None where the clocks leave it out. Of two equal hours the first."""
    spans = _spans(rule, day, zone)
    return spans[0] if spans else None


def ordinal_of(day: date) -> int:
    """Which of its weekdays of the month a day is: 1–4; a fifth is the last."""
    number = (day.day - 1) // 7 + 1
    return number if number <= 4 else LAST  # noqa: PLR2004 — every month has four of each weekday


def is_last_of_month(day: date) -> bool:
    """Whether the same weekday does not come again in this month."""
    return (day + _WEEK).month != day.month


def _days(rule: Rule) -> Iterator[date]:
    """The days of the rule without end; the caller stops at LONGEST."""
    if rule.rhythm is Rhythm.WEEKLY:
        yield from (rule.first_on + _WEEK * weeks for weeks in counted(0, rule.interval))
    weekday = rule.first_on.weekday()
    for month in counted(rule.first_on.year * 12 + rule.first_on.month - 1, rule.interval):
        day = _day_in_month(month // 12, month % 12 + 1, weekday, rule.ordinal)
        if day >= rule.first_on:
            yield day


def _day_in_month(year: int, month: int, weekday: int, ordinal: int) -> date:
    first = date(year, month, 1)
    earliest = first + timedelta(days=(weekday - first.weekday()) % 7)
    if ordinal != LAST:
        return earliest + _WEEK * (ordinal - 1)
    latest = earliest + _WEEK * 4
    return latest if latest.month == month else latest - _WEEK


def _occurrence(
    rule: Rule, day: date, zone: ZoneInfo, public_holidays: Mapping[date, str], breaks: Sequence[Break]
) -> Occurrence:
    spans = _spans(rule, day, zone)
    span = spans[0] if spans else None
    if rule.without_public_holidays and day in public_holidays:
        return Occurrence(day, span, DateFault.PUBLIC_HOLIDAY, public_holidays[day], spans)
    if rule.without_school_holidays:
        for one in breaks:
            if one.first_on <= day <= one.last_on:
                return Occurrence(day, span, DateFault.SCHOOL_HOLIDAY, one.name, spans)
    if not spans:
        return Occurrence(day, None, DateFault.SKIPPED_HOUR)
    if len(spans) > 1:
        return Occurrence(day, None, DateFault.DOUBLED_HOUR, spans=spans)
    return Occurrence(day, span, spans=spans)


def _spans(rule: Rule, day: date, zone: ZoneInfo) -> tuple[Span, ...]:
    """Every span the rule's clock times can mean on ``day``: none in the spring gap, more than one in autumn."""
    last = day + timedelta(days=rule.end_days + (rule.end <= rule.start))
    starts, ends = _instants(day, rule.start, zone), _instants(last, rule.end, zone)
    return tuple(Span(begins, stops) for begins in starts for stops in ends if begins < stops)


def _instants(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, ...]:
    fault = wall_clock_fault(day, clock, zone)
    if fault is WallClockFault.SKIPPED:
        return ()
    folds = (0, 1) if fault is WallClockFault.TWICE else (0,)
    return tuple(at_wall_clock(day, clock, zone, fold=fold) for fold in folds)


# --- the rule as plain JSON -----------------------------------------------------------------------


def rule_to_data(rule: Rule) -> dict[str, object]:
    """The rule as plain JSON values; ``rule_from_data`` gives back an equal one."""
    return {
        "first_on": rule.first_on.isoformat(),
        "start": f"{rule.start:%H:%M}",
        "end": f"{rule.end:%H:%M}",
        "end_days": rule.end_days,
        "rhythm": rule.rhythm.value,
        "interval": rule.interval,
        "ordinal": rule.ordinal,
        "until": rule.until.isoformat() if rule.until else None,
        "count": rule.count,
        "without_public_holidays": rule.without_public_holidays,
        "without_school_holidays": rule.without_school_holidays,
    }


def rule_from_data(data: Mapping[str, object]) -> Rule:
    """Rebuild a rule from ``rule_to_data``. Raises RuleInvalid, or ValueError for what is no rule at all."""
    until, count = data.get("until"), data.get("count")
    return Rule(
        first_on=date.fromisoformat(str(data["first_on"])),
        start=time.fromisoformat(str(data["start"])),
        end=time.fromisoformat(str(data["end"])),
        end_days=int(str(data.get("end_days", 0))),
        rhythm=Rhythm(str(data.get("rhythm", "weekly"))),
        interval=int(str(data.get("interval", 1))),
        ordinal=int(str(data.get("ordinal", 1))),
        until=date.fromisoformat(str(until)) if until else None,
        count=int(str(count)) if count else None,
        without_public_holidays=bool(data.get("without_public_holidays")),
        without_school_holidays=bool(data.get("without_school_holidays")),
    )
