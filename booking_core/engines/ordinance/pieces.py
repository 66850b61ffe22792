"""The dates of a booking cut into the pieces that are priced one by one: days, parts of the day.

Not here: pricing them (``charging``).
"""

from collections.abc import Iterator
from decimal import Decimal

from booking_core.engines.ordinance.calendar import LocalSpan, cut_by_day, cut_by_day_part
from booking_core.engines.ordinance.language.prices import Bound, Split
from booking_core.engines.ordinance.scene import Scene

Bounds = tuple[Bound | None, Bound | None]


class Silent(Exception):
    """The ordinance names no price here."""


def pieces_of(split: Split | None, bounds: Bounds, scene: Scene, *, by_date: bool) -> Iterator[list[Scene]]:
    """Groups of pieces among which ``combine`` chooses: the whole, each date, or the pieces of a day.

    Raises ``Silent`` where time lies in no part of the day and the document does not call that free.
    """
    if split is None:
        yield from ([piece] for piece in _bounded_pieces(bounds, scene, by_date=by_date))
    elif split.by == "day":
        for date in scene.dates:
            yield _days(date, scene)
    else:
        for date in scene.dates:
            for day in _days(date, scene):
                parts = _day_parts(day)
                if split.gaps == "decide" and _minutes(parts) < day.dates[0].elapsed_minutes:
                    raise Silent
                yield parts


def _bounded_pieces(bounds: Bounds, scene: Scene, *, by_date: bool) -> Iterator[Scene]:
    """Single days or dates where a bound or the measure goes by them, else the whole."""
    per = {bound.per for bound in bounds if bound is not None}
    if "day" in per:
        for date in scene.dates:
            yield from _days(date, scene)
    elif len(scene.dates) > 1 and (by_date or "date" in per):
        for date in scene.dates:
            yield scene.about(dates=(date,))
    else:
        yield scene


def _days(date: LocalSpan, scene: Scene) -> list[Scene]:
    zone = scene.booking.request.zone
    return [scene.about(dates=(LocalSpan.from_span(span, zone),)) for span in cut_by_day(date.span, zone)]


def _day_parts(day: Scene) -> list[Scene]:
    zone = day.booking.request.zone
    cut = cut_by_day_part(day.dates[0].span, zone, day.booking.ordinance.day_parts)
    return [day.about(dates=(LocalSpan.from_span(span, zone),), part=part) for part, span in cut]


def _minutes(pieces: list[Scene]) -> Decimal:
    return sum((piece.dates[0].elapsed_minutes for piece in pieces), Decimal(0))
