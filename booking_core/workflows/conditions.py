"""Whether a wish is allowed by the place itself: audience, opening hours, grid, duration, head count.

Values in, faults out; no statement. Not here: the ordinance (``ordinances.quoting``), whether the time is free.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import OpeningRules, ResourceView
from booking_core.engines.availability import contains, open_spans
from booking_core.kernel.errors import BookingError
from booking_core.kernel.spans import Span
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.errors import (
    InThePast,
    NotInAudience,
    OffGrid,
    OutsideOpeningHours,
    SpansOverlap,
    TooManyPersons,
    TooManyPieces,
    WrongDuration,
)
from design_system.formats import Language, clock, duration_words, long_date, span_words


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a wish is held against: who asks, when, by which clock, and when each resource is open."""

    viewer: Viewer
    now: datetime
    zone: ZoneInfo
    opening: Mapping[int, OpeningRules]


def faults_of(wish: Wish, resources: tuple[ResourceView, ...], given: Conditions) -> tuple[BookingError, ...]:
    """Everything that speaks against the wish, gravest first; empty where it is allowed."""
    return tuple(_faults(wish, resources, given))


def refuse_faults(wish: Wish, resources: tuple[ResourceView, ...], given: Conditions) -> None:
    """Raise the gravest fault, if there is one."""
    for fault in _faults(wish, resources, given):
        raise fault


def _faults(wish: Wish, resources: tuple[ResourceView, ...], given: Conditions) -> Iterator[BookingError]:
    yield from _audience_faults(resources, given.viewer)
    yield from _overlap_faults(wish)
    for span in wish.spans:
        yield from _past_faults(span, given)
        for resource in resources:
            yield from _grid_faults(resource, span, given)
            yield from _duration_faults(resource, span)
            yield from _opening_faults(resource, span, given)
    yield from count_faults(wish, resources)


def _audience_faults(resources: tuple[ResourceView, ...], viewer: Viewer) -> Iterator[BookingError]:
    allowed = {
        "public": True,
        "residents": viewer.is_resident,
        "organisations": viewer.is_registered,
        "staff": False,
    }
    for resource in resources:
        if not viewer.is_staff and not allowed[resource.audience]:
            yield NotInAudience(
                _not_for(resource.audience) % {"name": resource.name}, context={"audience": resource.audience}
            )


def _not_for(audience: str) -> str:
    sentences = {
        "residents": _(
            "%(name)s können nur Einwohnerinnen und Einwohner buchen. Die Verwaltung kann das eintragen."
        ),
        "organisations": _(
            "%(name)s können nur eingetragene Vereine und Organisationen buchen. Die Verwaltung kann Sie eintragen."
        ),
        "staff": _("%(name)s vergibt nur die Verwaltung. Bitte fragen Sie dort nach."),
    }
    return sentences[audience]


def _overlap_faults(wish: Wish) -> Iterator[BookingError]:
    for earlier, later in pairwise(sorted(wish.spans)):
        if earlier.overlaps(later):
            yield SpansOverlap(_("Zwei der gewünschten Zeiten überschneiden sich."), field="spans")


def _past_faults(span: Span, given: Conditions) -> Iterator[BookingError]:
    if span.start <= given.now:
        yield InThePast(
            _("Diese Zeit hat schon begonnen. Bitte wählen Sie eine Zeit ab %(now)s.")
            % {
                "now": f"{long_date(given.now, language(), given.zone)}, {clock(given.now, language(), given.zone)}"
            },
            field="spans",
        )


def _grid_faults(resource: ResourceView, span: Span, given: Conditions) -> Iterator[BookingError]:
    start = span.start.astimezone(given.zone)
    minutes = start.hour * 60 + start.minute
    if start.second or start.microsecond or minutes % resource.grid_minutes:
        earlier = start.replace(minute=0, second=0, microsecond=0) + timedelta(
            minutes=minutes // resource.grid_minutes * resource.grid_minutes - start.hour * 60
        )
        yield OffGrid(
            _("%(name)s lässt sich alle %(grid)s Minuten buchen, zum Beispiel ab %(time)s.")
            % {
                "name": resource.name,
                "grid": resource.grid_minutes,
                "time": clock(earlier, language(), given.zone),
            },
            field="spans",
        )


def _duration_faults(resource: ResourceView, span: Span) -> Iterator[BookingError]:
    minutes = span.duration / timedelta(minutes=1)
    if not resource.min_minutes <= minutes <= resource.max_minutes:
        shortest, longest = (
            duration_words(timedelta(minutes=bound), language())
            for bound in (resource.min_minutes, resource.max_minutes)
        )
        yield WrongDuration(
            _("%(name)s kann man von %(shortest)s bis %(longest)s am Stück buchen.")
            % {"name": resource.name, "shortest": shortest, "longest": longest},
            field="spans",
        )


def _opening_faults(resource: ResourceView, span: Span, given: Conditions) -> Iterator[BookingError]:
    first, last = span.start.astimezone(given.zone).date(), span.end.astimezone(given.zone).date()
    spans = open_spans(given.opening.get(resource.id, OpeningRules()), first, last, given.zone)
    if contains(spans, span):
        return
    hours = "; ".join(span_words(one.start, one.end, language(), given.zone) for one in spans)
    if hours:
        sentence = _("%(name)s ist dann nicht durchgehend geöffnet. Geöffnet: %(hours)s.")
    else:
        sentence = _("%(name)s ist an diesem Tag geschlossen. Bitte wählen Sie einen anderen Tag.")
    yield OutsideOpeningHours(sentence % {"name": resource.name, "hours": hours}, field="spans")


def count_faults(wish: Wish, resources: tuple[ResourceView, ...]) -> Iterator[BookingError]:
    """Too many pieces or people: what does not depend on the time."""
    for resource in resources:
        if not 1 <= wish.pieces_of(resource.id) <= resource.most_pieces:
            yield TooManyPieces(
                _("Von %(name)s gibt es %(count)s.") % {"name": resource.name, "count": resource.most_pieces},
                field="quantity",
            )
    capacities = [resource.capacity for resource in resources if resource.capacity]
    if wish.persons and len(capacities) == len(resources) and wish.persons > sum(capacities):
        yield TooManyPersons(
            _("Hier ist Platz für höchstens %(count)s Personen. Bitte wählen Sie einen größeren Raum.")
            % {"count": sum(capacities)},
            field="persons",
        )


def language() -> Language:
    """The language sentences are written in now."""
    return "en" if (get_language() or "de").startswith("en") else "de"
