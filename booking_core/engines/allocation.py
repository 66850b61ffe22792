"""Which pieces of a stock to take: the area of pieces × time that is left, and a place in it.

Not here: reading what is taken and writing what is allotted (``reservations.services.occupy``).

    pieces
    2  . . B B        A request for one piece over all four hours fits nowhere in one row, though one piece is
    1  A A . .        free at any moment. It gets two rows: piece 2, then piece 1. Pieces of one stock are alike,
       8 9 10 11 h    so nothing that fits is ever refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from booking_core.kernel.spans import Span


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """Pieces ``first`` to before ``end`` of one stock for one span."""

    span: Span
    first: int
    end: int

    @property
    def pieces(self) -> int:
        return self.end - self.first


Ranges = tuple[tuple[int, int], ...]


def allot(span: Span, *, wanted: int, stock: int, taken: Iterable[Area]) -> tuple[Area, ...]:
    """Choose ``wanted`` of ``stock`` pieces for ``span`` beside what is taken; nothing if they do not fit.

    In this order: one range for the whole span (the lowest that fits), several ranges for the whole span, and
    ranges that change within the span. The result never overlaps ``taken`` and holds ``wanted`` pieces at every
    moment of ``span``.
    """
    near = [area for area in taken if area.span.overlaps(span)]
    chosen = _chosen(_free_ranges(near, stock), wanted)
    if chosen:
        return tuple(Area(span, first, end) for first, end in chosen)
    by_moment = [(moment, _chosen(_free_at(moment, near, stock), wanted)) for moment in _moments(span, near)]
    if any(not ranges for _, ranges in by_moment):
        return ()
    return _joined(by_moment)


def everything_left(span: Span, *, stock: int, taken: Iterable[Area]) -> tuple[Area, ...]:
    """All pieces that are free at any moment of ``span``, in as few areas as their shapes allow."""
    near = [area for area in taken if area.span.overlaps(span)]
    return _joined([(moment, _free_at(moment, near, stock)) for moment in _moments(span, near)])


def _chosen(free: Ranges, wanted: int) -> Ranges:
    for first, end in free:
        if end - first >= wanted:
            return ((first, first + wanted),)
    if sum(end - first for first, end in free) < wanted:
        return ()
    chosen: list[tuple[int, int]] = []
    for first, end in free:
        if wanted > 0:
            chosen.append((first, min(end, first + wanted)))
            wanted -= end - first
    return tuple(chosen)


def _free_at(moment: Span, taken: Sequence[Area], stock: int) -> Ranges:
    return _free_ranges([area for area in taken if area.span.overlaps(moment)], stock)


def _free_ranges(taken: Iterable[Area], stock: int) -> Ranges:
    free: list[tuple[int, int]] = []
    position = 0
    for area in sorted(taken, key=lambda area: area.first):
        if area.first > position:
            free.append((position, min(area.first, stock)))
        position = max(position, area.end)
    if position < stock:
        free.append((position, stock))
    return tuple(free)


def _moments(span: Span, taken: Iterable[Area]) -> list[Span]:
    """``span`` cut wherever something begins or ends, so that within each piece nothing changes."""
    cuts = {span.start, span.end}
    for area in taken:
        cuts |= {edge for edge in (area.span.start, area.span.end) if span.start < edge < span.end}
    ordered = sorted(cuts)
    return [Span(start, end) for start, end in pairwise(ordered)]


def _joined(by_moment: Sequence[tuple[Span, Ranges]]) -> tuple[Area, ...]:
    """Areas that keep the same range from one moment to the next become one."""
    done: list[Area] = []
    running: dict[tuple[int, int], Span] = {}
    for moment, ranges in by_moment:
        for gone in [held for held in running if held not in ranges]:
            done.append(Area(running.pop(gone), *gone))
        for held in ranges:
            running[held] = Span(running[held].start, moment.end) if held in running else moment
    done += [Area(span, *held) for held, span in running.items()]
    return tuple(sorted(done))
