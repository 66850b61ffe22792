"""Between our spans and PostgreSQL's ranges: always half-open ``[)`` and bounded.

Not here: what is stored in them.
"""

from datetime import datetime
from typing import Protocol

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange, NumericRange

from booking_core.kernel.spans import Span


class TimeRange(Protocol):
    """A stored range of instants, as the driver reads it."""

    @property
    def lower(self) -> datetime | None: ...
    @property
    def upper(self) -> datetime | None: ...


def to_range(span: Span) -> DateTimeTZRange:
    return DateTimeTZRange(span.start, span.end, "[)")


def to_span(stored: TimeRange) -> Span:
    """Raises ValueError for a range without bounds; the tables' constraints allow none."""
    if stored.lower is None or stored.upper is None:
        raise ValueError("a stored span must be bounded")
    return Span(stored.lower, stored.upper)


def to_pieces(first: int, end: int) -> NumericRange:
    return NumericRange(first, end, "[)")
