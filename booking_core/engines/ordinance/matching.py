"""The idea *match* at work: turn the document's conditions into tests.

Not here: which rule wins when several match (``choosing``).
"""

from decimal import Decimal

from booking_core.engines.ordinance import calendar
from booking_core.engines.ordinance.clauses import (
    booked_count,
    days_between,
    each_date,
    ends_within,
    fact_is,
    in_range,
    notice_is,
    ordered_extras,
    reading_is,
    starts_within,
    within,
)
from booking_core.engines.ordinance.condition import Condition, Test
from booking_core.engines.ordinance.language.conditions import (
    When,
)
from booking_core.engines.ordinance.language.measures import Measure
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.language.vocabulary import (
    WEEKDAYS,
    Range,
)
from booking_core.engines.ordinance.measuring import Handovers, compile_measure
from booking_core.engines.ordinance.quotas import counted_by, quota_holds
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
            clauses.append(("extra", lambda scene: not extras.isdisjoint(ordered_extras(scene))))
        return clauses

    def _answers(self, when: When, unanswered: bool) -> list[tuple[str, Test]]:
        clauses: list[tuple[str, Test]] = []
        for ambiguity, readings in (when.reading or {}).items():
            clauses.append((f"reading.{ambiguity}", reading_is(ambiguity, frozenset(readings))))
        for fact, wanted in (when.facts or {}).items():
            clauses.append((f"facts.{fact}", fact_is(fact, wanted, unanswered)))
        for name, values in (when.classes or {}).items():
            clauses.append((f"classes.{name}", self._class(name, frozenset(values))))
        return clauses

    def _figures(self, when: When, unknown: bool) -> list[tuple[str, Test]]:
        clauses: list[tuple[str, Test]] = []
        measures: tuple[tuple[str, Range | None, Measure], ...] = (
            ("persons", when.persons, Measure(count="persons")),
            ("area_m2", when.area_m2, Measure(count="area_m2")),
        )
        for name, wanted, measure in measures:
            if wanted is not None:
                clauses.append((name, within(compile_measure(measure), wanted, unknown)))
        if when.dates is not None:
            of_series = when.dates
            clauses.append(("dates", lambda scene: in_range(Decimal(len(scene.booking.dates)), of_series)))
        for name, of_date, count in (("hours", when.hours, "hours"), ("days", when.days, "days")):
            if of_date is not None:
                meter = compile_measure(Measure(count=count))
                clauses.append((name, each_date(within(meter, of_date, unknown))))
        for index, value in enumerate(when.values or ()):
            meter = compile_measure(value.of, self.handovers)
            clauses.append((f"values.{index}", within(meter, value, unknown)))
        if when.booked is not None:
            listed, wanted = frozenset(when.booked.of), when.booked
            clauses.append(("booked", lambda scene: in_range(booked_count(scene, listed), wanted)))
        if when.quota is not None:
            clauses.append(("quota", quota_holds(when.quota, counted_by(when.quota, self.defaults.claims))))
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
        if when.between is not None:
            stretches = tuple((one.from_, one.to) for one in when.between)
            clauses.append(("between", lambda scene: days_between(scene, stretches)))
        if when.holiday is not None:
            is_wanted = when.holiday
            clauses.append(
                ("holiday", lambda s: calendar.is_holiday(s.dates[0].first_day, state) is is_wanted)
            )
        if when.starts is not None:
            clauses.append(("starts", starts_within(when.starts)))
        if when.ends is not None:
            clauses.append(("ends", ends_within(when.ends)))
        if when.lead is not None:
            clauses.append(("lead", notice_is(when.lead, "requested_at", state, unknown)))
        if when.notice is not None:
            clauses.append(("notice", notice_is(when.notice, "cancelled_at", state, unknown)))
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
