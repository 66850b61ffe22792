"""What use cases take and give: wishes, priced wishes, previews.

Not here: what a search takes and gives (``search_contracts``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from booking_core.catalog.contracts import ResourceView
from booking_core.engines.ordinance import Quote, QuoteRequest
from booking_core.kernel.money import Money
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import Repeat


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone wants to book: the same resources for each span. ``to_data``/``wish_from_data`` round-trip.

    ``elsewhere`` are further spans of the same booking in another room: dates of a series that had to give way.
    ``repeat`` makes it a series; then the spans and ``elsewhere`` are its dates. ``quantity`` is how many of each
    resource; ``pieces`` those taken in another number: one hall and 80 chairs are ``pieces={chairs: 80}``.
    """

    resource_ids: tuple[int, ...]
    spans: tuple[Span, ...]
    quantity: int = 1
    group: str = ""
    purpose: str = ""
    persons: int | None = None
    extras: dict[str, Decimal] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    elsewhere: tuple[tuple[int, Span], ...] = ()
    repeat: Repeat | None = None
    further_groups: tuple[str, ...] = ()
    pieces: Mapping[int, int] = field(default_factory=dict)

    def pieces_of(self, resource_id: int) -> int:
        """How many of one resource are wanted."""
        return self.pieces.get(resource_id, self.quantity)

    @property
    def wanted(self) -> dict[int, int]:
        """How many of every resource, wherever it is used."""
        return {one: self.pieces_of(one) for one in self.all_resource_ids}

    @property
    def all_spans(self) -> tuple[Span, ...]:
        """Every stretch of time, wherever it takes place, in order."""
        return tuple(sorted({*self.spans, *(span for _room, span in self.elsewhere)}))

    @property
    def all_resource_ids(self) -> tuple[int, ...]:
        """Every resource, the main ones first."""
        return tuple(dict.fromkeys((*self.resource_ids, *(room for room, _span in self.elsewhere))))


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks or books, as far as the rules care. A stranger is ``Viewer()``.

    ``party_id``: whose earlier bookings count; left out, those of the account's or the address's own party.
    ``changes``: the booking that is being changed; it is not one of the earlier ones.
    """

    user_id: int | None = None
    email: str = ""
    is_staff: bool = False
    is_resident: bool = False
    is_registered: bool = False
    group: str = ""
    party_id: int | None = None
    changes: UUID | None = None


@dataclass(frozen=True, slots=True)
class PricedWish:
    """A wish with its price. ``quote`` is None where no ordinance is in force: a clerk names the price.

    ``requests`` are what the engine was asked, word for word; a booking keeps them to be quoted again later.
    """

    wish: Wish
    resources: tuple[ResourceView, ...]
    quote: Quote | None
    ordinance_version_id: int | None
    requests: tuple[QuoteRequest, ...] = ()

    @property
    def total(self) -> Money | None:
        return self.quote.total if self.quote else None


@dataclass(frozen=True, slots=True)
class Choice:
    """A group or purpose to choose; ``id`` is the ordinance's own."""

    id: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ExtraChoice:
    """Something that can be ordered beside the resource. ``max_quantity`` None: no limit."""

    id: str
    label: str
    unit_label: str = ""
    max_quantity: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question the ordinance needs answered. ``type``: yes_no, choice, choices, number, text.

    Asked only for the listed groups and purposes; empty means always.
    """

    id: str
    label: str
    type: str
    required: bool = False
    help: str = ""
    options: tuple[Choice, ...] = ()
    default: object = None
    unit: str = ""
    groups: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookingChoices:
    """What a form has to offer and ask for these resources; all empty where no ordinance is in force."""

    groups: tuple[Choice, ...] = ()
    purposes: tuple[Choice, ...] = ()
    extras: tuple[ExtraChoice, ...] = ()
    questions: tuple[Question, ...] = ()
    ordinance_name: str = ""
    asks_for_further_groups: bool = False

    def group_label(self, group: str) -> str:
        return next((choice.label for choice in self.groups if choice.id == group), group)

    def purpose_label(self, purpose: str) -> str:
        return next((choice.label for choice in self.purposes if choice.id == purpose), purpose)


@dataclass(frozen=True, slots=True)
class HeldWish:
    """A priced wish whose time is kept until ``expires_at``."""

    hold_uuid: UUID
    expires_at: datetime
    priced: PricedWish


@dataclass(frozen=True, slots=True)
class DateCost:
    """What giving up one date of a series costs. Not ``is_known``: a clerk decides."""

    slot: str
    span: Span
    fee: Money
    explanation: str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class CancellationPreview:
    """What cancelling now would cost, and the paragraph that says so. Not ``is_known``: a clerk decides (the rest).

    ``rule`` is the ordinance's that was applied. Of a series ``dates`` are the shares of its dates.
    """

    fee: Money
    explanation: str
    paragraph: str = ""
    is_known: bool = True
    rule: str = ""
    dates: tuple[DateCost, ...] = ()

    @property
    def terms(self) -> str:
        """What somebody agrees to who was shown this; with other answers or later it may be another."""
        return str(self.fee.cents) if self.is_known else f"open+{self.fee.cents}" if self.fee else "open"

    def is_agreed(self, shown: str) -> bool:
        """Whether somebody who was shown these terms saw what it costs; what costs nothing needs no second look."""
        return shown == self.terms or (not shown and not self.fee and self.is_known)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a booking asks for beside time and place. Ids are those of the ordinance it was quoted with."""

    persons: int | None = None
    group: str = ""
    purpose: str = ""
    extras: dict[str, Decimal] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    further_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScopePreview:
    """What another scope would change. ``quote`` is None where no ordinance prices the booking.

    ``back_to_request``: a confirmed booking would wait for a clerk again. ``terms`` names the consequences; whoever
    agrees hands it back, so that nothing else happens than what was shown. It is empty where nothing follows.
    """

    old_total: Money
    new_total: Money
    old_deposit: Money
    new_deposit: Money
    quote: Quote | None
    back_to_request: bool
    terms: str

    @property
    def difference(self) -> Money:
        return self.new_total - self.old_total


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What moving would change. ``fault`` is a sentence where it is not possible."""

    old_total: Money
    new_total: Money
    priced: PricedWish
    fault: str = ""

    @property
    def difference(self) -> Money:
        return self.new_total - self.old_total
