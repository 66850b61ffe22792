"""What else would work where a search finds little: another time, a part of a hall, a larger room, another place.

Not here: what fits (``search``). Every alternative is free and allowed at the price it shows.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.engines.availability import candidate_starts, contains
from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.workflows.conditions import language
from booking_core.workflows.search_contracts import Offer
from booking_core.workflows.search_scene import Scene, whole_days
from design_system.formats import span_words

MOST_ALTERNATIVES = 6
DAYS_AROUND = 7
_LONGEST_LOOK = timedelta(days=45)
_MOST_LOOKED_AT = 40
Free = Mapping[int, tuple[Span, ...]]


def looked_at(
    scene: Scene, missed: Sequence[ResourceView], others: Sequence[ResourceView]
) -> tuple[ResourceView, ...]:
    """The nearest resources, few enough to read the times of: those wished for first, then parts, then large enough."""
    near = sorted(others, key=lambda one: _how_far(one, missed, scene))
    most = _MOST_LOOKED_AT if not near else _MOST_LOOKED_AT // 2
    return (*missed[:most], *near[: _MOST_LOOKED_AT - min(len(missed), most)])


def around(scene: Scene) -> Span:
    """The days in which another time counts as near."""
    first, last = scene.search.windows[0], scene.search.windows[-1]
    whole = whole_days(Span(first.start, last.end), scene.given, days_around=DAYS_AROUND)
    return Span(whole.start, max(first.end, min(whole.end, whole.start + _LONGEST_LOOK)))


def same_clock(span: Span, days: int, zone: ZoneInfo) -> Span:
    """The same time by the clock so many days later; as long as before."""
    start = span.start.astimezone(zone)
    moved = at_wall_clock(start.date() + timedelta(days=days), start.time(), zone)
    return Span(moved, moved + span.duration)


def alternatives(
    scene: Scene, missed: Sequence[ResourceView], others: Sequence[ResourceView], free: Free
) -> tuple[Offer, ...]:
    """The wished resources at another time or above the price limit first, then other resources at the wished time.

    ``others`` is empty where there are hits. ``free`` holds the free times of what was looked at, within ``around``.
    """
    found = [offer for one in missed if (offer := _at_other_time(scene, one, free)) is not None]
    known = {offer.resource.id for offer in found}
    near = sorted(others, key=lambda one: _how_far(one, missed, scene))
    here = [one for one in (*missed, *near) if one.id in free and one.id not in known]
    found += [offer for one in here if (offer := _instead(scene, one, missed, free)) is not None]
    return tuple(found[:MOST_ALTERNATIVES])


def _at_other_time(scene: Scene, resource: ResourceView, free: Free) -> Offer | None:
    now, duration = scene.given.now, scene.search.duration
    starts = candidate_starts(
        free.get(resource.id, ()), duration, grid_minutes=resource.grid_minutes, zone=scene.given.zone
    )
    tried = sorted((start for start in starts if start > now), key=lambda start: _distance(scene, start))
    for start in tried[:3]:
        span = Span(start, start + duration)
        if span == scene.search.fixed or not scene.is_accepted((resource,), span):
            continue
        words = span_words(span.start, span.end, language(), scene.given.zone)
        reason = _("Frei zu einer anderen Zeit: %(time)s") % {"time": words}
        offer = scene.offer(resource, span, reasons=(reason,))
        return offer if not offer.refusal else None
    return None


def _distance(scene: Scene, start: datetime) -> tuple[bool, timedelta, bool]:
    """The wished days before other days, then the nearest, of two equally near the later."""
    wished = [window.start for window in scene.search.windows]
    nearest = min(wished, key=lambda one: abs(start - one))
    other_day = start.astimezone(scene.given.zone).date() != nearest.astimezone(scene.given.zone).date()
    return (other_day, abs(start - nearest), start < nearest)


def _instead(
    scene: Scene, resource: ResourceView, missed: Sequence[ResourceView], free: Free
) -> Offer | None:
    """The resource at the first wished time it is free; a wished one only where its price alone was in the way."""
    for span in scene.times_for(resource):
        if not contains(free[resource.id], span):
            continue
        price, fault = scene.price((resource,), span)
        if fault is not None:
            return None
        reason = _why(resource, missed, scene)
        if not scene.is_cheap_enough(price):
            reason = _("Teurer als gewünscht oder ohne festen Preis")
        offer = scene.offer(resource, span, reasons=(reason,))
        return offer if not offer.refusal else None
    return None


def _how_far(resource: ResourceView, missed: Sequence[ResourceView], scene: Scene) -> tuple[bool, bool, bool]:
    """Parts of what was wished first, then what is large enough, then the same place."""
    is_part = any(_is_part(resource, whole) for whole in missed)
    is_large = not scene.search.persons or bool(
        resource.capacity and resource.capacity >= scene.search.persons
    )
    is_here = any(resource.location.id == one.location.id for one in missed)
    return (not is_part, not is_large, not is_here)


def _is_part(resource: ResourceView, whole: ResourceView) -> bool:
    own = {claim.unit_id for claim in resource.claims}
    return own < {claim.unit_id for claim in whole.claims}


def _why(resource: ResourceView, missed: Sequence[ResourceView], scene: Scene) -> str:
    for whole in missed:
        if _is_part(resource, whole):
            return _("Ein Teil von %(name)s") % {"name": whole.name}
    if missed and all(resource.location.id != one.location.id for one in missed):
        return _("Anderer Ort: %(name)s") % {"name": resource.location.name}
    persons = scene.search.persons
    if persons and resource.capacity and resource.capacity >= persons:
        return _("Platz für %(count)s Personen") % {"count": resource.capacity}
    return _("Zur gewünschten Zeit frei")
