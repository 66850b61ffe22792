"""Free time: sets of spans, what is left of opening hours once taken time is gone, where a use could start.

Not here: opening hours (``engines.opening``, reachable as ``open_spans``), reading what is taken (``reservations``).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from booking_core.engines.opening import DAY_MINUTES, open_spans
from booking_core.engines.span_sets import contains, intersect, merge, subtract
from booking_core.kernel.spans import Span, WallClockFault, at_wall_clock, wall_clock_fault

__all__ = [
    "candidate_starts",
    "contains",
    "full_spans",
    "intersect",
    "kept_clear",
    "merge",
    "open_spans",
    "subtract",
]


def kept_clear(taken: Iterable[Span], *, before: timedelta, after: timedelta) -> tuple[Span, ...]:
    """Where a *use* with set-up time ``before`` and cleaning time ``after`` cannot be, given taken time.

    taken                  [------)
    use + buffers  [b|use|a)      [b|use|a)     the last and the first use that still fit
    kept clear          [------------)          so uses keep away from taken time by a, then by b
    """
    return merge(span.widened(after, before) for span in taken)


def full_spans(taken: Iterable[tuple[Span, int]], *, stock: int, wanted: int) -> tuple[Span, ...]:
    """When fewer than ``wanted`` of ``stock`` pieces are left; each taken span holds so many pieces.

    ``wanted`` is at most ``stock``: more never fits, whatever is taken, and is the caller's to refuse.

    >>> from datetime import datetime, UTC
    >>> at = lambda hour: datetime(2026, 9, 12, hour, tzinfo=UTC)
    >>> full = full_spans([(Span(at(8), at(12)), 80), (Span(at(10), at(14)), 30)], stock=120, wanted=20)
    >>> [(span.start.hour, span.end.hour) for span in full]
    [(10, 12)]
    """
    changes: list[tuple[datetime, int]] = []
    for span, pieces in taken:
        changes += [(span.start, pieces), (span.end, -pieces)]
    full: list[Span] = []
    out, since = 0, None
    for moment, at_once in groupby(sorted(changes), key=lambda change: change[0]):
        out += sum(change for _, change in at_once)
        is_full = stock - out < wanted
        if is_full and since is None:
            since = moment
        elif not is_full and since is not None:
            full.append(Span(since, moment))
            since = None
    return tuple(full)


def candidate_starts(
    free: Iterable[Span], duration: timedelta, *, grid_minutes: int, zone: ZoneInfo
) -> tuple[datetime, ...]:
    """The instants (UTC, in order) at which a use of ``duration`` could start within ``free``.

    Starts lie on the grid of the wall clock (every ``grid_minutes`` from midnight). A time the spring change
    skips is no start; a time that exists twice in autumn gives two.
    """
    return tuple(start for span in merge(free) for start in _grid(span, duration, grid_minutes, zone))


def _grid(span: Span, duration: timedelta, grid_minutes: int, zone: ZoneInfo) -> Iterator[datetime]:
    first, last = span.start.astimezone(zone).date(), span.end.astimezone(zone).date()
    for number in range((last - first).days + 1):
        starts = _grid_of_day(first + timedelta(days=number), grid_minutes, zone)
        yield from starts[bisect_left(starts, span.start) : bisect_right(starts, span.end - duration)]


@lru_cache(maxsize=500)
def _grid_of_day(day: date, grid_minutes: int, zone: ZoneInfo) -> tuple[datetime, ...]:
    midnight, next_midnight = (at_wall_clock(day + timedelta(days=one), time(0), zone) for one in (0, 1))
    if next_midnight - midnight == timedelta(days=1):  # all but two days of a year
        return tuple(midnight + timedelta(minutes=one) for one in range(0, DAY_MINUTES, grid_minutes))
    starts: set[datetime] = set()
    for minutes in range(0, DAY_MINUTES, grid_minutes):
        clock = time(minutes // 60, minutes % 60)
        fault = wall_clock_fault(day, clock, zone)
        if fault is WallClockFault.SKIPPED:
            continue
        starts.add(at_wall_clock(day, clock, zone).astimezone(UTC))
        if fault is WallClockFault.TWICE:
            starts.add(at_wall_clock(day, clock, zone, fold=1))
    return tuple(sorted(starts))
