"""The single tests conditions are made of: answers, ranges, clock windows, notice.

Not here: quotas (``quotas``), how the document's fields become clauses (``matching``).
"""

import operator
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal

from booking_core.engines.ordinance import calendar
from booking_core.engines.ordinance.condition import Test
from booking_core.engines.ordinance.contracts import FactValue
from booking_core.engines.ordinance.language.conditions import (
    THIS_RESOURCE,
    FactScalar,
    FactTest,
    FactWanted,
)
from booking_core.engines.ordinance.language.vocabulary import ClockWindow, Notice, Range, clock_minutes
from booking_core.engines.ordinance.measuring import Meter
from booking_core.engines.ordinance.scene import Scene


def ordered_extras(scene: Scene) -> tuple[str, ...]:
    """The extras ordered with a quantity."""
    return tuple(name for name, quantity in scene.booking.request.extras.items() if quantity)


def booked_count(scene: Scene, listed: frozenset[str]) -> Decimal:
    """How many of the listed resources are booked."""
    return Decimal(len(listed.intersection(scene.booking.resources)))


def reading_is(ambiguity: str, readings: frozenset[str]) -> Test:
    """The reading in force of an ambiguity is one of these."""
    return lambda scene: scene.booking.readings.get(ambiguity) in readings


def in_range(figure: Decimal, wanted: Range) -> bool:
    """Whether a figure lies in a range."""
    return (
        (wanted.min is None or figure >= wanted.min)
        and (wanted.max is None or figure <= wanted.max)
        and (wanted.over is None or figure > wanted.over)
        and (wanted.under is None or figure < wanted.under)
    )


def within(meter: Meter, wanted: Range, unknown: bool) -> Test:
    """A measure lies in a range; ``unknown`` where it cannot be measured."""

    def test(scene: Scene) -> bool:
        figure = meter(scene)
        return unknown if figure is None else in_range(figure, wanted)

    return test


def each_date(test: Test) -> Test:
    """Hours and days are limits of one date, not of the sum of a series."""
    return lambda scene: (
        test(scene) if len(scene.dates) == 1 else all(test(scene.about(dates=(d,))) for d in scene.dates)
    )


def fact_is(name: str, wanted: FactWanted, unanswered: bool) -> Test:
    """An answer is as wanted; ``unanswered`` where there is none."""
    if isinstance(wanted, FactTest) and wanted.given is not None:
        return _answer_meets(name, wanted)
    test = _answer_meets(name, wanted) if isinstance(wanted, FactTest) else _answer_is(name, wanted)
    return lambda scene: unanswered if scene.booking.facts.get(name) is None else test(scene)


def _answer_is(name: str, wanted: FactScalar | tuple[FactScalar, ...]) -> Test:
    allowed = tuple(_plain(value) for value in (wanted if isinstance(wanted, tuple) else (wanted,)))

    def test(scene: Scene) -> bool:
        answer = scene.booking.facts.get(name)
        if isinstance(answer, tuple):
            return any(value in allowed for value in answer)
        return answer is not None and _plain(answer) in allowed

    return test


def _plain(value: FactValue) -> object:
    """Yes is not the number 1; 1 and 1.0 are the same number."""
    if isinstance(value, bool):
        return ("yes_no", value)
    return Decimal(value) if isinstance(value, int) else value


def _answer_meets(name: str, wanted: FactTest) -> Test:
    def test(scene: Scene) -> bool:
        answer = scene.booking.facts.get(name)
        if wanted.given is not None and (answer is not None) is not wanted.given:
            return False
        if wanted.includes is not None:
            sought = scene.resources[0] if wanted.includes == THIS_RESOURCE else wanted.includes
            if sought not in (answer if isinstance(answer, tuple) else (answer,)):
                return False
        if not wanted.bounds():
            return True
        if answer is None or isinstance(answer, str | tuple):
            return False
        return in_range(Decimal(answer), wanted)

    return test


def days_between(scene: Scene, stretches: tuple[tuple[date, date], ...]) -> bool:
    """Any day of the dates in question lies in one of the stretches."""
    return any(
        first <= span.last_day and span.first_day <= last for span in scene.dates for first, last in stretches
    )


def starts_within(window: ClockWindow) -> Test:
    """Every date starts within the window."""
    is_in = _clock_test(window)
    return lambda scene: all(is_in(calendar.minutes_of_day(d.start)) for d in scene.dates)


def ends_within(window: ClockWindow) -> Test:
    """Every date ends within the window."""
    is_in = _clock_test(window)
    return lambda scene: all(is_in(calendar.end_minutes(d.end)) for d in scene.dates)


def _clock_test(window: ClockWindow) -> Callable[[int], bool]:
    """Whether minutes of a day lie in a window, both ends included; it may run over midnight."""
    first, last = clock_minutes(window.from_), clock_minutes(window.to)
    if first <= last:
        return lambda minutes: first <= minutes <= last
    return lambda minutes: minutes >= first or minutes <= last


def notice_is(notice: Notice, attribute: str, state: str, unknown: bool) -> Test:
    """Compare calendar days (or instants, for hours) of the moment and of the first start."""
    active = tuple(
        (period, compare)
        for period, compare in (
            (notice.at_least, operator.le),
            (notice.more_than, operator.lt),
            (notice.at_most, operator.ge),
            (notice.less_than, operator.gt),
        )
        if period is not None
    )

    def test(scene: Scene) -> bool:
        moment: datetime | None = getattr(scene.booking.request, attribute)
        if moment is None:
            return unknown
        first = scene.booking.dates[0]
        for period, compare in active:
            if period.hours is not None:
                border = first.span.start - timedelta(hours=period.hours)
                held = compare(moment.timestamp(), border.timestamp())
            else:
                day = moment.astimezone(scene.booking.request.zone).date()
                held = compare(day.toordinal(), calendar.before(first.first_day, period, state).toordinal())
            if not held:
                return False
        return True

    return test
