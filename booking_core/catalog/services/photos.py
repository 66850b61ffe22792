"""Writes of photos: rows and their files in the town's own folder.

Not here: reading the picture (``pictures``), serving it (``web``).
"""

from collections.abc import Sequence
from functools import partial
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from booking_core.catalog.contracts import PhotoView
from booking_core.catalog.models import Photo
from booking_core.catalog.presenting import photo_path, photo_view
from booking_core.catalog.services.owners import locked_owner
from booking_core.catalog.services.pictures import read_picture
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from tenants.town_facts import town_facts_changed

_LONGEST_ALT = 300


def add_photo(
    upload: IO[bytes],
    alt: str,
    *,
    resource_id: int | None = None,
    location_id: int | None = None,
    actor: Actor,
) -> PhotoView:
    """Store a picture of one resource or location, last in its row. Raises PhotoRefused, InvalidInput, NotFound.

    Files are written before the row: a crash between leaves files nobody sees, never a row without a picture.
    """
    text, picture = _checked_alt(alt), read_picture(upload)
    with transaction.atomic():
        owner = locked_owner(location_id=location_id, resource_id=resource_id)
        photo = Photo(
            **owner.columns,
            alt=text,
            width=picture.width,
            height=picture.height,
            widths=sorted(picture.files),
            position=Photo.objects.filter(**owner.columns).count(),
        )
        photo.file = photo_path(photo.uuid, picture.width)
        for width, content in picture.files.items():
            default_storage.save(photo_path(photo.uuid, width), ContentFile(content))
        photo.save()
        town_facts_changed()
        audit("photo.added", actor=actor, subject_type="photo", subject_id=photo.uuid)
    return photo_view(photo)


@transaction.atomic
def delete_photo(uuid: UUID, *, actor: Actor) -> None:
    """Remove a photo; its files go when the transaction is through. Raises NotFound."""
    photo = _photo(uuid)
    for width in photo.widths:
        transaction.on_commit(partial(default_storage.delete, photo_path(photo.uuid, width)))
    photo.delete()
    town_facts_changed()
    audit("photo.deleted", actor=actor, subject_type="photo", subject_id=uuid)


@transaction.atomic
def describe_photo(uuid: UUID, alt: str, *, actor: Actor) -> PhotoView:
    """Change the alternative text. Raises InvalidInput, NotFound."""
    photo = _photo(uuid)
    photo.alt = _checked_alt(alt)
    photo.save(update_fields=["alt"])
    town_facts_changed()
    audit("photo.described", actor=actor, subject_type="photo", subject_id=uuid)
    return photo_view(photo)


@transaction.atomic
def reorder_photos(
    uuids: Sequence[UUID],
    *,
    resource_id: int | None = None,
    location_id: int | None = None,
    actor: Actor,
) -> None:
    """Put the photos of one resource or location in this order. Raises InvalidInput unless all are named once."""
    owner = locked_owner(location_id=location_id, resource_id=resource_id)
    photos = {photo.uuid: photo for photo in Photo.objects.filter(**owner.columns)}
    if sorted(uuids, key=str) != sorted(photos, key=str):
        raise InvalidInput(_("Die Bilder haben sich inzwischen geändert. Laden Sie die Seite neu."))
    for position, uuid in enumerate(uuids):
        photos[uuid].position = position
    Photo.objects.bulk_update(photos.values(), ["position"])
    town_facts_changed()
    audit("photos.reordered", actor=actor, subject_type=owner.kind, subject_id=owner.id)


def _photo(uuid: UUID) -> Photo:
    photo = Photo.objects.select_for_update().filter(uuid=uuid).first()
    if photo is None:
        raise NotFound(_("Dieses Bild gibt es nicht."))
    return photo


def _checked_alt(alt: str) -> str:
    text = " ".join(alt.split())
    if not text:
        raise InvalidInput(_("Beschreiben Sie, was auf dem Bild zu sehen ist."), field="alt")
    if len(text) > _LONGEST_ALT:
        raise InvalidInput(_("Die Beschreibung hat höchstens 300 Zeichen."), field="alt")
    return text
