"""Writes of resources: what a citizen can choose and book. A new one gets a unit of its own.

Not here: shared units and parts (``units``).
"""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceData, ResourceView
from booking_core.catalog.models import Audience, Location, Resource, ResourceKind, ResourceUnit, Unit
from booking_core.catalog.queries import resource_by_id
from booking_core.catalog.services.slugs import slug_for
from booking_core.catalog.services.units import change_pieces, locked_resource
from booking_core.catalog.vocabulary import ACCESSIBILITY, AMENITIES
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from tenants.town_facts import town_facts_changed

GRIDS_MINUTES = (5, 10, 15, 20, 30, 60, 120, 240, 720, 1440)
MOST_PIECES = 100_000
_LONGEST_BUFFER_MINUTES = 1440


@transaction.atomic
def save_resource(
    data: ResourceData, *, resource_id: int | None = None, actor: Actor, is_reclaimed: bool = False
) -> ResourceView:
    """Make a resource with a unit of its own, or change the one with this id.

    ``pieces`` counts for a resource with one unit that nothing else claims; others keep their claims.
    ``is_reclaimed``: what is booked takes its pieces and buffers anew afterwards, so a stock may shrink.
    Raises InvalidInput, SlugTaken, NotFound, UnitsInUse (fewer pieces than are already promised).
    """
    _check(data)
    resource = Resource() if resource_id is None else locked_resource(resource_id)
    for name, value in asdict(data).items():
        if name != "pieces":
            setattr(resource, name, _plain(value))
    resource.slug = slug_for(Resource, wanted=data.slug, name=data.name, own_id=resource_id)
    resource.save()
    if resource_id is None:
        _give_own_unit(resource, data.pieces)
    else:
        _keep_own_unit(resource, data.pieces, is_reclaimed=is_reclaimed)
    town_facts_changed()
    audit(
        "resource.created" if resource_id is None else "resource.changed",
        actor=actor,
        subject_type="resource",
        subject_id=resource.pk,
        data={"name": resource.name},
    )
    return resource_by_id(resource.pk)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value.strip()
    return list(value) if isinstance(value, tuple) else value


def _give_own_unit(resource: Resource, pieces: int) -> None:
    unit = Unit.objects.create(location_id=resource.location_id, name=resource.name, pieces=pieces)
    ResourceUnit.objects.create(resource=resource, unit=unit, is_counted=pieces > 1)


def _keep_own_unit(resource: Resource, pieces: int, *, is_reclaimed: bool) -> None:
    claims = list(resource.claims.all()[:2])
    if len(claims) != 1 or ResourceUnit.objects.filter(unit_id=claims[0].unit_id).count() != 1:
        return
    if not is_reclaimed:
        change_pieces(claims[0].unit_id, pieces)
    Unit.objects.filter(pk=claims[0].unit_id).update(
        pieces=pieces, location_id=resource.location_id, name=resource.name
    )
    ResourceUnit.objects.filter(pk=claims[0].pk).update(is_counted=pieces > 1)


def _check(data: ResourceData) -> None:
    if not data.name.strip():
        raise InvalidInput(_("Geben Sie einen Namen ein."), field="name")
    if not Location.objects.filter(pk=data.location_id).exists():
        raise InvalidInput(_("Diesen Ort gibt es nicht."), field="location_id")
    if data.kind not in ResourceKind.values:
        raise InvalidInput(_("Wählen Sie eine Art."), field="kind")
    if data.audience not in Audience.values:
        raise InvalidInput(_("Wählen Sie, wer buchen darf."), field="audience")
    _check_words(data)
    _check_numbers(data)


def _check_words(data: ResourceData) -> None:
    if unknown := [code for code in data.amenities if code not in AMENITIES]:
        raise InvalidInput(_("Unbekannte Ausstattung: %(code)s") % {"code": unknown[0]}, field="amenities")
    if unknown := [code for code in data.accessibility if code not in ACCESSIBILITY]:
        raise InvalidInput(
            _("Unbekannte Angabe zur Barrierefreiheit: %(code)s") % {"code": unknown[0]},
            field="accessibility",
        )


def _check_numbers(data: ResourceData) -> None:
    if data.grid_minutes not in GRIDS_MINUTES:
        raise InvalidInput(_("Wählen Sie ein Raster aus der Liste."), field="grid_minutes")
    if not 1 <= data.min_minutes <= data.max_minutes:
        raise InvalidInput(
            _("Die kürzeste Dauer darf nicht länger sein als die längste."), field="min_minutes"
        )
    for field in ("buffer_before_minutes", "buffer_after_minutes"):
        if not 0 <= getattr(data, field) <= _LONGEST_BUFFER_MINUTES:
            raise InvalidInput(_("Eine Pufferzeit dauert höchstens einen Tag."), field=field)
    if not 1 <= data.pieces <= MOST_PIECES:
        raise InvalidInput(_("Die Stückzahl liegt zwischen 1 und 100.000."), field="pieces")
    for field in ("capacity", "area_m2"):
        value = getattr(data, field)
        if value is not None and value < 1:
            raise InvalidInput(_("Geben Sie eine Zahl größer als null ein."), field=field)
