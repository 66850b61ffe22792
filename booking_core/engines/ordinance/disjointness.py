"""Whether two conditions can ever hold for the same thing: proven only from what they say, never guessed.

Not here: which pairs of rules are compared (``contradictions``).
"""

from collections.abc import Iterable
from decimal import Decimal

from booking_core.engines.ordinance.language.conditions import FactTest, FactWanted, ValueTest, When
from booking_core.engines.ordinance.language.vocabulary import (
    MINUTES_PER_DAY,
    ClockWindow,
    Notice,
    Period,
    Range,
    Season,
    clock_minutes,
)

EXCLUSIVE_NAMES = ("resource", "kind", "group", "purpose", "part")
RANGES = ("persons", "hours", "days", "dates", "area_m2")
# A stretch of numbers: least, whether it belongs; greatest, whether it belongs.
Interval = tuple[Decimal | None, bool, Decimal | None, bool]
Conditions = tuple[When, ...]


def are_disjoint(first: Conditions, second: Conditions, *, by_day: bool, multiple: frozenset[str]) -> bool:
    """Whether no booking can meet all conditions of both sides.

    ``by_day``: they are tested on single days, so that seasons exclude each other. ``multiple``: questions that can
    have several answers at once.
    """
    return any(_pair_disjoint(a, b, by_day=by_day, multiple=multiple) for a in first for b in second)


def _pair_disjoint(a: When, b: When, *, by_day: bool, multiple: frozenset[str]) -> bool:
    return (
        _names_disjoint(a, b)
        or _answers_disjoint(a, b, multiple)
        or any(_ranges_disjoint(getattr(a, name), getattr(b, name)) for name in RANGES)
        or _values_disjoint(a.values or (), b.values or ())
        or (a.weekday is not None and b.weekday is not None and not set(a.weekday) & set(b.weekday))
        or (a.holiday is not None and b.holiday is not None and a.holiday is not b.holiday)
        or _seasons_disjoint(a.season or (), b.season or (), by_day=by_day)
        or _windows_disjoint(a.starts, b.starts)
        or _windows_disjoint(a.ends, b.ends)
        or _notices_disjoint(a.lead, b.lead)
        or _notices_disjoint(a.notice, b.notice)
        or _excluded(a, b)
        or _excluded(b, a)
        or _alternatives_disjoint(a, b, by_day=by_day, multiple=multiple)
        or _alternatives_disjoint(b, a, by_day=by_day, multiple=multiple)
    )


def _names_disjoint(a: When, b: When) -> bool:
    for name in EXCLUSIVE_NAMES:
        left, right = getattr(a, name), getattr(b, name)
        if left is not None and right is not None and not set(left) & set(right):
            return True
    return False


def _answers_disjoint(a: When, b: When, multiple: frozenset[str]) -> bool:
    for left, right in ((a.reading, b.reading), (a.classes, b.classes)):
        for name in set(left or {}) & set(right or {}):
            if not set((left or {})[name]) & set((right or {})[name]):
                return True
    left_facts, right_facts = a.facts or {}, b.facts or {}
    shared = (set(left_facts) & set(right_facts)) - multiple
    return any(_facts_disjoint(left_facts[name], right_facts[name]) for name in shared)


def _facts_disjoint(left: FactWanted, right: FactWanted) -> bool:
    if isinstance(left, FactTest) and isinstance(right, FactTest):
        if left.given is not None and right.given is not None and left.given is not right.given:
            return True
        return _ranges_disjoint(left, right)
    if isinstance(left, FactTest) or isinstance(right, FactTest):
        test = left if isinstance(left, FactTest) else right
        return isinstance(test, FactTest) and test.given is False
    return not _answers(left) & _answers(right)


def _answers(wanted: FactWanted) -> set[tuple[bool, object]]:
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    return {(isinstance(value, bool), value) for value in values}


def _values_disjoint(left: Iterable[ValueTest], right: Iterable[ValueTest]) -> bool:
    return any(a.of == b.of and _ranges_disjoint(a, b) for a in left for b in right)


def _ranges_disjoint(left: Range | None, right: Range | None) -> bool:
    if left is None or right is None or not left.bounds() or not right.bounds():
        return False
    return _apart(_interval(left), _interval(right))


def _interval(within: Range) -> Interval:
    least, belongs = (within.min, True) if within.min is not None else (within.over, False)
    greatest, is_in = (within.max, True) if within.max is not None else (within.under, False)
    return (least, belongs, greatest, is_in)


def _apart(a: Interval, b: Interval) -> bool:
    return _ends_before(a, b) or _ends_before(b, a)


def _ends_before(a: Interval, b: Interval) -> bool:
    """Whether a lies wholly before b:   ├─a─┤ ├─b─┤"""
    _, _, greatest, is_in = a
    least, belongs, _, _ = b
    if greatest is None or least is None:
        return False
    return greatest < least or (greatest == least and not (is_in and belongs))


def _windows_disjoint(left: ClockWindow | None, right: ClockWindow | None) -> bool:
    if left is None or right is None:
        return False
    return not any(
        a[0] <= b[1] and b[0] <= a[1] for a in _clock_stretches(left) for b in _clock_stretches(right)
    )


def _clock_stretches(window: ClockWindow) -> list[tuple[int, int]]:
    """The window as minutes of one day, both ends included; over midnight it is two stretches."""
    first, last = clock_minutes(window.from_), clock_minutes(window.to)
    return [(first, last)] if first <= last else [(first, MINUTES_PER_DAY), (0, last)]


def _seasons_disjoint(left: tuple[Season, ...], right: tuple[Season, ...], *, by_day: bool) -> bool:
    """Seasons exclude each other where they look at one day: a single day, the first, or all days on one side."""
    if not left or not right:
        return False
    looks_at_one = (
        by_day
        or all(season.days == "first" for season in (*left, *right))
        or any(all(season.days == "all" for season in side) for side in (left, right))
    )
    return looks_at_one and not any(_seasons_meet(a, b) for a in left for b in right)


def _seasons_meet(a: Season, b: Season) -> bool:
    return any(
        first[0] <= second[1] and second[0] <= first[1] for first in _stretches(a) for second in _stretches(b)
    )


def _stretches(season: Season) -> list[tuple[str, str]]:
    if season.from_ <= season.to:
        return [(season.from_, season.to)]
    return [(season.from_, "12-31"), ("01-01", season.to)]


def _notices_disjoint(left: Notice | None, right: Notice | None) -> bool:
    if left is None or right is None:
        return False
    units = {_unit(period) for notice in (left, right) for period in _periods(notice)}
    return len(units) == 1 and _apart(_notice_interval(left), _notice_interval(right))


def _periods(notice: Notice) -> list[Period]:
    periods = (notice.at_least, notice.more_than, notice.at_most, notice.less_than)
    return [period for period in periods if period is not None]


def _unit(period: Period) -> str:
    name = next(iter(period.model_fields_set))
    return "days" if name == "weeks" else name


def _length(period: Period | None) -> Decimal | None:
    if period is None:
        return None
    value = next(getattr(period, name) for name in period.model_fields_set)
    return Decimal(value * 7 if period.weeks is not None else value)


def _notice_interval(notice: Notice) -> Interval:
    least = (notice.at_least, True) if notice.at_least is not None else (notice.more_than, False)
    greatest = (notice.at_most, True) if notice.at_most is not None else (notice.less_than, False)
    return (_length(least[0]), least[1], _length(greatest[0]), greatest[1])


def _excluded(a: When, b: When) -> bool:
    """Whether b says exactly what a rules out."""
    return any(_implies(b, ruled_out) for ruled_out in a.none_of or ())


def _implies(when: When, other: When) -> bool:
    """Whether whatever meets ``when`` surely meets ``other``; only for names, readings and plain answers."""
    for name in other.model_fields_set:
        wanted, own = getattr(other, name), getattr(when, name)
        if wanted is None:
            continue
        if own is None or name not in (*EXCLUSIVE_NAMES, "extra", "reading", "classes", "facts"):
            return False
        if isinstance(wanted, dict):
            if not all(key in own and _within(own[key], value) for key, value in wanted.items()):
                return False
        elif not set(own) <= set(wanted):
            return False
    return True


def _within(own: object, wanted: object) -> bool:
    left = own if isinstance(own, tuple) else (own,)
    right = wanted if isinstance(wanted, tuple) else (wanted,)
    return not any(isinstance(value, FactTest) for value in (*left, *right)) and set(left) <= set(right)


def _alternatives_disjoint(a: When, b: When, *, by_day: bool, multiple: frozenset[str]) -> bool:
    """Whether b excludes every alternative of a."""
    return bool(a.any_of) and all(
        _pair_disjoint(inner, b, by_day=by_day, multiple=multiple) for inner in a.any_of or ()
    )
