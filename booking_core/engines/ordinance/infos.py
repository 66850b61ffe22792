"""What pages show of a document: resources, groups, extras, questions, rules and prices in words.

Not here: requests and quotes (``contracts``).
"""

from dataclasses import dataclass
from decimal import Decimal

from booking_core.engines.ordinance.contracts import NO_TEXT, FactValue, LocalizedText


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A group or purpose to choose from."""

    id: str
    label: LocalizedText
    description: LocalizedText = NO_TEXT


@dataclass(frozen=True, slots=True)
class ResourceInfo:
    """A resource as the document knows it."""

    id: str
    label: LocalizedText
    kind: str
    area_m2: Decimal | None = None
    part_of: str | None = None
    comprises: tuple[str, ...] = ()
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class ExtraInfo:
    """Something that can be ordered beside the resource. Empty ``resources``: with every resource."""

    id: str
    label: LocalizedText
    unit: str
    unit_label: LocalizedText
    max_quantity: int | None = None
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactInfo:
    """A question the document needs answered. ``kind``: yes_no, choice, choices, number, text.

    Relevant only for the listed resources, groups and purposes (empty: for all). ``after_use`` facts are read
    after use, ``internal`` ones are answered by staff, ``when_cancelling`` ones are asked when a booking is cancelled.
    """

    id: str
    label: LocalizedText
    kind: str
    options: tuple[NamedValue, ...] = ()
    default: FactValue | None = None
    unit: str = ""
    resources: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    after_use: bool = False
    internal: bool = False
    when_cancelling: bool = False


@dataclass(frozen=True, slots=True)
class AmbiguityInfo:
    """A place where the text leaves room, and the readings a town can choose from."""

    id: str
    question: LocalizedText
    readings: tuple[NamedValue, ...]
    default: str
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """A rule of use in a sentence. ``topic``: handover, lead, duration, payment, cancellation, deposit, tax, other."""

    id: str
    topic: str
    text: LocalizedText
    paragraph: str = ""
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One cell of a resource's price table, in words. Empty group or purpose: for all."""

    rule: str
    group: NamedValue | None
    purpose: NamedValue | None
    price: LocalizedText
    note: LocalizedText = NO_TEXT
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What pages show of a document without pricing anything.

    ``asks_for_further_groups``: it says what holds where several groups take part.
    """

    name: LocalizedText
    municipality: str
    state: str
    resources: tuple[ResourceInfo, ...]
    groups: tuple[NamedValue, ...]
    purposes: tuple[NamedValue, ...]
    extras: tuple[ExtraInfo, ...]
    facts: tuple[FactInfo, ...]
    ambiguities: tuple[AmbiguityInfo, ...]
    rules_in_words: tuple[RuleInWords, ...]
    sources: tuple[str, ...] = ()
    in_force: str = ""
    completeness: LocalizedText = NO_TEXT
    asks_for_further_groups: bool = False
