"""Settlements as they enter and leave the room: frozen values for pages, mails, the API and, later, invoices.

Not here: storing and reading them (``services.settlements``, ``queries.settlements``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from booking_core.kernel.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Damage:
    """Something broken or missing, and what it costs."""

    text: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Meter:
    """What a meter showed before and after the use."""

    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """What was read, counted and found after the use.

    ``measured``: figure of the ordinance → amount, also where two ``meters`` readings gave it. ``facts``: answers.
    ``persons``: heads counted, None where the announced number stands.
    """

    measured: Mapping[str, Decimal] = field(default_factory=dict)
    meters: Mapping[str, Meter] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    persons: int | None = None
    damages: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class SettlementData:
    """A settlement to be recorded. The total before it is read under the booking's lock, not given here."""

    figures: Figures
    quote: dict[str, object]
    fee: Money
    damages: Money
    deposit_kept: Money = ZERO
    deposit_returned: Money = ZERO
    balance: Money = ZERO
    deposit_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SettlementView:
    """One settlement. ``quote`` is the stored derivation (``quote_from_data`` reads it), empty without an ordinance.

    ``difference`` is what this settlement changes: to the booking's price, or to the settlement before.
    """

    number: int
    figures: Figures
    quote: dict[str, object]
    fee: Money
    damages: Money
    total: Money
    previous: Money
    difference: Money
    deposit_kept: Money
    deposit_returned: Money
    balance: Money
    deposit_reason: str
    note: str
    settled_at: datetime
    settled_by: str


@dataclass(frozen=True, slots=True)
class LastReading:
    """What was read last time at the same place: amount, meter after the use where one was read, and when."""

    amount: Decimal
    meter_after: Decimal | None
    booking_number: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DueFilter:
    """Which ended bookings a list shows. ``is_settled`` None: all; False: those that wait for figures or a deposit."""

    is_settled: bool | None = False
    location_ids: frozenset[int] = frozenset()
    text: str = ""


@dataclass(frozen=True, slots=True)
class DueRow:
    """One ended booking in the list of settlements; ``total`` is the last settlement's, else the booking's."""

    uuid: UUID
    number: str
    title: str
    contact_name: str
    organisation_name: str
    resource_names: tuple[str, ...]
    location_names: tuple[str, ...]
    start: datetime
    end: datetime
    total: Money
    deposit: Money
    needs_figures: bool
    settlements: int = 0
