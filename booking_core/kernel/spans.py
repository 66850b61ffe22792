"""Spans of time: half-open ``[start, end)`` of aware instants, and the tenant's wall clock.

Not here: opening hours, bookings, what is free (``engines.availability``).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty half-open stretch of time ``[start, end)``; both ends aware, kept in UTC.

    booking A   [------)
    booking B          [-----)     touching is not overlapping
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            if self.start.tzinfo is None or self.end.tzinfo is None:
                raise ValueError("a span needs aware instants")
            object.__setattr__(self, "start", self.start.astimezone(UTC))
            object.__setattr__(self, "end", self.end.astimezone(UTC))
        if self.start >= self.end:
            raise ValueError("a span must end after it starts")

    @property
    def duration(self) -> timedelta:
        """Elapsed time, not the difference of two wall clocks."""
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def widened(self, before: timedelta, after: timedelta) -> "Span":
        """The span with set-up and cleaning time around it."""
        return Span(self.start - before, self.end + after)


class WallClockFault(Enum):
    """Why a wall-clock time does not name exactly one instant."""

    SKIPPED = "skipped"  # the hour the spring change leaves out
    TWICE = "twice"  # the hour the autumn change repeats


def wall_clock_fault(day: date, clock: time, zone: ZoneInfo) -> WallClockFault | None:
    """Tell whether ``day clock`` exists once in ``zone``; None means it does."""
    early = datetime.combine(day, clock, zone).replace(fold=0)
    late = early.replace(fold=1)
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != early.replace(tzinfo=None):
        return WallClockFault.SKIPPED
    if early.utcoffset() != late.utcoffset():
        return WallClockFault.TWICE
    return None


def at_wall_clock(day: date, clock: time, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """The UTC instant at which the clocks of ``zone`` show ``day clock``; ``fold=1`` is the second of two."""
    return datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)


def end_of_day_or(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The UTC instant ``minutes`` (0–1440, by the clock) into ``day``; 1440 is the next midnight."""
    if minutes >= 24 * 60:
        return at_wall_clock(day + timedelta(days=1), time(0), zone)
    return at_wall_clock(day, time(minutes // 60, minutes % 60), zone)
