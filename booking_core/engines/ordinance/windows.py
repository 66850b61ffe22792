"""Part of the time of a booking: what of it lies in a clock window, on certain weekdays, on holidays, in a season.

Not here: what is counted in it (``measuring``).
"""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance import calendar
from booking_core.engines.ordinance.calendar import LocalSpan
from booking_core.engines.ordinance.language.measures import During
from booking_core.engines.ordinance.language.vocabulary import WEEKDAYS


def inside(date_: LocalSpan, during: During, zone: ZoneInfo, state: str) -> Iterator[LocalSpan]:
    """The pieces of a date that lie in the window, cut at midnight.

    booking   [-----------------------)
    22–06        ▓▓▓▓|▓▓▓        ▓▓▓▓|▓▓▓
    pieces       [---)[--)
    """
    windows = calendar.clock_stretches(during.from_, during.to)
    for piece in calendar.cut_by_day(date_.span, zone):
        day = piece.start.astimezone(zone).date()
        if _is_meant(day, during, state):
            for clipped in calendar.clipped(piece, day, windows, zone):
                yield LocalSpan.from_span(clipped, zone)


def _is_meant(day: date, during: During, state: str) -> bool:
    return (
        (during.weekday is None or WEEKDAYS[day.weekday()] in during.weekday)
        and (during.holiday is None or calendar.is_holiday(day, state) is during.holiday)
        and (during.season is None or any(calendar.in_season(day, season) for season in during.season))
    )


def minutes_overlap(from_: str, to: str, other_from: str, other_to: str) -> bool:
    """Whether two clock windows share a minute; both may run over midnight."""
    return any(
        first[0] < second[1] and second[0] < first[1]
        for first in calendar.clock_stretches(from_, to)
        for second in calendar.clock_stretches(other_from, other_to)
    )
