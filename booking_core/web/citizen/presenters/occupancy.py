"""How a location is taken, for everyone: a day as a bar, a week as a plan for the notice board.

Not here: the staff's plan with names and requests (``backoffice.presenters.plan``).

Nobody learns more than the town shows: free or taken, and titles only where the town shows titles and the party agreed.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking_core.catalog.contracts import PlanResource
from booking_core.engines.availability import intersect, merge, subtract
from booking_core.kernel.spans import Span
from booking_core.reservations.queries.timelines import TimelineEntry
from booking_core.web.time_axis import Axis, clock_words, hours_note, whole_day
from design_system.contracts import WeekDay
from design_system.plans import BarPart, BarRow, PartKind, PlanLine, PlanRow, TimeBar, WeekPlan

_DAYS = 7


def by_resource(entries: Iterable[TimelineEntry]) -> dict[int, list[TimelineEntry]]:
    """The same entries, each list in order of time."""
    found: dict[int, list[TimelineEntry]] = defaultdict(list)
    for entry in entries:
        found[entry.resource_id].append(entry)
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch as everyone may see it."""

    span: Span
    kind: PartKind
    text: str


@dataclass(frozen=True, slots=True)
class Occupied:
    """What a plan is drawn from: resources, when they are open, what takes them; the last two by resource."""

    resources: Sequence[PlanResource]
    opened: Mapping[int, Sequence[Span]]
    entries: Mapping[int, Sequence[TimelineEntry]]

    def shown(self, resource: PlanResource) -> list[Shown]:
        """The stretches of one resource that everyone may see, in order of time."""
        found = _shown(resource, self.entries.get(resource.id, ()))
        return sorted(found, key=lambda one: (one.span, one.text))


def _shown(resource: PlanResource, entries: Iterable[TimelineEntry]) -> list[Shown]:
    plain: list[Span] = []
    found: list[Shown] = []
    for entry in entries:
        if entry.kind == "closure":
            found.append(Shown(entry.span, "closure", entry.reason))
        elif _has_public_title(resource, entry):
            assert entry.booking is not None  # noqa: S101 — only bookings have titles
            found.append(Shown(entry.span, "booked", entry.booking.title))
            found += [Shown(span, "buffer", _("Auf- und Abbau")) for span in entry.around]
        else:
            plain += [entry.span, *entry.around]
    words = _("belegt") if resource.pieces == 1 else _("teils vergeben")
    return found + [Shown(span, "booked", words) for span in merge(plain)]


def _has_public_title(resource: PlanResource, entry: TimelineEntry) -> bool:
    booking = entry.booking
    return (
        booking is not None
        and resource.occupancy_shown == "titles"
        and booking.title_is_public
        and booking.state == "confirmed"
    )


def day_bar(occupied: Occupied, axis: Axis, day: date, *, caption: str, urls: Mapping[int, str]) -> TimeBar:
    """All resources over one day."""
    rows = []
    for resource in occupied.resources:
        stretches = occupied.shown(resource)
        parts = [_part(one, axis, day) for one in stretches]
        closed = subtract(
            subtract([axis.span], occupied.opened.get(resource.id, ())), [one.span for one in stretches]
        )
        parts += [_part(Shown(span, "closed", _("geschlossen")), axis, day) for span in closed]
        rows.append(
            BarRow(
                resource.name,
                [part for part in parts if part],
                urls.get(resource.id, ""),
                note=_stock_words(resource),
                is_part=resource.is_part,
            )
        )
    return TimeBar(
        caption=caption,
        slots=axis.slots,
        slot_minutes=axis.slot_minutes,
        marks=axis.hour_marks(),
        rows=rows,
        legend=legend(rows),
    )


def _part(shown: Shown, axis: Axis, day: date) -> BarPart | None:
    bounds = axis.place(shown.span)
    if bounds is None:
        return None
    words = f"{clock_words(shown.span, day, axis.zone)}: {shown.text}"
    return BarPart(*bounds, shown.kind, words, "" if shown.kind in {"closed", "buffer"} else shown.text)


def _stock_words(resource: PlanResource) -> str:
    if resource.pieces == 1:
        return ""
    return ngettext("%(count)s Stück", "%(count)s Stück", resource.pieces) % {"count": resource.pieces}


def legend(rows: Iterable[BarRow]) -> list[tuple[PartKind, str]]:
    """The kinds that occur, with their words."""
    words: dict[PartKind, str] = {
        "booked": _("belegt"),
        "closure": _("gesperrt"),
        "buffer": _("Auf- und Abbau"),
        "closed": _("geschlossen"),
    }
    kinds = {part.kind for row in rows for part in row.parts}
    return [(kind, label) for kind, label in words.items() if kind in kinds]


def week_plan(occupied: Occupied, axis: Axis, monday: date, *, caption: str, today: date) -> WeekPlan:
    """All resources over one week, each day in lines of text."""
    days = [monday + timedelta(days=number) for number in range(_DAYS)]
    return WeekPlan(
        caption=caption,
        days=[week_day(day, axis, today=today) for day in days],
        rows=[
            PlanRow(
                resource.name,
                [_lines(occupied, resource, day, axis) for day in days],
                is_part=resource.is_part,
            )
            for resource in occupied.resources
        ],
        free_text=_("frei"),
    )


def week_day(day: date, axis: Axis, *, today: date) -> WeekDay:
    """The head of a day's column."""
    return WeekDay(
        label=formats.date_format(day, "l"),
        short_label=formats.date_format(day, "D"),
        date_label=f"{day.day}.{day.month}.",
        is_today=day == today,
        note=hours_note(day, axis.zone),
    )


def _lines(occupied: Occupied, resource: PlanResource, day: date, axis: Axis) -> list[PlanLine]:
    bounds = whole_day(day, axis.zone)
    here = [one for one in occupied.shown(resource) if one.kind != "buffer" and one.span.overlaps(bounds)]
    if not here and not intersect([bounds], occupied.opened.get(resource.id, ())):
        return [PlanLine(_("geschlossen"), kind="closed")]
    return [PlanLine(clock_words(one.span, day, axis.zone), one.text, one.kind) for one in here]
