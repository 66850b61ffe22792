"""Where a use fits between what is taken, in whole seconds since 1970: the quick arithmetic of a search.

Not here: opening hours and the grid (``engines.availability`` makes the starts), reading what is taken. Sets of spans
with all their rules are in ``span_sets``; this says the same about many resources at once (a property test compares).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from booking_core.kernel.spans import Span

Seconds = int
Block = tuple[Seconds, Seconds]


@dataclass(frozen=True, slots=True)
class TakenUnit:
    """Stretches of one unit that are taken, side by side: start, end, how many pieces. In no order."""

    starts: Sequence[Seconds]
    ends: Sequence[Seconds]
    pieces: Sequence[int]


def seconds(instant: datetime) -> Seconds:
    """Whole seconds since 1970; what is between two seconds counts to the earlier."""
    return int(instant.timestamp())


def span_at(start: Seconds, duration: timedelta) -> Span:
    """The use that starts then."""
    first = datetime.fromtimestamp(start, UTC)
    return Span(first, first + duration)


def blocks_of(taken: TakenUnit, *, stock: int, wanted: int) -> list[Block]:
    """When fewer than ``wanted`` of ``stock`` pieces are left; a unit taken whole wants its whole stock.

    >>> blocks_of(TakenUnit([8, 10], [12, 14], [80, 30]), stock=120, wanted=20)
    [(10, 12)]
    """
    if wanted == stock:
        return list(zip(taken.starts, taken.ends, strict=True))
    changes: list[tuple[Seconds, int]] = []
    for start, end, pieces in zip(taken.starts, taken.ends, taken.pieces, strict=True):
        changes += [(start, pieces), (end, -pieces)]
    blocks: list[Block] = []
    out, since = 0, None
    for moment, at_once in groupby(sorted(changes), key=lambda change: change[0]):
        out += sum(change for _, change in at_once)
        is_full = stock - out < wanted
        if is_full and since is None:
            since = moment
        elif not is_full and since is not None:
            blocks.append((since, moment))
            since = None
    return blocks


def is_left(
    taken: TakenUnit, begins: Seconds, ends: Seconds, *, pieces: tuple[int, int] | None = None
) -> bool:
    """Whether a unit is left all the time between two moments: the answer for one start, without a list of starts.

    ``pieces``: how many there are and how many of them are wanted; None wants the whole unit.

    >>> chairs = TakenUnit([8, 10], [12, 14], [80, 30])
    >>> is_left(chairs, 12, 13), is_left(chairs, 12, 13, pieces=(120, 90)), is_left(chairs, 14, 15)
    (False, True, True)
    """
    pairs: Iterable[Block] = zip(taken.starts, taken.ends, strict=True)
    if pieces is not None:
        stock, wanted = pieces
        pairs = blocks_of(taken, stock=stock, wanted=wanted)
    return not any(start < ends and end > begins for start, end in pairs)


def fitting_starts(
    starts: Sequence[Seconds], blocks: Iterable[Block], *, duration: Seconds, before: Seconds, after: Seconds
) -> Iterator[Seconds]:
    """Those of ``starts`` (in order) at which a use of ``duration`` with its buffers touches no block.

    taken        [------)        [----)
    use       [b|use|a)  .  [b|use|a)         lengths and buffers in seconds; touching is not overlapping
    """
    ordered = sorted(blocks)
    if not ordered:
        yield from starts
        return
    first = 0
    longest_end: list[Seconds] = []  # the latest end among this block and all before it
    for _, end in ordered:
        longest_end.append(max(end, longest_end[-1]) if longest_end else end)
    for start in starts:
        begins, ends = start - before, start + duration + after
        while first < len(ordered) and longest_end[first] <= begins:
            first += 1
        if not _is_blocked(ordered, first, begins, ends):
            yield start


def _is_blocked(ordered: Sequence[Block], first: int, begins: Seconds, ends: Seconds) -> bool:
    for start, end in ordered[first:]:
        if start >= ends:
            return False
        if end > begins:
            return True
    return False


def left_of(opened: Iterable[Block], blocks: Iterable[Block]) -> list[Block]:
    """What is left of ``opened`` (in order, apart from each other) between the blocks, which come in any order.

    >>> left_of([(8, 12), (14, 18)], [(11, 15), (9, 10), (17, 20)])
    [(8, 9), (10, 11), (15, 17)]
    """
    ordered = sorted(blocks)
    left: list[Block] = []
    first = 0
    for opens, closes in opened:
        at = opens
        while first < len(ordered) and ordered[first][1] <= opens:
            first += 1  # over before this opens, and so before everything later
        for start, end in ordered[first:]:
            if start >= closes:
                break
            if start > at:
                left.append((at, start))
            at = max(at, end)
        if at < closes:
            left.append((at, closes))
    return left
