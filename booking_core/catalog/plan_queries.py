"""The resources a plan of many has rows for: names and units, nothing else, in one statement.

Not here: resources with all that their pages show (``queries``), what is taken (``reservations.queries.timelines``).
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Min, Q

from booking_core.catalog.contracts import PlanResource
from booking_core.catalog.models import Resource


def plan_resources(
    *, location_ids: Collection[int] = (), location_slug: str = "", published_only: bool = False
) -> tuple[PlanResource, ...]:
    """The resources of these locations (none: of all), in the town's order, parts below their whole. One statement."""
    found = Resource.objects.all()
    if location_ids:
        found = found.filter(location_id__in=location_ids)
    if location_slug:
        found = found.filter(location__slug=location_slug)
    if published_only:
        found = found.filter(is_published=True, location__is_published=True)
    rows = (
        found.select_related("location")
        .annotate(
            unit_ids=ArrayAgg("claims__unit_id"),
            pieces=Min("claims__unit__pieces", filter=Q(claims__is_counted=True)),
        )
        .order_by("location__position", "location__name", "location_id", "position", "name", "id")
    )
    return _parts_below(
        [
            PlanResource(
                id=row.pk,
                slug=row.slug,
                name=row.name,
                location_id=row.location_id,
                location_slug=row.location.slug,
                location_name=row.location.name,
                occupancy_shown=row.location.occupancy_shown,
                unit_ids=frozenset(row.unit_ids),
                pieces=row.pieces or 1,
            )
            for row in rows
        ]
    )


def _parts_below(resources: Sequence[PlanResource]) -> tuple[PlanResource, ...]:
    """Set every part under the smallest thing that contains it, in linear time for what shares nothing."""
    larger = [one for one in resources if len(one.unit_ids) > 1]
    below: dict[int, list[PlanResource]] = {}
    tops: list[PlanResource] = []
    for one in resources:
        around = [
            other
            for other in larger
            if other.location_id == one.location_id and one.unit_ids < other.unit_ids
        ]
        if around:
            whole = min(around, key=lambda other: len(other.unit_ids))
            below.setdefault(whole.id, []).append(replace(one, is_part=True))
        else:
            tops.append(one)
    ordered: list[PlanResource] = []
    waiting = tops[::-1]
    while waiting:
        one = waiting.pop()
        ordered.append(one)
        waiting += below.get(one.id, [])[::-1]
    return tuple(ordered)
