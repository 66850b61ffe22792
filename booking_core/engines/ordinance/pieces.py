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


class Silent(Exception):
    """The ordinance names no price here."""


def pieces_of(
    split: Split | None, bounds: Bounds, scene: Scene, *, by_date: bool, parts: tuple[DayPart, ...] = ()
) -> Iterator[list[Scene]]:
    """Groups of pieces among which ``combine`` chooses: the whole, each date, or the pieces of a day.

    ``parts``: the parts of the day a split by day part goes by. Raises ``Silent`` where time lies in no part of the day and the document does not call that free.
    """
    if split is None:
        yield from ([piece] for piece in _bounded_pieces(bounds, scene, by_date=by_date))
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


def _bounded_pieces(bounds: Bounds, scene: Scene, *, by_date: bool) -> Iterator[Scene]:
    """Single days or dates where a bound or the measure goes by them, else the whole."""
    per = {bound.per for bound in bounds if bound is not None}
    if "day" in per:
        for date in scene.dates:
            yield from _days(date, scene)
    elif "week" in per or "month" in per:
        yield from _by_period(scene, "week" if "week" in per else "month")
    elif len(scene.dates) > 1 and (by_date or "date" in per):
        for date in scene.dates:
            yield scene.about(dates=(date,))
    else:
        yield scene


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
