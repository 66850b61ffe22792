"""Between a stored series and the values that leave the room: rule and dates away as plain JSON, and back.

Not here: which dates a rule has (``engines.recurrence``).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from booking_core.engines.recurrence import rule_from_data, rule_to_data
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import AwayDate, Repeat, SeriesView
from booking_core.reservations.models import Booking, Series


def series_of(booking: Booking) -> SeriesView | None:
    """The booking's series, if it is one. Needs ``select_related("series")`` to cost no statement."""
    found: Series | None = getattr(booking, "series", None)
    return None if found is None else series_view(found)


def series_view(series: Series) -> SeriesView:
    """The values of a series that leave the room."""
    return SeriesView(
        rule=rule_from_data(series.rule),
        away=away_from_data(series.away),
        confirm_by=series.confirm_by,
        confirmed_at=series.confirmed_at,
        wants_reminders=series.wants_reminders,
        unused_asked_at=series.unused_asked_at,
    )


def series_columns(repeat: Repeat) -> dict[str, object]:
    """The columns of a series that say when it takes place."""
    return {"rule": rule_to_data(repeat.rule), "away": away_to_data(repeat.away)}


def repeat_to_data(repeat: Repeat) -> dict[str, object]:
    """Rule and dates away as plain JSON values; ``repeat_from_data`` gives back equal ones."""
    return series_columns(repeat)


def repeat_from_data(data: Mapping[str, object]) -> Repeat:
    """Rebuild from ``repeat_to_data``. Raises ValueError."""
    return Repeat(rule_from_data(cast("Mapping[str, object]", data["rule"])), away_from_data(data["away"]))


def away_to_data(away: Iterable[AwayDate]) -> list[dict[str, object]]:
    """Dates away in order of their day, as plain JSON values."""
    return [
        {
            "key": one.key,
            "why": one.why,
            "span": [one.span.start.isoformat(), one.span.end.isoformat()] if one.span else None,
            "resource_ids": list(one.resource_ids),
            "quantity": one.quantity,
            "note": one.note,
            "fee_cents": one.fee.cents,
            "pieces": {str(room): pieces for room, pieces in one.pieces.items()},
        }
        for one in sorted(away, key=lambda one: one.key)
    ]


def away_from_data(stored: object) -> tuple[AwayDate, ...]:
    """Rebuild from ``away_to_data``."""
    return tuple(
        AwayDate(
            key=one["key"],
            why=one["why"],
            span=Span(*(datetime.fromisoformat(end) for end in one["span"])) if one["span"] else None,
            resource_ids=tuple(one["resource_ids"]),
            quantity=one["quantity"],
            note=one["note"],
            fee=Money(one.get("fee_cents", 0)),
            pieces={int(room): pieces for room, pieces in one.get("pieces", {}).items()},
        )
        for one in cast("list[dict[str, Any]]", stored)
    )
