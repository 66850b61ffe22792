"""What the services of reservations take: items, price, a booking to be made, moved or described anew.

Not here: what leaves the room (``contracts``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from booking_core.kernel.money import ZERO, Money
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import Contact, Repeat


@dataclass(frozen=True, slots=True)
class ItemData:
    """One resource for one span (the use, without buffers); ``quantity`` pieces where it is counted.

    ``slot`` names the date of a series it is; empty for everything else.
    """

    resource_id: int
    span: Span
    quantity: int = 1
    slot: str = ""


def items_of(
    resource_ids: Sequence[int], spans: Sequence[Span], *, quantity: int | Mapping[int, int] = 1
) -> tuple[ItemData, ...]:
    """The same resources for each span, in order of time; ``quantity`` of each, or how many by resource id."""
    wanted = dict.fromkeys(resource_ids, quantity) if isinstance(quantity, int) else quantity
    return tuple(
        ItemData(resource_id, span, wanted.get(resource_id, 1))
        for span in sorted(spans)
        for resource_id in resource_ids
    )


@dataclass(frozen=True, slots=True)
class PriceData:
    """What a booking costs: the engine's full derivation as plain JSON, and its totals.

    ``requests`` are what the engine was asked (``request_to_data``), kept so that the price can be worked out again.
    """

    total: Money = ZERO
    deposit: Money = ZERO
    quote: dict[str, object] = field(default_factory=dict)
    ordinance_version_id: int | None = None
    requests: list[dict[str, object]] | None = None


@dataclass(frozen=True, slots=True)
class BookingData:
    """A booking to be made. ``state`` is requested or confirmed. A ``party_uuid`` saves looking it up."""

    items: tuple[ItemData, ...]
    party_id: int
    contact: Contact
    title: str
    state: str = "requested"
    source: str = "site"
    price: PriceData = PriceData()
    purpose: str = ""
    customer_group: str = ""
    persons: int | None = None
    extras: dict[str, str] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    message: str = ""
    language: str = "de"
    booked_by_id: int | None = None
    house_rules_accepted_at: datetime | None = None
    repeat: Repeat | None = None
    pay_by: datetime | None = None
    party_uuid: UUID | None = None


@dataclass(frozen=True, slots=True)
class MoveData:
    """A booking that shall take place elsewhere or at another time, at the price that goes with it.

    ``state`` requested sends a confirmed booking back to the clerks; empty keeps the state.
    """

    uuid: UUID
    expected_version: int
    items: tuple[ItemData, ...]
    price: PriceData
    state: str = ""


@dataclass(frozen=True, slots=True)
class DetailsData:
    """What can change about a booking without touching time or price.

    ``title_is_public`` None keeps what was agreed.
    """

    title: str
    contact: Contact
    message: str = ""
    title_is_public: bool | None = None


@dataclass(frozen=True, slots=True)
class ScopeData:
    """What a booking asks for beside time and place, at the price that goes with it.

    ``state`` requested sends a confirmed booking back to the clerks; empty keeps the state.
    """

    purpose: str
    customer_group: str
    persons: int | None
    extras: dict[str, str]
    facts: dict[str, object]
    price: PriceData
    state: str = ""


@dataclass(frozen=True, slots=True)
class DatesChange:
    """Dates of a series that go, come back or take place otherwise, at the price that goes with it.

    ``drop`` are slots that will not take place any more, ``why`` cancelled or released. ``put`` are the new items of
    slots: moved, restored. ``fees`` are owed for what was dropped, by slot, on top of what is owed already; a date that
    takes place again owes its fee no longer. ``kind`` is the event that history notes, with the ``answers`` to what the
    rules of cancelling ask.
    """

    uuid: UUID
    expected_version: int
    kind: str
    price: PriceData
    drop: frozenset[str] = frozenset()
    why: str = "cancelled"
    put: tuple[ItemData, ...] = ()
    fees: Mapping[str, Money] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    state: str = ""
