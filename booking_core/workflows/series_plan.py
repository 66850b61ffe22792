"""What a rule of repetition comes to for one wish: date by date free, left out, or in conflict with a proposal.

Not here: which dates a rule has (``engines.recurrence``), taking them (``holding``, ``place_booking``).
The number of statements does not depend on the number of dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import opening_rules, published_resources
from booking_core.engines.availability import candidate_starts, contains, intersect
from booking_core.engines.recurrence import DateFault, Occurrence, Rule
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.reservations.contracts import AwayDate, Repeat
from booking_core.reservations.queries import Apart, free_times
from booking_core.workflows.conditions import Conditions, faults_of, language
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.errors import SeriesConflicts
from booking_core.workflows.series_rules import dates_of
from booking_core.workflows.wishes import wished_resources
from design_system.formats import span_words
from tenants.context import tenant_zone

TAKE, SKIP = "yes", ""
_MOST_ROOMS = 6
_LEFT_OUT = {DateFault.PUBLIC_HOLIDAY, DateFault.SCHOOL_HOLIDAY, DateFault.SKIPPED_HOUR}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would work instead on one date. ``value`` is what a form sends back for it."""

    value: str
    label: str
    span: Span
    resource_id: int | None = None


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """One date of the rule. ``why`` is empty where it is free, else a word of ``AwayDate.why`` or ``doubled``."""

    key: str
    span: Span | None
    why: str = ""
    note: str = ""
    proposals: tuple[Proposal, ...] = ()

    @property
    def is_left_out(self) -> bool:
        """The rule itself leaves it out; nobody has to decide anything."""
        return self.why in {fault.value for fault in _LEFT_OUT}

    @property
    def is_conflict(self) -> bool:
        return bool(self.why) and not self.is_left_out


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """All dates of a rule in order."""

    rule: Rule
    dates: tuple[PlannedDate, ...]

    @property
    def conflicts(self) -> tuple[PlannedDate, ...]:
        return tuple(one for one in self.dates if one.is_conflict)

    @property
    def free(self) -> tuple[PlannedDate, ...]:
        return tuple(one for one in self.dates if not one.why)


def plan_series(
    wish: Wish,
    rule: Rule,
    *,
    viewer: Viewer,
    now: datetime,
    apart: Apart = Apart(),  # noqa: B008 — frozen
) -> SeriesPlan:
    """Hold each date of the rule against what is open, allowed and free. ``wish`` is any date of it.

    Raises NotFound, InvalidInput.
    """
    found = dates_of(rule)
    resources = wished_resources(replace(wish, elsewhere=(), repeat=None), viewer=viewer)
    rooms = _other_rooms(wish, resources, viewer)
    ids = (*wish.resource_ids, *(room.id for room in rooms))
    spans = [span for one in found for span in one.spans]
    if not spans:
        return SeriesPlan(rule, tuple(_left_out(one) for one in found))
    whole = Span(min(spans).start - timedelta(days=1), max(span.end for span in spans) + timedelta(days=1))
    scene = _Scene(
        wish=replace(wish, elsewhere=(), repeat=None),
        resources=resources,
        rooms=rooms,
        free=free_times(
            ids, whole, now=now, quantity=dict.fromkeys(ids, wish.quantity) | wish.wanted, apart=apart
        ),
        given=Conditions(viewer, now, tenant_zone(), opening_rules(ids)),
    )
    return SeriesPlan(rule, tuple(scene.planned(one) for one in found))


def chosen_wish(wish: Wish, plan: SeriesPlan, answers: Mapping[str, str]) -> Wish:
    """The wish for what was agreed: for each date "yes", nothing, or the value of one of its proposals.

    Raises InvalidInput where nothing is left, or where an answer is none of the proposals (any more).
    """
    spans: list[Span] = []
    elsewhere: list[tuple[int, Span]] = []
    away: list[AwayDate] = []
    for one in plan.dates:
        answer = answers.get(one.key, SKIP)
        proposal = next((each for each in one.proposals if each.value == answer), None)
        if answer == TAKE and not one.why and one.span is not None:
            spans.append(one.span)
        elif proposal is not None and proposal.resource_id is not None:
            elsewhere.append((proposal.resource_id, proposal.span))
        elif proposal is not None:
            spans.append(proposal.span)
        elif answer == SKIP:
            away.append(
                AwayDate(
                    one.key, _why_away(one), one.span, wish.resource_ids, wish.quantity, one.note, wish.pieces
                )
            )
        else:
            raise InvalidInput(
                _("Ein Termin ist inzwischen vergeben. Sehen Sie die Termine noch einmal durch.")
            )
    if not spans:
        raise InvalidInput(_("Wählen Sie mindestens einen Termin im gewünschten Raum."))
    return replace(
        wish, spans=tuple(sorted(spans)), elsewhere=tuple(elsewhere), repeat=Repeat(plan.rule, tuple(away))
    )


def series_wish(
    wish: Wish, rule: Rule, *, viewer: Viewer, now: datetime, skip_conflicts: bool = False
) -> Wish:
    """The wish for all dates of the rule, asking nobody back. Raises SeriesConflicts, unless they are skipped."""
    plan = plan_series(wish, rule, viewer=viewer, now=now)
    if not skip_conflicts:
        refuse_conflicts(plan)
    return chosen_wish(wish, plan, {one.key: TAKE for one in plan.free})


def refuse_conflicts(plan: SeriesPlan) -> None:
    """Raise SeriesConflicts, naming each date with what would work, where not every date is free."""
    if not plan.conflicts:
        return
    dates = [
        {
            "date": one.key,
            "reason": one.why,
            "detail": one.note,
            "proposals": [
                {
                    "resource_id": each.resource_id,
                    "start": each.span.start.isoformat(),
                    "end": each.span.end.isoformat(),
                }
                for each in one.proposals
            ],
        }
        for one in plan.conflicts
    ]
    raise SeriesConflicts(
        _("%(count)s Termine der Serie sind so nicht möglich.") % {"count": len(dates)},
        context={"dates": dates},
    )


def _why_away(one: PlannedDate) -> str:
    if one.why == DateFault.DOUBLED_HOUR.value or not one.why:
        return "unwanted"
    return one.why


def _left_out(one: Occurrence) -> PlannedDate:
    why = one.fault.value if one.fault else ""
    return PlannedDate(one.key, one.span or next(iter(one.spans), None), why, one.label)


def _other_rooms(wish: Wish, resources: tuple[ResourceView, ...], viewer: Viewer) -> tuple[ResourceView, ...]:
    """Rooms of the same kind in the same house that hold as many people; none where several are wished together."""
    if len(resources) != 1:
        return ()
    (mine,) = resources
    needed = wish.persons or 0
    found = [
        one
        for one in published_resources()
        if one.location.id == mine.location.id
        and one.kind == mine.kind
        and one.id != mine.id
        and (viewer.is_staff or one.audience != "staff")
        and (not needed or not one.capacity or one.capacity >= needed)
        and one.most_pieces >= wish.pieces_of(mine.id)
    ]
    return tuple(found[:_MOST_ROOMS])


@dataclass(frozen=True, slots=True)
class _Scene:
    """Everything read once."""

    wish: Wish
    resources: tuple[ResourceView, ...]
    rooms: tuple[ResourceView, ...]
    free: Mapping[int, tuple[Span, ...]]
    given: Conditions

    @property
    def zone(self) -> ZoneInfo:
        return self.given.zone

    def planned(self, one: Occurrence) -> PlannedDate:
        if one.fault in _LEFT_OUT:
            return _left_out(one)
        if one.fault is DateFault.DOUBLED_HOUR or one.span is None:
            both = tuple(
                self._at(span) for span in one.spans if not self._fault(span) and self._is_free(span)
            )
            return PlannedDate(one.key, one.spans[0], DateFault.DOUBLED_HOUR.value, "", both)
        fault = self._fault(one.span)
        if fault:
            return PlannedDate(one.key, one.span, "refused", fault, self._other_times(one.span))
        if not self._is_free(one.span):
            proposals = (*self._other_rooms_at(one.span), *self._other_times(one.span))
            return PlannedDate(one.key, one.span, "taken", "", proposals)
        return PlannedDate(one.key, one.span)

    def _fault(self, span: Span) -> str:
        faults = faults_of(replace(self.wish, spans=(span,)), self.resources, self.given)
        return str(faults[0]) if faults else ""

    def _is_free(self, span: Span) -> bool:
        return all(contains(self.free.get(one, ()), span) for one in self.wish.resource_ids)

    def _at(self, span: Span) -> Proposal:
        value = f"time:{span.start.isoformat()}/{span.end.isoformat()}"
        return Proposal(value, span_words(span.start, span.end, language(), self.zone), span)

    def _other_rooms_at(self, span: Span) -> list[Proposal]:
        found = []
        for room in self.rooms:
            part = replace(self.wish, resource_ids=(room.id,), spans=(span,), extras={})
            if contains(self.free.get(room.id, ()), span) and not faults_of(part, (room,), self.given):
                label = _("%(room)s zur selben Zeit") % {"room": room.name}
                found.append(Proposal(f"room:{room.id}", label, span, room.id))
        return found[:2]

    def _other_times(self, span: Span) -> tuple[Proposal, ...]:
        """The nearest times of the same length on the same day."""
        day = span.start.astimezone(self.zone).date()
        midnight = at_wall_clock(day, time(0), self.zone)
        near: tuple[Span, ...] = (Span(midnight, midnight + timedelta(hours=25) + span.duration),)
        for one in self.wish.resource_ids:
            near = intersect(self.free.get(one, ()), near)
        grid = max(one.grid_minutes for one in self.resources)
        starts = candidate_starts(near, span.duration, grid_minutes=grid, zone=self.zone)
        that_day = sorted(
            (start for start in starts if start.astimezone(self.zone).date() == day and start != span.start),
            key=lambda start: abs(start - span.start),
        )
        found: list[Proposal] = []
        for start in that_day:
            other = Span(start, start + span.duration)
            apart = not any(other.overlaps(one.span) for one in found)
            if apart and not self._fault(other):
                found.append(self._at(other))
            if len(found) == 2:  # noqa: PLR2004 — enough to choose from
                break
        return tuple(found)
