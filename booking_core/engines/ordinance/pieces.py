"""The dates of a booking cut into the pieces that are priced one by one: days, parts of the day.

Not here: pricing them (``charging``).
"""

from collections.abc import Iterator
from decimal import Decimal

from booking_core.engines.ordinance.calendar import LocalSpan, cut_by_day, cut_by_day_part
from booking_core.engines.ordinance.language.model import DayPart
from booking_core.engines.ordinance.language.prices import Bound, Split
from booking_core.engines.ordinance.language.vocabulary import clock_minutes
from booking_core.engines.ordinance.scene import Scene

Bounds = tuple[Bound | None, Bound | None]
# What bounds go by, the widest first.
STRETCHES = ("booking", "month", "week", "date", "day")


class Silent(Exception):
    """The ordinance names no price here."""


def pieces_of(
    split: Split | None, scene: Scene, *, by_date: bool, parts: tuple[DayPart, ...] = ()
) -> Iterator[list[Scene]]:
    """Groups of pieces among which ``combine`` chooses: the whole, each date, or the pieces of a day.

    ``parts``: the parts of the day a split by day part goes by. Raises ``Silent`` where time lies in none of them and
    the document does not call that free.
    """
    if split is None:
        if by_date and len(scene.dates) > 1:
            yield from ([scene.about(dates=(date,))] for date in scene.dates)
        else:
            yield [scene]
    elif split.by == "day":
        for date in scene.dates:
            yield _days(date, scene, clock_minutes(split.day_change))
    else:
        for date in scene.dates:
            for day in _days(date, scene):
                found = _day_parts(day, parts)
                if split.gaps == "decide" and _minutes(found) < day.dates[0].elapsed_minutes:
                    raise Silent
                yield found


def stretches_of(per: str, scene: Scene, split: Split | None) -> Iterator[Scene]:
    """What a bound looks at: the booking, the dates that begin in one month or week, each date, each day."""
    if per == "day":
        change = clock_minutes(split.day_change) if split is not None else 0
        for date in scene.dates:
            yield from _days(date, scene, change)
    elif per == "date":
        yield from (scene.about(dates=(date,)) for date in scene.dates)
    elif per == "booking":
        yield scene
    else:
        yield from _by_period(scene, per)


def _by_period(scene: Scene, period: str) -> Iterator[Scene]:
    """The dates that begin in the same calendar week or month."""
    groups: dict[tuple[int, int], list[LocalSpan]] = {}
    for date in scene.dates:
        day = date.first_day
        key = day.isocalendar()[:2] if period == "week" else (day.year, day.month)
        groups.setdefault(key, []).append(date)
    for dates in groups.values():
        yield scene.about(dates=tuple(dates))


def _days(date: LocalSpan, scene: Scene, day_change: int = 0) -> list[Scene]:
    zone = scene.booking.request.zone
    return [
        scene.about(dates=(LocalSpan.from_span(span, zone),))
        for span in cut_by_day(date.span, zone, day_change)
    ]


def _day_parts(day: Scene, parts: tuple[DayPart, ...]) -> list[Scene]:
    zone = day.booking.request.zone
    cut = cut_by_day_part(day.dates[0].span, zone, parts)
    return [day.about(dates=(LocalSpan.from_span(span, zone),), part=part) for part, span in cut]


def _minutes(pieces: list[Scene]) -> Decimal:
    return sum((piece.dates[0].elapsed_minutes for piece in pieces), Decimal(0))
