"""Documents that come with the platform, as YAML files beside this module.

Not here: adopting one as a town's own (``services``).
"""

from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from booking_core.engines.ordinance import Document, load_document
from booking_core.kernel.errors import NotFound
from booking_core.ordinances.contracts import LibraryEntry

_FOLDER = Path(__file__).parent / "library"


@lru_cache(maxsize=1)
def library_entries() -> tuple[LibraryEntry, ...]:
    """All ready-made documents by municipality."""
    documents = [(path.stem, library_document(path.stem)) for path in _files()]
    entries = [LibraryEntry(slug, document.name.de, document.municipality) for slug, document in documents]
    return tuple(sorted(entries, key=lambda entry: (entry.municipality, entry.slug)))


@lru_cache(maxsize=256)
def library_document(slug: str) -> Document:
    """One document, read once per process: reading the text takes far longer than anything done with it."""
    return load_document(library_text(slug), source=f"{slug}.yaml")


def library_text(slug: str) -> str:
    """The YAML text of one document. Raises NotFound; a slug cannot lead out of the folder."""
    for path in _files():
        if path.stem == slug:
            return path.read_text("utf-8")
    raise NotFound(_("Diese Vorlage gibt es nicht: %(slug)s") % {"slug": slug})


def _files() -> list[Path]:
    return sorted(_FOLDER.glob("*.yaml"))
