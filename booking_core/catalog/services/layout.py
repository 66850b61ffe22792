"""What a hall consists of, written at once: units, who claims them, buffers.

Not here: bookings that already take time (``reservations.services.reclaim`` calls this and lets them follow).
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from booking_core.catalog.contracts import Layout, LayoutResource, LayoutUnit
from booking_core.catalog.models import Resource, ResourceUnit, Unit
from booking_core.catalog.services.resources import MOST_PIECES
from booking_core.catalog.services.units import part_of
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from tenants.town_facts import town_facts_changed

_LONGEST_BUFFER_MINUTES = 1440


def write_layout(layout: Layout, *, actor: Actor) -> None:
    """Write the layout; units nobody claims any more go, unless time was ever taken of them.

    Call under the locks of ``reclaim``. Raises InvalidInput.
    """
    check_layout(layout)
    known = {unit.id for unit in layout.units if unit.id is not None}
    if Unit.objects.filter(pk__in=known).count() != len(known):
        raise InvalidInput(
            _("Ein Teil ist inzwischen gelöscht. Öffnen Sie die Seite noch einmal."), field="units"
        )
    first = Resource.objects.get(pk=layout.resources[0].resource_id)
    ids = {unit.key: _write_unit(unit, location_id=first.location_id) for unit in layout.units}
    for resource in layout.resources:
        _write_claims(resource, ids)
    for unit in layout.units:
        if unit.is_offered and unit.id is None:
            part_of(first, Unit.objects.get(pk=ids[unit.key]))
    unclaimed = Unit.objects.filter(
        location_id=first.location_id, claims__isnull=True, occupancies__isnull=True
    )
    unclaimed.delete()
    town_facts_changed()
    audit(
        "resource.layout_changed",
        actor=actor,
        subject_type="resource",
        subject_id=first.pk,
        data={
            "units": [unit.name for unit in layout.units],
            "resource_ids": [one.resource_id for one in layout.resources],
        },
    )


def check_layout(layout: Layout) -> None:
    """Refuse a layout that makes no sense, whatever is booked. Raises InvalidInput."""
    keys = {unit.key: unit for unit in layout.units}
    for unit in layout.units:
        if not unit.name.strip():
            raise InvalidInput(_("Geben Sie jedem Teil einen Namen."), field="units")
        if not 1 <= unit.pieces <= MOST_PIECES:
            raise InvalidInput(_("Die Stückzahl liegt zwischen 1 und 100.000."), field="units")
    for one in layout.resources:
        if not one.units:
            raise InvalidInput(_("Ein Angebot braucht mindestens einen Teil."), field="resources")
        if not (one.units | one.counted) <= keys.keys():
            raise InvalidInput(_("Diese Einheit gibt es nicht."), field="resources")
        buffers = (one.buffer_before_minutes, one.buffer_after_minutes)
        if not all(0 <= minutes <= _LONGEST_BUFFER_MINUTES for minutes in buffers):
            raise InvalidInput(_("Eine Pufferzeit dauert höchstens einen Tag."), field="resources")


def _write_unit(unit: LayoutUnit, *, location_id: int) -> int:
    facts = {"name": unit.name.strip(), "pieces": unit.pieces}
    if unit.id is None:
        return Unit.objects.create(location_id=location_id, **facts).pk
    Unit.objects.filter(pk=unit.id).update(**facts)
    return unit.id


def _write_claims(resource: LayoutResource, ids: Mapping[str, int]) -> None:
    Resource.objects.filter(pk=resource.resource_id).update(
        buffer_before_minutes=resource.buffer_before_minutes,
        buffer_after_minutes=resource.buffer_after_minutes,
    )
    wanted = {ids[key]: key in resource.counted for key in resource.units}
    current = dict(
        ResourceUnit.objects.filter(resource_id=resource.resource_id).values_list("unit_id", "is_counted")
    )
    if wanted == current:
        return
    ResourceUnit.objects.filter(resource_id=resource.resource_id).delete()
    ResourceUnit.objects.bulk_create(
        ResourceUnit(resource_id=resource.resource_id, unit_id=unit_id, is_counted=is_counted)
        for unit_id, is_counted in sorted(wanted.items())
    )
