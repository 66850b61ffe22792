"""Sets of instants written as spans: join, take away, meet, contain. Results are merged and in order.

Not here: what the spans mean (``engines.opening``, ``engines.availability``).
"""

from collections.abc import Iterable

from booking_core.kernel.spans import Span


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same instants as ``spans``, as few spans as possible, in order; touching spans become one.

    >>> from datetime import datetime, UTC
    >>> at = lambda hour: datetime(2026, 9, 12, hour, tzinfo=UTC)
    >>> merged = merge([Span(at(9), at(10)), Span(at(8), at(9)), Span(at(12), at(13))])
    >>> [(span.start.hour, span.end.hour) for span in merged]
    [(8, 10), (12, 13)]
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def subtract(available: Iterable[Span], taken: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of ``available`` without ``taken``; merged and in order.

    available  [---------------------)
    taken          [---)     [--)
    left       [---)   [-----)  [----)
    """
    left: list[Span] = []
    blocks = merge(taken)
    for span in merge(available):
        start = span.start
        for block in blocks:
            if block.end <= start or block.start >= span.end:
                continue
            if start < block.start:
                left.append(Span(start, block.start))
            start = block.end
        if start < span.end:
            left.append(Span(start, span.end))
    return tuple(left)


def intersect(first: Iterable[Span], second: Iterable[Span]) -> tuple[Span, ...]:
    """The instants in both; merged and in order."""
    others = merge(second)
    return tuple(
        Span(max(span.start, other.start), min(span.end, other.end))
        for span in merge(first)
        for other in others
        if span.overlaps(other)
    )


def contains(available: Iterable[Span], wanted: Span) -> bool:
    """Whether ``wanted`` lies within ``available`` without a gap."""
    return any(span.contains(wanted) for span in merge(available))
