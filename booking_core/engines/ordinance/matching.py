"""The idea *match* at work: turn the document's conditions into tests.

Not here: which rule wins when several match (``choosing``).
"""

import operator
from datetime import date, datetime, timedelta
from decimal import Decimal

from booking_core.engines.ordinance import calendar
from booking_core.engines.ordinance.condition import Condition, Test
from booking_core.engines.ordinance.contracts import FactValue
from booking_core.engines.ordinance.language.conditions import (
    THIS_RESOURCE,
    FactScalar,
    FactTest,
    FactWanted,
    Quota,
    When,
)
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.vocabulary import (
    WEEKDAYS,
    ClockWindow,
    Notice,
    Range,
    clock_minutes,
)
from booking_core.engines.ordinance.measuring import Handovers, Meter, compile_measure
from booking_core.engines.ordinance.scene import Defaults, Scene


class Matcher:
    """Compiles conditions of one document. ``unknown``: what a test says where the figure it needs is missing."""

    def __init__(self, ordinance: Ordinance, defaults: Defaults, handovers: Handovers = ()) -> None:
        self.ordinance = ordinance
        self.defaults = defaults
        self.handovers = handovers
        self.classes: dict[str, tuple[tuple[str, Condition], ...]] = {}
        for entry in ordinance.classes:
            self.classes[entry.id] = tuple((value.id, self.condition(value.when)) for value in entry.values)

    def condition(self, when: When, *, unknown: bool = False, unanswered: bool = False) -> Condition:
        """Compile one condition; cheap and telling clauses come first.

        ``unknown``: what a test says where a figure or moment it needs is missing. ``unanswered``: the same for an
        answer.
        """
        clauses = [
            *self._names(when),
            *self._answers(when, unanswered),
            *self._figures(when, unknown),
            *self._times(when, unknown),
            *self._groups(when, unknown, unanswered),
        ]
        return Condition(tuple(clauses), len(clauses))

    def _names(self, when: When) -> list[tuple[str, Test]]:
        clauses: list[tuple[str, Test]] = []
        if when.group is not None:
            groups = frozenset(when.group)
            clauses.append(("group", lambda scene: scene.booking.group in groups))
        if when.purpose is not None:
            purposes = frozenset(when.purpose)
            clauses.append(("purpose", lambda scene: scene.booking.request.purpose in purposes))
        if when.resource is not None:
            named = frozenset(when.resource)
            clauses.append(("resource", lambda scene: not named.isdisjoint(scene.resources)))
        if when.uses is not None:
            users = frozenset(
                name for name, claimed in self.defaults.claims.items() if not claimed.isdisjoint(when.uses)
            )
            clauses.append(("uses", lambda scene: not users.isdisjoint(scene.resources)))
        if when.kind is not None:
            of_kind = frozenset(r.id for r in self.ordinance.resources if r.kind in when.kind)
            clauses.append(("kind", lambda scene: not of_kind.isdisjoint(scene.resources)))
        if when.part is not None:
            parts = frozenset(when.part)
            clauses.append(("part", lambda scene: scene.part in parts))
        if when.extra is not None:
            extras = frozenset(when.extra)
            clauses.append(("extra", lambda scene: not extras.isdisjoint(_ordered(scene))))
        return clauses

    def _answers(self, when: When, unanswered: bool) -> list[tuple[str, Test]]:
        clauses: list[tuple[str, Test]] = []
        for ambiguity, readings in (when.reading or {}).items():
            clauses.append((f"reading.{ambiguity}", _reading(ambiguity, frozenset(readings))))
        for fact, wanted in (when.facts or {}).items():
            clauses.append((f"facts.{fact}", _fact(fact, wanted, unanswered)))
        for name, values in (when.classes or {}).items():
            clauses.append((f"classes.{name}", self._class(name, frozenset(values))))
        return clauses

    def _figures(self, when: When, unknown: bool) -> list[tuple[str, Test]]:
        clauses: list[tuple[str, Test]] = []
        measures: tuple[tuple[str, Range | None, Measure], ...] = (
            ("persons", when.persons, Measure(count="persons")),
            ("dates", when.dates, Measure(count="dates")),
            ("area_m2", when.area_m2, Measure(count="area_m2")),
        )
        for name, wanted, measure in measures:
            if wanted is not None:
                clauses.append((name, _within(compile_measure(measure), wanted, unknown)))
        for name, of_date, count in (("hours", when.hours, "hours"), ("days", when.days, "days")):
            if of_date is not None:
                meter = compile_measure(Measure(count=count))
                clauses.append((name, _each_date(_within(meter, of_date, unknown))))
        for index, value in enumerate(when.values or ()):
            meter = compile_measure(value.of, self.handovers)
            clauses.append((f"values.{index}", _within(meter, value, unknown)))
        if when.booked is not None:
            listed, wanted = frozenset(when.booked.of), when.booked
            clauses.append(("booked", lambda scene: _in_range(_count(scene, listed), wanted)))
        if when.quota is not None:
            clauses.append(("quota", _quota(when.quota)))
        return clauses

    def _times(self, when: When, unknown: bool) -> list[tuple[str, Test]]:
        clauses: list[tuple[str, Test]] = []
        state = self.ordinance.state
        if when.weekday is not None:
            days = frozenset(WEEKDAYS.index(day) for day in when.weekday)
            clauses.append(("weekday", lambda scene: all(d.start.weekday() in days for d in scene.dates)))
        if when.season is not None:
            seasons = when.season
            clauses.append(
                ("season", lambda scene: any(calendar.season_holds(scene.dates, s) for s in seasons))
            )
        if when.holiday is not None:
            is_wanted = when.holiday
            clauses.append(
                ("holiday", lambda s: calendar.is_holiday(s.dates[0].first_day, state) is is_wanted)
            )
        if when.starts is not None:
            clauses.append(("starts", _starts(when.starts)))
        if when.ends is not None:
            clauses.append(("ends", _ends(when.ends)))
        if when.lead is not None:
            clauses.append(("lead", _notice(when.lead, "requested_at", state, unknown)))
        if when.notice is not None:
            clauses.append(("notice", _notice(when.notice, "cancelled_at", state, unknown)))
        return clauses

    def _groups(self, when: When, unknown: bool, unanswered: bool) -> list[tuple[str, Test]]:
        clauses: list[tuple[str, Test]] = []
        if when.any_of is not None:
            some = tuple(
                self.condition(inner, unknown=unknown, unanswered=unanswered) for inner in when.any_of
            )
            clauses.append(("any_of", lambda scene: any(inner.holds(scene) for inner in some)))
        if when.none_of is not None:
            none = tuple(self.condition(inner) for inner in when.none_of)
            clauses.append(("none_of", lambda scene: not any(inner.holds(scene) for inner in none)))
        return clauses

    def _class(self, name: str, wanted: frozenset[str]) -> Test:
        classes = self.classes

        def test(scene: Scene) -> bool:
            for value, condition in classes[name]:
                if condition.holds(scene):
                    return value in wanted
            return False

        return test


def _ordered(scene: Scene) -> tuple[str, ...]:
    return tuple(name for name, quantity in scene.booking.request.extras.items() if quantity)


def _count(scene: Scene, listed: frozenset[str]) -> Decimal:
    return Decimal(len(listed.intersection(scene.booking.resources)))


def _reading(ambiguity: str, readings: frozenset[str]) -> Test:
    return lambda scene: scene.booking.readings.get(ambiguity) in readings


def _in_range(figure: Decimal, wanted: Range) -> bool:
    return (
        (wanted.min is None or figure >= wanted.min)
        and (wanted.max is None or figure <= wanted.max)
        and (wanted.over is None or figure > wanted.over)
        and (wanted.under is None or figure < wanted.under)
    )


def _within(meter: Meter, wanted: Range, unknown: bool) -> Test:
    def test(scene: Scene) -> bool:
        figure = meter(scene)
        return unknown if figure is None else _in_range(figure, wanted)

    return test


def _each_date(test: Test) -> Test:
    """Hours and days are limits of one date, not of the sum of a series."""
    return lambda scene: (
        test(scene) if len(scene.dates) == 1 else all(test(scene.about(dates=(d,))) for d in scene.dates)
    )


def _fact(name: str, wanted: FactWanted, unanswered: bool) -> Test:
    if isinstance(wanted, FactTest) and wanted.given is not None:
        return _fact_test(name, wanted)
    test = _fact_test(name, wanted) if isinstance(wanted, FactTest) else _fact_is(name, wanted)
    return lambda scene: unanswered if scene.booking.facts.get(name) is None else test(scene)


def _fact_is(name: str, wanted: FactScalar | tuple[FactScalar, ...]) -> Test:
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


def _fact_test(name: str, wanted: FactTest) -> Test:
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
        return _in_range(Decimal(answer), wanted)

    return test


def _starts(window: ClockWindow) -> Test:
    first, last = clock_minutes(window.from_), clock_minutes(window.to)
    return lambda scene: all(first <= calendar.minutes_of_day(d.start) <= last for d in scene.dates)


def _ends(window: ClockWindow) -> Test:
    first, last = clock_minutes(window.from_), clock_minutes(window.to)
    return lambda scene: all(first <= calendar.end_minutes(d.end) <= last for d in scene.dates)


def _notice(notice: Notice, attribute: str, state: str, unknown: bool) -> Test:
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


def _quota(quota: Quota) -> Test:
    """Every week, month or year the booking touches: used before plus used now lies in the range."""

    def test(scene: Scene) -> bool:
        used: dict[str, Decimal] = {}
        for span in scene.dates:
            for index, day in enumerate(span.each_day()):
                key = f"{quota.count}:{_period_key(day, quota.per)}"
                used[key] = used.get(key, Decimal(0)) + _use_of_day(span, index, quota.count)
        history = scene.booking.request.history
        return all(_in_range(history.get(key, Decimal(0)) + amount, quota) for key, amount in used.items())

    return test


def _period_key(day: date, per: str) -> str:
    if per == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day.year}-{day.month:02}" if per == "month" else f"{day.year}"


def _use_of_day(span: calendar.LocalSpan, index: int, count: str) -> Decimal:
    if count == "days":
        return Decimal(1)
    if index:
        return Decimal(0)  # hours and bookings belong to the day they start on
    return Decimal(1) if count == "bookings" else span.elapsed_minutes / 60
