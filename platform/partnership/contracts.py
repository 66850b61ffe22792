"""What leaves the exchange: entries of the catalogue, one entry with its document, a town's sharing.

Not here: how it is printed (``presenters``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from booking_core.engines.ordinance import Document, LocalizedText

COLLECTION = ""  # the publisher of what comes with the platform


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What one looks for. ``publisher``: towns, collection, or empty for both."""

    text: str = ""
    kind: str = ""
    state: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue. ``publisher`` is the town's uuid, empty for the platform's collection."""

    slug: str
    publisher: str
    municipality: str
    state: str
    name: LocalizedText
    kinds: tuple[str, ...]
    resource_count: int
    shared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryVersion:
    """One published version of an entry; the collection knows no dates."""

    number: int
    valid_from: date | None
    council_decision: str
    published_at: datetime | None
    sha256: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry with the document of its newest version."""

    entry: Entry
    version: EntryVersion
    document: Document
    readings: Mapping[str, str] = field(default_factory=dict)
    versions: tuple[EntryVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class Sharing:
    """Whether a town shares one of its ordinances, and what others see of it."""

    id: int
    slug: str
    municipality: str
    name: LocalizedText
    state: str
    state_label: str
    reason: str
    shared_at: datetime
    versions: tuple[EntryVersion, ...]

    @property
    def is_shared(self) -> bool:
        return self.state == "shared"

    @property
    def is_taken_down(self) -> bool:
        return self.state == "taken_down"
