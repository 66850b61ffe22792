"""What can be booked together with a thing: a hall and chairs, tables, the kitchen next door.

Not here: whether it is free (``gathering``), the form that offers it (``forms.booking``).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import published_resources, resource_by_slug, resources_by_id
from booking_core.ordinances.queries import tariffs_for
from booking_core.web.citizen.drafts import Draft
from booking_core.web.pieces import is_counted
from booking_core.workflows.search_contracts import MOST_ROOMS
from booking_core.workflows.wishes import wish_from_data

MORE, AWAY = "dazu_neu", "weglassen"
_MOST = 60
Groups = list[tuple[str, list[tuple[str, str]]]]


def things_beside(
    request: HttpRequest, resource: ResourceView, draft: Draft | None
) -> tuple[ResourceView, ...]:
    """Things to be booked together with this one: named in the address or the form, else those of the draft.

    The form's own buttons add one and take one away. Raises NotFound.
    """
    query = request.POST if request.method == "POST" else request.GET
    away = query.get(AWAY, "")
    slugs = query.getlist("dazu")
    if query.get("action") == "dazu" and query.get(MORE):
        slugs.append(query[MORE])
    slugs = [one for one in dict.fromkeys(slugs) if one not in {resource.slug, away}]
    if (
        not slugs
        and not away
        and draft is not None
        and draft.slug == resource.slug
        and request.method != "POST"
    ):
        known = resources_by_id(wish_from_data(draft.wish).resource_ids)
        return tuple(one for one in known.values() if one.id != resource.id)
    return tuple(resource_by_slug(slug) for slug in slugs[: MOST_ROOMS - 1])


def more_things(resource: ResourceView, beside: Sequence[ResourceView], on: date) -> Groups:
    """What else can go into the same booking, for a select: things in pieces first, then rooms of the same place.

    Only what one ordinance prices together with the rest, and what does not lie within it already.
    """
    chosen = (resource, *beside)
    if len(chosen) >= MOST_ROOMS:
        return []
    found = [one for one in published_resources() if _goes_with(one, chosen)]
    tariffs = tariffs_for([resource.id, *(one.id for one in found)], on)
    versions = {one: tariff.version.id if tariff.version else None for one, tariff in tariffs.items()}
    priced = [one for one in found if versions.get(one.id) == versions.get(resource.id)][:_MOST]
    groups = (
        (_("Geräte und Möbel in Stück"), [one for one in priced if is_counted(one)]),
        (_("Räume am selben Ort"), [one for one in priced if not is_counted(one)]),
    )
    return [(label, [(one.slug, _label(one, resource)) for one in of]) for label, of in groups if of]


def _goes_with(one: ResourceView, chosen: Iterable[ResourceView]) -> bool:
    first = next(iter(chosen))
    units = {claim.unit_id for other in chosen for claim in other.claims if not claim.is_counted}
    return (
        one.audience != "staff"
        and all(one.id != other.id for other in chosen)
        and (is_counted(one) or one.location.id == first.location.id)
        and not units & {claim.unit_id for claim in one.claims}
    )


def _label(one: ResourceView, beside: ResourceView) -> str:
    return one.name if one.location.id == beside.location.id else f"{one.name} ({one.location.name})"
