"""Files that go with mails and are kept by rooms above: fetched by name when the mail goes out, never stored twice.

Not here: invoices of towns, which delivery reads itself.
"""

from collections.abc import Callable
from uuid import UUID

Source = Callable[[UUID], tuple[str, bytes]]
_sources: dict[str, Source] = {}


def register_file_source(name: str, source: Source) -> None:
    """Name a source; it returns a number and a PDF. Called when apps are ready."""
    _sources[name] = source


def file_from(name: str, uuid: UUID) -> bytes:
    """The PDF a mail names. Raises KeyError for a source nobody registered."""
    return _sources[name](uuid)[1]
