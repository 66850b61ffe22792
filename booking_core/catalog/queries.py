"""Reads of the catalogue. Every list takes a constant number of statements, however many rows it has.

What pages ask for all the time comes from memory (``remembered``) without a statement; the numbers below hold where
it is read anew.

Not here: what is free (``reservations.queries``), what it costs (``ordinances.queries``).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import (
    HoursView,
    LocationView,
    OpeningRules,
    ResourceView,
    SpecialDayView,
    UnitView,
)
from booking_core.catalog.models import (
    Location,
    OpeningHours,
    Photo,
    Resource,
    ResourceUnit,
    SpecialDay,
    Unit,
)
from booking_core.catalog.presenting import location_view, resource_view
from booking_core.catalog.remembered import Catalogue, remembered_catalogue
from booking_core.engines.opening import with_own_days_first
from booking_core.kernel.errors import NotFound


def published_resources(*, include_unpublished: bool = False) -> tuple[ResourceView, ...]:
    """Everything that can be booked, in the town's order. Four statements.

    A resource of an unpublished location is not published either.
    """
    known = remembered_catalogue(_whole_catalogue)
    if known is None:
        rows = _all_resources()
        return rows if include_unpublished else _published(rows)
    return known.resources if include_unpublished else known.published


def _published(resources: Iterable[ResourceView]) -> tuple[ResourceView, ...]:
    return tuple(resource for resource in resources if _is_published(resource))


def _is_published(resource: ResourceView) -> bool:
    return resource.is_published and resource.location.is_published


def _all_resources() -> tuple[ResourceView, ...]:
    return tuple(resource_view(resource) for resource in _resources())


def _whole_catalogue() -> Catalogue:
    resources = _all_resources()
    place_of = {resource.id: resource.location.id for resource in resources}
    return Catalogue(
        resources, _published(resources), {one.id: one for one in resources}, _rules_of(place_of)
    )


def resource_by_slug(slug: str, *, include_unpublished: bool = False) -> ResourceView:
    """Raises NotFound. Four statements."""
    known = remembered_catalogue(_whole_catalogue)
    if known is not None:
        for one in known.resources:
            if one.slug == slug and (include_unpublished or _is_published(one)):
                return one
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    found = _resources().filter(slug=slug)
    if not include_unpublished:
        found = found.filter(is_published=True, location__is_published=True)
    return _one(found)


def resource_by_id(resource_id: int) -> ResourceView:
    """Published or not. Raises NotFound. Four statements."""
    return _one(_resources().filter(pk=resource_id))


def resources_by_id(ids: Iterable[int]) -> dict[int, ResourceView]:
    """Published or not; ids that do not exist are left out. Four statements."""
    wanted = set(ids)
    known = remembered_catalogue(_whole_catalogue)
    if known is not None:
        return {one: known.by_id[one] for one in sorted(wanted) if one in known.by_id}
    return {resource.pk: resource_view(resource) for resource in _resources().filter(pk__in=wanted)}


def _resources() -> QuerySet[Resource]:
    # "tariff" belongs to the ordinances room; its codes are shown beside the resource (ResourceView.tariff_codes).
    return (
        Resource.objects.select_related("location", "tariff")
        .prefetch_related(
            Prefetch("claims", ResourceUnit.objects.select_related("unit")),
            Prefetch("photos", Photo.objects.order_by("position", "id")),
            "location__photos",
        )
        .order_by("location__position", "location__name", "position", "name", "id")
    )


def _one(found: QuerySet[Resource]) -> ResourceView:
    resource = found.first()
    if resource is None:
        raise NotFound(_("Dieses Angebot gibt es nicht."))
    return resource_view(resource)


def locations(*, include_unpublished: bool = False) -> tuple[LocationView, ...]:
    """All places in the town's order. Two statements."""
    found = Location.objects.prefetch_related("photos")
    if not include_unpublished:
        found = found.filter(is_published=True)
    return tuple(location_view(location) for location in found.order_by("position", "name", "id"))


def location_by_slug(slug: str, *, include_unpublished: bool = False) -> LocationView:
    """Raises NotFound. Two statements."""
    found = Location.objects.prefetch_related("photos").filter(slug=slug)
    if not include_unpublished:
        found = found.filter(is_published=True)
    location = found.first()
    if location is None:
        raise NotFound(_("Diesen Ort gibt es nicht."))
    return location_view(location)


def units(*, location_ids: Collection[int] = ()) -> tuple[UnitView, ...]:
    """The units of these locations (none: of all) with the names of what claims them. Two statements."""
    found = Unit.objects.prefetch_related("resources")
    if location_ids:
        found = found.filter(location_id__in=location_ids)
    return tuple(
        UnitView(
            id=unit.pk,
            location_id=unit.location_id,
            name=unit.name,
            pieces=unit.pieces,
            resource_names=tuple(resource.name for resource in unit.resources.all()),
        )
        for unit in found.order_by("location_id", "name", "id")
    )


def opening_rules(resource_ids: Iterable[int]) -> dict[int, OpeningRules]:
    """What decides when each resource is open. Three statements.

    Weekly rows of a resource replace those of its location. A special day of the resource replaces the
    location's special days on its own dates; the location's other special days hold for the resource too.
    """
    wanted = set(resource_ids)
    known = remembered_catalogue(_whole_catalogue)
    if known is not None:
        return {one: known.rules[one] for one in sorted(wanted) if one in known.rules}
    return _rules_of(dict(Resource.objects.filter(pk__in=wanted).values_list("pk", "location_id")))


def all_opening_rules() -> Mapping[int, OpeningRules]:
    """The same for everything there is, published or not. Three statements."""
    known = remembered_catalogue(_whole_catalogue)
    return (
        _rules_of(dict(Resource.objects.values_list("pk", "location_id"))) if known is None else known.rules
    )


def opening_rules_of(resources: Iterable[ResourceView]) -> dict[int, OpeningRules]:
    """The same for resources that are at hand. Two statements."""
    wanted = {one.id: one.location.id for one in resources}
    known = remembered_catalogue(_whole_catalogue)
    if known is not None:
        return {one: known.rules[one] for one in sorted(wanted) if one in known.rules}
    return _rules_of(wanted)


def _rules_of(place_of: Mapping[int, int]) -> dict[int, OpeningRules]:
    """The rules of these resources (id → location's id). Two statements. Equal rules are one value."""
    mine = Q(resource_id__in=place_of) | Q(location_id__in=set(place_of.values()))
    weekly: dict[tuple[int | None, int | None], list[HoursView]] = defaultdict(list)
    for row in OpeningHours.objects.filter(mine).order_by("weekday", "opens_minutes"):
        weekly[row.location_id, row.resource_id].append(
            HoursView(row.weekday, row.opens_minutes, row.closes_minutes)
        )
    special: dict[tuple[int | None, int | None], list[SpecialDayView]] = defaultdict(list)
    for day in SpecialDay.objects.filter(mine).order_by("first_on", "opens_minutes", "id"):
        special[day.location_id, day.resource_id].append(_special_day_view(day))
    one_of: dict[OpeningRules, OpeningRules] = {}
    rules = {}
    for resource_id, place_id in place_of.items():
        own = OpeningRules(
            weekly=tuple(weekly[None, resource_id] or weekly[place_id, None]),
            special=with_own_days_first(special[None, resource_id], special[place_id, None]),
        )
        rules[resource_id] = one_of.setdefault(own, own)
    return rules


def own_opening_rules(*, location_id: int | None = None, resource_id: int | None = None) -> OpeningRules:
    """The rows written for this location or resource itself, for editing. Two statements."""
    own = {"location_id": location_id, "resource_id": resource_id}
    hours = OpeningHours.objects.filter(**own).order_by("weekday", "opens_minutes")
    days = SpecialDay.objects.filter(**own).order_by("first_on", "opens_minutes", "id")
    return OpeningRules(
        weekly=tuple(HoursView(row.weekday, row.opens_minutes, row.closes_minutes) for row in hours),
        special=tuple(_special_day_view(day) for day in days),
    )


def _special_day_view(day: SpecialDay) -> SpecialDayView:
    return SpecialDayView(
        day.pk, day.first_on, day.last_on, day.reason, day.opens_minutes, day.closes_minutes
    )
