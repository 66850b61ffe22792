"""What leaves the ordinances room: versions with their document, lists, price tables, questions about a price.

Not here: quotes and documents themselves (``engines.ordinance``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from booking_core.engines.ordinance import Document, PriceRow, Quote, QuoteRequest, RuleInWords
from booking_core.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One version with its document, ready to quote from."""

    id: int
    ordinance_id: int
    ordinance_code: str
    ordinance_name: str
    number: int
    state: str
    valid_from: date | None
    document: Document
    readings: Mapping[str, str] = field(default_factory=dict)
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Tariff:
    """Which version prices a resource on a day, and the ids the document uses for it."""

    resource_id: int
    ordinance_id: int
    codes: tuple[str, ...]
    version: StoredVersion | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version in the list of an ordinance."""

    id: int
    number: int
    state: str
    state_label: str
    valid_from: date | None
    council_decision: str
    published_at: datetime | None
    published_by: str = ""
    note: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrdinanceView:
    """An ordinance with its versions, newest first, and the resources it prices."""

    id: int
    code: str
    name: str
    versions: tuple[VersionRow, ...]
    resource_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PriceTable:
    """What one document resource costs, in words, with the rules of use that concern it."""

    code: str
    label_de: str
    label_en: str
    ordinance_name: str
    rows: tuple[PriceRow, ...]
    rules: tuple[RuleInWords, ...]


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A ready-made document that comes with the platform."""

    slug: str
    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class PriceQuestion:
    """What a price depends on; ids of groups, purposes, extras and facts are the document's own.

    ``quantity``: how many of each resource, or how many by resource id.
    """

    resource_ids: tuple[int, ...]
    spans: tuple[Span, ...]
    quantity: int | Mapping[int, int] = 1
    group: str = ""
    purpose: str = ""
    persons: int | None = None
    extras: Mapping[str, Decimal] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    requested_at: datetime | None = None
    cancelled_at: datetime | None = None
    further_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Somebody else's published document that an own version was made from.

    ``entry`` is its name in the exchange; ``publisher`` the town's uuid, empty for the platform's own collection;
    ``number`` its version (1 for the collection); ``sha256`` the digest of the document as it was then.
    """

    entry: str
    publisher: str
    municipality: str
    name: str
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Adopted:
    """An ordinance that was made from somebody else's: ``base`` is the origin as it was taken, ``own`` the newest
    version here."""

    ordinance_id: int
    origin: Origin
    base: Document
    own: StoredVersion


@dataclass(frozen=True, slots=True)
class Pricing:
    """A price with what it rests on: the version, and the requests exactly as the engine saw them.

    Usually one; a series with dates in other rooms has one per set of rooms, whose quotes are added up.
    """

    quote: Quote
    version_id: int
    requests: tuple[QuoteRequest, ...]


# What the person used before, in the words of a version: called only where the document asks for it.
Past = Callable[[StoredVersion, QuoteRequest], Mapping[str, Decimal]]
