"""Build one demo town: its birth, its ordinance, its places with pictures. Each stage is kept whole or not at all.

Not here: people and bookings (``populating``). Everything goes through the services the pages use; running it
again finishes what a kill left open and changes nothing else.
"""

from collections.abc import Callable
from io import BytesIO

from django.db import transaction

from booking_core.catalog.contracts import ClaimData, HoursView, ResourceData, ResourceView, SpecialDayData
from booking_core.catalog.queries import locations, published_resources
from booking_core.catalog.services import (
    add_photo,
    save_location,
    save_resource,
    save_special_day,
    set_claims,
    set_opening_hours,
)
from booking_core.identity.contracts import Actor
from booking_core.ordinances.queries import ordinances_list
from booking_core.ordinances.services import adopt_from_library, bind_resource, publish_version
from onboarding.demo.contracts import DemoPlace, DemoRoom, DemoTown, Picture
from onboarding.demo.illustrations import draw
from tenants.context import in_tenant
from tenants.models import Tenant
from tenants.provisioning.births import found_town

BUILDER = Actor("Einrichtung der Vorführung", by_staff=True)
Tell = Callable[[str], None]


def found(town: DemoTown, *, tell: Tell) -> Tenant:
    """The town with ordinance and places; what is already there is kept."""
    tell("Datenraum")
    tenant = found_town(town.plan)
    with in_tenant(tenant):
        tell("Satzung")
        ordinance_id = _adopt(town)
        known = {place.slug for place in locations(include_unpublished=True)}
        for place in town.places:
            if place.data.slug not in known:
                tell(place.data.name)
                _build_place(place, ordinance_id)
    return tenant


@transaction.atomic
def _adopt(town: DemoTown) -> int:
    for known in ordinances_list():
        if known.code == town.ordinance:
            return known.id
    draft = adopt_from_library(town.ordinance, actor=BUILDER)
    return publish_version(draft.id, valid_from=town.in_force, actor=BUILDER).ordinance_id


@transaction.atomic
def _build_place(place: DemoPlace, ordinance_id: int) -> None:
    location = save_location(place.data, actor=BUILDER)
    set_opening_hours([HoursView(*row) for row in place.hours], location_id=location.id, actor=BUILDER)
    for first_on, last_on, reason in place.closed:
        save_special_day(SpecialDayData(first_on, last_on, reason), location_id=location.id, actor=BUILDER)
    for picture in place.pictures:
        _hang(picture, location_id=location.id)
    for room in place.rooms:
        _build_room(room, location.id, ordinance_id)


def _build_room(room: DemoRoom, location_id: int, ordinance_id: int) -> None:
    data = ResourceData(location_id=location_id, name=room.name, kind=room.kind, **room.facts)  # type: ignore[arg-type]
    resource = save_resource(data, actor=BUILDER)
    if room.parts_of:
        set_claims(resource.id, _claims_of(room.parts_of), actor=BUILDER)
    if room.hours:
        set_opening_hours([HoursView(*row) for row in room.hours], resource_id=resource.id, actor=BUILDER)
    bind_resource(resource.id, ordinance_id, room.codes, actor=BUILDER)
    for picture in room.pictures:
        _hang(picture, resource_id=resource.id)


def _claims_of(names: tuple[str, ...]) -> list[ClaimData]:
    rooms = resources_by_name()
    return [ClaimData(claim.unit_id) for name in names for claim in rooms[name].claims]


def resources_by_name() -> dict[str, ResourceView]:
    """Everything the town offers by its name; names are unique in the demo."""
    return {resource.name: resource for resource in published_resources(include_unpublished=True)}


def _hang(picture: Picture, *, location_id: int | None = None, resource_id: int | None = None) -> None:
    upload = BytesIO(draw(picture.scene))
    add_photo(upload, picture.alt, location_id=location_id, resource_id=resource_id, actor=BUILDER)
