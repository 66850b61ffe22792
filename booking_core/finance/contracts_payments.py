"""What leaves the finance room of payments through a provider.

Not here: invoices and movements (``contracts``).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking_core.kernel.money import Money


@dataclass(frozen=True, slots=True)
class PaymentView:
    """One call to a provider. ``amount`` is what was asked for, ``moved`` what came of it (None: not known yet)."""

    id: int
    uuid: UUID
    kind: str
    purpose: str
    state: str
    trouble: str
    account: str
    amount: Money
    moved: Money | None
    party_id: int
    booking_id: int | None
    invoice_id: int | None
    parent_id: int | None
    remote_ref: str
    intent_ref: str
    request: dict[str, object]
    pay_url: str
    method_label: str
    reason: str
    started_at: datetime
    expires_at: datetime | None
    held_until: datetime | None
    settled_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Nothing will change of itself any more."""
        return self.state in {"paid", "failed", "expired", "released"}


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One line of the treasurer's list, and of a booking's."""

    uuid: UUID
    kind: str
    kind_label: str
    purpose: str
    purpose_label: str
    state: str
    state_label: str
    trouble: str
    trouble_label: str
    amount: Money
    method_label: str
    reason: str
    started_at: datetime
    party_name: str
    booking_number: str = ""
    booking_uuid: UUID | None = None
    invoice_number: str = ""
    invoice_uuid: UUID | None = None
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One line of a payment's history."""

    at: datetime
    kind: str
    text: str
    actor_label: str
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class PaymentFile:
    """One payment with all that happened to it, and what followed (refunds, captures)."""

    row: PaymentRow
    account: str
    remote_ref: str
    intent_ref: str
    moved: Money | None
    lines: tuple[PaymentLine, ...]
    children: tuple[PaymentRow, ...]
    parent_uuid: UUID | None = None
