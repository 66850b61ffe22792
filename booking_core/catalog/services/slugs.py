"""Addresses of places and resources: ``Großer Saal`` becomes ``grosser-saal``.

Not here: addresses of towns (``tenants.names``).
"""

from typing import cast

from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from booking_core.catalog.errors import SlugTaken
from booking_core.kernel.errors import InvalidInput

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
LONGEST = 80


def german_slug(name: str) -> str:
    """The address made from a name; may be empty (a name without letters or digits)."""
    return slugify(name.translate(_GERMAN))[:LONGEST].strip("-")


def slug_for(model: type[Model], *, wanted: str, name: str, own_id: int | None) -> str:
    """The address of a thing: ``wanted`` if given, else what it has, else one made from ``name``.

    Raises SlugTaken for a wanted address another row of ``model`` has, InvalidInput for one that is none.
    """
    others = model._default_manager.exclude(pk=own_id)
    if wanted:
        slug = german_slug(wanted)
        if not slug:
            raise InvalidInput(_("Die Adresse braucht Buchstaben oder Ziffern."), field="slug")
        if others.filter(slug=slug).exists():
            raise SlugTaken(_("Diese Adresse ist schon vergeben. Wählen Sie eine andere."), field="slug")
        return slug
    if own_id is not None:
        return cast(str, model._default_manager.values_list("slug", flat=True).get(pk=own_id))
    base = german_slug(name)[: LONGEST - 5] or "angebot"
    known = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 1, base
    while slug in known:
        number += 1
        slug = f"{base}-{number}"
    return slug
