"""What leaves the finance room about orders to the bank: candidates, orders, runs.

Not here: invoices and deposits themselves (``contracts``).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from booking_core.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account, already checked."""

    holder: str
    iban: str
    bic: str = ""


@dataclass(frozen=True, slots=True)
class RefundCandidate:
    """Money the town owes back: the credit of an invoice (``kind`` refund), or a deposit (``return``).

    ``account``: where the last payment came from, or the party's mandate; None where nobody knows.
    """

    kind: str
    source: UUID
    number: str
    title: str
    party_name: str
    amount: Money
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class DebitCandidate:
    """An open invoice that announced a debit. ``announced_on`` is the day it named."""

    invoice: UUID
    number: str
    party_name: str
    amount: Money
    iban: str
    mandate_reference: str
    mandate_kind: str
    announced_on: date


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order. ``number`` is the invoice's or the booking's; ``source`` its uuid; ``is_seen``: on a statement."""

    uuid: UUID
    kind: str
    kind_label: str
    source: UUID
    number: str
    party_name: str
    amount: Money
    account: Account
    text: str
    creator_label: str
    created_at: datetime
    reason: str = ""
    mandate_reference: str = ""
    mandate_signed_on: date | None = None
    mandate_kind: str = ""
    sequence: str = ""
    is_seen: bool = False
    returned_at: datetime | None = None
    returned_reason: str = ""


@dataclass(frozen=True, slots=True)
class RunView:
    """Orders that go to the bank in one file. ``state``: waiting (for a second person), ready, executed, withdrawn."""

    uuid: UUID
    is_debit: bool
    state: str
    at: datetime
    run_on: date
    total: Money
    count: int
    creator: int | None
    creator_label: str
    town: Account
    creditor_id: str = ""
    limit: Money | None = None
    releaser_label: str = ""
    released_at: datetime | None = None
    executed_at: datetime | None = None
    executor_label: str = ""
    withdrawn_reason: str = ""
    orders: tuple[OrderView, ...] = ()
