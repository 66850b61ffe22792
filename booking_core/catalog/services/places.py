"""Writes of locations: houses and grounds with an address.

Not here: their hours (``hours``) and photos (``photos``).
"""

import re
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import LocationData, LocationView
from booking_core.catalog.models import Location
from booking_core.catalog.presenting import location_view
from booking_core.catalog.services.slugs import slug_for
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from tenants.town_facts import town_facts_changed

_POSTAL_CODE = re.compile(r"[0-9]{5}")
_LARGEST_LATITUDE = 90
_LARGEST_LONGITUDE = 180


@transaction.atomic
def save_location(data: LocationData, *, location_id: int | None = None, actor: Actor) -> LocationView:
    """Make a location, or change the one with this id. Raises InvalidInput, SlugTaken, NotFound."""
    _check(data)
    location = Location() if location_id is None else _locked(location_id)
    for name, value in asdict(data).items():
        setattr(location, name, value.strip() if isinstance(value, str) else value)
    location.slug = slug_for(Location, wanted=data.slug, name=data.name, own_id=location_id)
    location.save()
    town_facts_changed()
    audit(
        "location.created" if location_id is None else "location.changed",
        actor=actor,
        subject_type="location",
        subject_id=location.pk,
        data={"name": location.name},
    )
    return location_view(Location.objects.prefetch_related("photos").get(pk=location.pk))


def _locked(location_id: int) -> Location:
    location = Location.objects.select_for_update().filter(pk=location_id).first()
    if location is None:
        raise NotFound(_("Diesen Ort gibt es nicht."))
    return location


def _check(data: LocationData) -> None:
    if not data.name.strip():
        raise InvalidInput(_("Geben Sie einen Namen ein."), field="name")
    if data.postal_code and not _POSTAL_CODE.fullmatch(data.postal_code):
        raise InvalidInput(_("Eine Postleitzahl hat fünf Ziffern."), field="postal_code")
    if (data.latitude is None) != (data.longitude is None):
        raise InvalidInput(_("Geben Sie Breite und Länge an, oder keines von beiden."), field="latitude")
    if data.latitude is not None and abs(data.latitude) > _LARGEST_LATITUDE:
        raise InvalidInput(_("Die geografische Breite liegt zwischen −90 und 90."), field="latitude")
    if data.longitude is not None and abs(data.longitude) > _LARGEST_LONGITUDE:
        raise InvalidInput(_("Die geografische Länge liegt zwischen −180 und 180."), field="longitude")
