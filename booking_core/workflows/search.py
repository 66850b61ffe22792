"""The search: what fits the wished time, length, group and price, and what else would work.

Not here: how results look (``web.citizen``, ``api``). Two statements however many resources there are: what is taken of
all units then, and the days of the few that are shown. The catalogue, opening hours and tariffs come from memory.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import all_opening_rules, published_resources
from booking_core.kernel.spans import Span
from booking_core.ordinances.queries import all_tariffs
from booking_core.reservations.queries import free_times
from booking_core.reservations.queries.taken_units import taken_units
from booking_core.workflows.conditions import Conditions
from booking_core.workflows.contracts import Viewer
from booking_core.workflows.search_alternatives import (
    DAYS_AROUND,
    MOST_ALTERNATIVES,
    alternatives,
    around,
    looked_at,
    same_clock,
)
from booking_core.workflows.search_contracts import Offer, SearchResult, SearchWish
from booking_core.workflows.search_filter import matching
from booking_core.workflows.search_rooms import offer_of, room_sets, wholes
from booking_core.workflows.search_scene import Scene, reasons_for, whole_days
from tenants.context import tenant_zone

_MOST_OTHER_TIMES = 3
Resources = tuple[ResourceView, ...]


def find_offers(
    search: SearchWish,
    *,
    viewer: Viewer,
    now: datetime,
    first: int = 0,
    most: int | None = None,
    with_days: bool = True,
) -> SearchResult:
    """What fits a search, and the nearest other things that work. Without windows: everything that matches.

    ``first`` and ``most`` choose the page of hits; ``with_days`` reads the days of what is shown. Nothing is refused
    here: what the rules do not allow comes back as another offer, or not at all.
    """
    published = published_resources()
    wanted = _shown_to(viewer, matching(published, search))
    last = len(wanted) if most is None else first + most
    if not search.windows:
        listed = [
            Offer(one, is_free=True, quote=None, reasons=reasons_for(one, search))
            for one in wanted[first:last]
        ]
        return SearchResult(tuple(listed), total=len(wanted))
    scene = _scene(search, wanted, published, viewer=viewer, now=now)
    if search.rooms > 1:
        everything = _shown_to(viewer, published)
        return _sets_of_rooms(scene, wanted, everything, slice(first, last), with_days=with_days)
    fits = [(one, span) for one in wanted if (span := scene.first_fit(one)) is not None]
    offers = [_hit(scene, one, span) for one, span in fits[first:last]]
    missed: Resources = ()
    others: Resources = ()
    if len(fits) < MOST_ALTERNATIVES:
        fitting = {one.id for one, _ in fits}
        missed = tuple(one for one in wanted if one.id not in fitting)
        meant = {one.id for one in wanted}
        others = () if fits else tuple(one for one in _shown_to(viewer, published) if one.id not in meant)
    return _finished(scene, offers, len(fits), missed, others, with_days=with_days)


def _shown_to(viewer: Viewer, resources: Resources) -> Resources:
    return resources if viewer.is_staff else tuple(one for one in resources if one.audience != "staff")


def _sets_of_rooms(
    scene: Scene, wanted: Resources, everything: Resources, page: slice, *, with_days: bool
) -> SearchResult:
    """Sets of rooms; where there is none, the nearest days on which there is, at the same hours."""
    sets, whole_of = room_sets(scene, wanted), wholes(everything)
    found = _finished(
        scene, [offer_of(scene, one, whole_of) for one in sets[page]], len(sets), (), (), with_days=with_days
    )
    fixed = scene.search.fixed
    if sets or fixed is None:
        return found
    days = sorted(
        (day for day in range(-DAYS_AROUND, DAYS_AROUND + 1) if day), key=lambda day: (abs(day), -day)
    )
    near = [same_clock(fixed, day, scene.given.zone) for day in days]
    near = [span for span in near if span.start > scene.given.now]
    nearby = replace(scene.search, windows=tuple(sorted(near)))
    there = _scene(nearby, wanted, everything, viewer=scene.given.viewer, now=scene.given.now)
    nearest: list[Offer] = []
    for span in near:
        at_span = replace(there, search=replace(scene.search, windows=(span,)), starts={})
        nearest += [offer_of(at_span, one, whole_of) for one in room_sets(at_span, wanted)]
        if len(nearest) >= MOST_ALTERNATIVES:
            break
    return replace(found, alternatives=tuple(nearest[:MOST_ALTERNATIVES]))


def _scene(
    search: SearchWish, wanted: Resources, published: Resources, *, viewer: Viewer, now: datetime
) -> Scene:
    zone = tenant_zone()
    before = timedelta(minutes=max((one.buffer_before_minutes for one in wanted), default=0))
    after = timedelta(minutes=max((one.buffer_after_minutes for one in wanted), default=0))
    units = {claim.unit_id for one in wanted for claim in one.claims}
    return Scene(
        search=search,
        given=Conditions(viewer, now, zone, all_opening_rules()),
        taken=taken_units(
            [window.widened(before, after) for window in search.windows],
            now=now,
            unit_ids=units if len(wanted) < len(published) else None,
        ),
        tariffs_on=all_tariffs,
    )


def _hit(scene: Scene, resource: ResourceView, span: Span) -> Offer:
    offer = scene.offer(resource, span, is_fit=True)
    if scene.search.fixed is not None:
        return offer
    return replace(offer, other_times=_other_times(scene, resource, span))


def _other_times(scene: Scene, resource: ResourceView, chosen: Span) -> tuple[Span, ...]:
    """A few more times that fit, each on another day."""
    zone = scene.given.zone
    days = {chosen.start.astimezone(zone).date()}
    found: list[Span] = []
    for span in scene.times_for(resource):
        day = span.start.astimezone(zone).date()
        if day not in days and scene.is_accepted((resource,), span):
            days.add(day)
            found.append(span)
        if len(found) == _MOST_OTHER_TIMES:
            break
    return tuple(found)


def _finished(
    scene: Scene,
    offers: Sequence[Offer],
    total: int,
    missed: Resources,
    others: Resources,
    *,
    with_days: bool,
) -> SearchResult:
    """Hits and alternatives with their days; the second statement."""
    near = looked_at(scene, missed, others) if missed or others else ()
    shown = [offer.resource.id for offer in offers] if with_days else []
    spans = [whole_days(offer.span, scene.given) for offer in offers if offer.span is not None and with_days]
    spans += [around(scene)] if near else []
    if not spans:
        return SearchResult(tuple(offers), total=total)
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    free = free_times(
        {*shown, *(one.id for one in near)}, whole, now=scene.given.now, quantity=scene.search.quantity
    )
    found = alternatives(scene, missed, others, {one.id: free.get(one.id, ()) for one in near})
    return SearchResult(
        tuple(scene.with_day(offer, free) for offer in offers),
        tuple(scene.with_day(offer, free) for offer in found),
        total,
    )
