"""Days, weekdays and hours as windows of time: "a weekday evening in the next three weeks".

Not here: when something is open (``opening``) or free (``availability``).
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking_core.engines.span_sets import merge
from booking_core.kernel.spans import Span, at_wall_clock

EVERY_DAY = frozenset(range(7))
_MIDNIGHT = time(0)


def windows_on(
    first: date,
    last: date,
    *,
    weekdays: Collection[int] = EVERY_DAY,
    opens: time | None = None,
    closes: time | None = None,
    zone: ZoneInfo,
) -> tuple[Span, ...]:
    """One window for each of the days ``first`` to ``last`` (both included) that is one of ``weekdays`` (0 is Monday).

    An end that is not after the start is the next day's: 18 to 1 is an evening. Without any hours the days are whole
    and neighbours are one window, so that a use may go on over midnight.

    >>> [one.start.isoformat() for one in windows_on(date(2027, 3, 1), date(2027, 3, 14), weekdays=[5],
    ...     opens=time(18), closes=time(23), zone=ZoneInfo("Europe/Berlin"))]
    ['2027-03-06T17:00:00+00:00', '2027-03-13T17:00:00+00:00']
    """
    windows = [_window(day, opens, closes, zone) for day in _days(first, last) if day.weekday() in weekdays]
    return merge(windows) if opens is None and closes is None else tuple(windows)


def clock_length(opens: time | None, closes: time | None) -> timedelta:
    """From ``opens`` to ``closes`` by the clock; a bound that is not named is midnight.

    >>> str(clock_length(time(18), time(1)))
    '7:00:00'
    """
    day = date(2024, 1, 1)
    start, end = datetime.combine(day, opens or _MIDNIGHT), datetime.combine(day, closes or _MIDNIGHT)
    return end - start if end > start else end + timedelta(days=1) - start


def _window(day: date, opens: time | None, closes: time | None, zone: ZoneInfo) -> Span:
    start, end = opens or _MIDNIGHT, closes or _MIDNIGHT
    last = day if end > start else day + timedelta(days=1)
    return Span(at_wall_clock(day, start, zone), at_wall_clock(last, end, zone))


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
