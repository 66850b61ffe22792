"""The staff's plan: a day or a week of all halls, with requests, bookings, closures, holds and the time around them.

Not here: what everyone may see (``citizen.presenters.occupancy``).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import PlanResource
from booking_core.engines.availability import subtract
from booking_core.kernel.spans import Span
from booking_core.reservations.queries.timelines import BookedBy, TimelineEntry
from booking_core.web.time_axis import Axis
from design_system.contracts import FilterGroup, FilterLink
from design_system.plans import BarMark, BarPart, BarRow, PartKind, TimeBar
from design_system.templatetags.formats import span_words


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What the plan is drawn from. ``can_move``: stretches lead to the page that moves them."""

    resources: Sequence[PlanResource]
    opened: Mapping[int, Sequence[Span]]
    entries: Sequence[TimelineEntry]
    axis: Axis
    can_move: bool
    several_places: bool


def plan_bar(page: PlanPage, *, caption: str, marks: Sequence[BarMark], is_week: bool) -> TimeBar:
    """All resources over the axis."""
    by_resource: dict[int, list[TimelineEntry]] = defaultdict(list)
    for entry in page.entries:
        by_resource[entry.resource_id].append(entry)
    rows = [_row(page, resource, by_resource[resource.id]) for resource in page.resources]
    return TimeBar(
        caption=caption,
        slots=page.axis.slots,
        slot_minutes=page.axis.slot_minutes,
        marks=marks,
        rows=rows,
        legend=_legend(rows),
        start=page.axis.span.start if page.can_move else None,
        zone=page.axis.zone.key,
        is_wide=is_week,
    )


def _row(page: PlanPage, resource: PlanResource, entries: Sequence[TimelineEntry]) -> BarRow:
    parts = [part for entry in entries for part in _parts(page, entry)]
    taken = [span for entry in entries for span in (entry.span, *entry.around)]
    closed = subtract(subtract([page.axis.span], page.opened.get(resource.id, ())), taken)
    parts += [part for span in closed if (part := _plain(page.axis, span, "closed", _("geschlossen")))]
    return BarRow(
        resource.name,
        parts,
        note=resource.location_name if page.several_places and not resource.is_part else "",
        key=str(resource.id),
        is_part=resource.is_part,
    )


def _parts(page: PlanPage, entry: TimelineEntry) -> list[BarPart]:
    axis = page.axis
    if entry.booking is None:
        kind: PartKind = "closure" if entry.kind == "closure" else "hold"
        text = entry.reason or _("wird gerade gebucht")
        parts = [_plain(axis, entry.span, kind, text, text=text)]
    else:
        parts = [_booked(page, entry, entry.booking)]
    parts += [_plain(axis, span, "buffer", _("Auf- und Abbau")) for span in entry.around]
    return [part for part in parts if part]


def _plain(axis: Axis, span: Span, kind: PartKind, words: str, *, text: str = "") -> BarPart | None:
    bounds = axis.place(span)
    return BarPart(*bounds, kind, f"{span_words(span)}: {words}", text) if bounds else None


def _booked(page: PlanPage, entry: TimelineEntry, booking: BookedBy) -> BarPart | None:
    bounds = page.axis.place(entry.span)
    if bounds is None:
        return None
    is_requested = booking.state == "requested"
    state = _("angefragt") if is_requested else _("bestätigt")
    via = "" if booking.is_own else _(", gebucht als %(resource)s") % {"resource": booking.resource_name}
    pieces = f"{booking.quantity} × " if booking.quantity > 1 else ""
    words = f"{span_words(entry.span)}: {pieces}{booking.title}, {booking.who}, {state}{via}"
    can_move = page.can_move and booking.is_own and booking.items == 1
    return BarPart(
        *bounds,
        "requested" if is_requested else "booked",
        words,
        ("? " if is_requested else "") + pieces + booking.title,
        reverse("backoffice_booking", args=[booking.uuid]),
        reverse("backoffice_booking_move", args=[booking.uuid]) if can_move else "",
        reverse("backoffice_booking_swap", args=[booking.uuid]) if can_move else "",
        str(booking.uuid) if can_move else "",
    )


def _legend(rows: Iterable[BarRow]) -> list[tuple[PartKind, str]]:
    words: dict[PartKind, str] = {
        "booked": _("bestätigt"),
        "requested": _("angefragt (mit Fragezeichen)"),
        "closure": _("gesperrt"),
        "hold": _("wird gerade gebucht"),
        "buffer": _("Auf- und Abbau"),
        "closed": _("geschlossen"),
    }
    kinds = {part.kind for row in rows for part in row.parts}
    return [(kind, label) for kind, label in words.items() if kind in kinds]


def place_filter(
    places: Mapping[int, str], chosen: int | None, *, day: date, is_week: bool
) -> list[FilterGroup]:
    """Locations as links; the chosen one leads back to all."""
    if len(places) <= 1:
        return []
    links = [
        FilterLink(
            name,
            plan_url(day, is_week=is_week, place=None if place == chosen else place),
            is_on=place == chosen,
        )
        for place, name in places.items()
    ]
    return [FilterGroup(_("Standort"), links)]


def plan_url(day: date, *, is_week: bool, place: int | None) -> str:
    """The plan's address: view, day and location are in it."""
    query = [f"tag={day.isoformat()}"]
    query += ["ansicht=woche"] if is_week else []
    query += [f"ort={place}"] if place else []
    return f"{reverse('backoffice_plan')}?{'&'.join(query)}"
