"""What leaves the reservations room: frozen values about bookings, holds and free time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from booking_core.engines.recurrence import Rule
from booking_core.kernel.money import ZERO, Money
from booking_core.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers for a booking. ``organisation_name`` is empty for people who book for themselves."""

    name: str
    email: str
    phone: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    organisation_name: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One resource of a booking; ``span`` is the use itself, without buffers."""

    id: int
    resource_id: int
    resource_name: str
    resource_slug: str
    location_id: int
    location_name: str
    span: Span
    quantity: int = 1
    slot: str = ""
    attendance: str = ""


@dataclass(frozen=True, slots=True)
class AwayDate:
    """A date of a series that does not take place. ``key`` is its day by the rule; ``span`` None: it does not exist.

    ``why``: public_holiday, school_holiday, skipped (an hour the clocks leave out), taken, refused, unwanted,
    cancelled, released. ``note`` is the holiday's name, the sentence of the refusal or the reason given. ``quantity``
    is how many of each resource; ``pieces`` those in another number.
    """

    key: str
    why: str
    span: Span | None = None
    resource_ids: tuple[int, ...] = ()
    quantity: int = 1
    note: str = ""
    pieces: Mapping[int, int] = field(default_factory=dict)
    fee: Money = ZERO

    @property
    def wanted(self) -> dict[int, int]:
        """How many of every resource."""
        return {one: self.pieces.get(one, self.quantity) for one in self.resource_ids}


@dataclass(frozen=True, slots=True)
class Repeat:
    """What makes a booking a series: its rule, and the dates of the rule that do not take place, in order."""

    rule: Rule
    away: tuple[AwayDate, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesView(Repeat):
    """A stored series. ``confirm_by`` is set while the club is asked whether it goes on."""

    confirm_by: date | None = None
    confirmed_at: datetime | None = None
    wants_reminders: bool = True
    unused_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of a booking's history; ``kind`` is one of ``vocabulary.EVENT_LABELS``."""

    at: datetime
    kind: str
    label: str
    actor_label: str
    by_staff: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class BookingView:
    """A booking as pages and the API show it. ``quote`` is the stored derivation (``quote_from_data`` reads it).

    ``priced_requests`` are what the engine was asked (``request_from_stored`` reads one); None where none were kept.
    """

    id: int
    uuid: UUID
    number: str
    state: str
    state_label: str
    source: str
    title: str
    items: tuple[ItemView, ...]
    contact: Contact
    party_id: int
    party_uuid: UUID
    booked_by_id: int | None
    purpose: str
    customer_group: str
    persons: int | None
    total: Money
    deposit: Money
    requested_at: datetime
    language: str
    version: int
    sequence: int
    message: str = ""
    staff_note: str = ""
    quote: dict[str, object] = field(default_factory=dict)
    priced_requests: list[dict[str, object]] | None = None
    extras: dict[str, str] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    ordinance_version_id: int | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""
    cancelled_at: datetime | None = None
    cancellation_fee: Money | None = None
    question_at: datetime | None = None
    title_is_public: bool = False
    pay_by: datetime | None = None
    events: tuple[EventView, ...] = ()
    series: SeriesView | None = None

    @property
    def further_groups(self) -> tuple[str, ...]:
        """The groups that take part beside the one that books, as the booking was priced."""
        asked = self.priced_requests or ()
        groups = (one.get("further_groups") for one in asked)
        return tuple(
            dict.fromkeys(str(group) for found in groups if isinstance(found, list) for group in found)
        )

    @property
    def start(self) -> datetime:
        return min(item.span.start for item in self.items)

    @property
    def end(self) -> datetime:
        return max(item.span.end for item in self.items)

    @property
    def is_open(self) -> bool:
        """Still occupies its time: requested or confirmed."""
        return self.state in {"requested", "confirmed"}

    @property
    def waits_for_payment(self) -> bool:
        """Becomes firm with its payment; no clerk is asked."""
        return self.state == "requested" and self.pay_by is not None

    @property
    def is_lapsed(self) -> bool:
        """Cancelled because it was not paid in time."""
        return self.state == "cancelled" and self.pay_by is not None


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One line of a list: enough to scan, no derivation, no history. ``dates`` counts those of a series, else 0.

    ``is_price_open``: no ordinance names the price, so ``total`` says nothing.
    """

    uuid: UUID
    number: str
    state: str
    state_label: str
    title: str
    contact_name: str
    organisation_name: str
    resource_names: tuple[str, ...]
    location_names: tuple[str, ...]
    start: datetime
    end: datetime
    total: Money
    requested_at: datetime
    has_open_question: bool = False
    dates: int = 0
    is_price_open: bool = False


@dataclass(frozen=True, slots=True)
class Misfit:
    """A booking that has no room any more in the new layout, the unit it lacks, and when."""

    booking: BookingRow
    unit_name: str
    span: Span


@dataclass(frozen=True, slots=True)
class BookingFilter:
    """What a list of bookings shows. Empty means everything; dates are of the use, both included."""

    states: frozenset[str] = frozenset()
    resource_ids: frozenset[int] = frozenset()
    location_ids: frozenset[int] = frozenset()
    first_on: date | None = None
    last_on: date | None = None
    text: str = ""
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class TakenView:
    """A stretch of one resource that cannot be booked, with what staff may see of why."""

    resource_id: int
    span: Span
    reason: str  # booking, closure, hold
    booking_uuid: UUID | None = None
    booking_title: str = ""
    booking_state: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class HoldView:
    """Time kept until ``expires_at``; ``request`` is the wish it was made for, plain JSON."""

    uuid: UUID
    expires_at: datetime
    request: dict[str, object]


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list; ``number`` counts from 1, ``total`` counts the rows of all pages."""

    rows: tuple[Row, ...]
    number: int
    per_page: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.last
