"""From rows to the frozen values that leave the room. Needs the relations prefetched (``queries``).

Not here: choosing rows.
"""

from django.conf import settings

from booking_core.catalog.contracts import ClaimView, LocationView, PhotoView, ResourceView
from booking_core.catalog.models import Location, Photo, Resource
from booking_core.catalog.vocabulary import ACCESSIBILITY, AMENITIES, labels_of


def photo_path(uuid: object, width: int) -> str:
    """Where one width of a photo lies in the storage, and below the media address."""
    return f"photos/{uuid}/{width}.webp"


def photo_view(photo: Photo) -> PhotoView:
    """The photo with the addresses of its stored widths, smallest first."""
    sources = tuple(
        (width, f"{settings.MEDIA_URL}{photo_path(photo.uuid, width)}") for width in sorted(photo.widths)
    )
    return PhotoView(
        uuid=photo.uuid,
        alt=photo.alt,
        width=photo.width,
        height=photo.height,
        url=sources[-1][1] if sources else f"{settings.MEDIA_URL}{photo.file}",
        sources=sources,
    )


def location_view(location: Location) -> LocationView:
    """The values of ``location`` that leave the room."""
    return LocationView(
        id=location.pk,
        uuid=location.uuid,
        slug=location.slug,
        name=location.name,
        description=location.description,
        street=location.street,
        postal_code=location.postal_code,
        city=location.city,
        latitude=None if location.latitude is None else float(location.latitude),
        longitude=None if location.longitude is None else float(location.longitude),
        directions=location.directions,
        step_free_directions=location.step_free_directions,
        is_published=location.is_published,
        photos=tuple(photo_view(photo) for photo in location.photos.all()),
        position=location.position,
        occupancy_shown=location.occupancy_shown,
    )


def resource_view(resource: Resource) -> ResourceView:
    """The values of ``resource`` that leave the room, labels in the active language."""
    tariff = getattr(resource, "tariff", None)
    return ResourceView(
        id=resource.pk,
        uuid=resource.uuid,
        slug=resource.slug,
        name=resource.name,
        kind=resource.kind,
        kind_label=str(resource.get_kind_display()),
        location=location_view(resource.location),
        summary=resource.summary,
        description=resource.description,
        capacity=resource.capacity,
        area_m2=resource.area_m2,
        amenities=tuple(resource.amenities),
        amenity_labels=labels_of(resource.amenities, AMENITIES),
        accessibility=tuple(resource.accessibility),
        accessibility_labels=labels_of(resource.accessibility, ACCESSIBILITY),
        accessibility_note=resource.accessibility_note,
        house_rules=resource.house_rules,
        audience=resource.audience,
        buffer_before_minutes=resource.buffer_before_minutes,
        buffer_after_minutes=resource.buffer_after_minutes,
        grid_minutes=resource.grid_minutes,
        min_minutes=resource.min_minutes,
        max_minutes=resource.max_minutes,
        is_published=resource.is_published,
        photos=tuple(photo_view(photo) for photo in resource.photos.all()),
        claims=tuple(
            ClaimView(claim.unit_id, claim.unit.name, claim.unit.pieces, claim.is_counted)
            for claim in resource.claims.all()
        ),
        tariff_codes=tuple(tariff.codes) if tariff is not None else (),
        position=resource.position,
    )
