"""What leaves the room about the waiting list.

Not here: bookings and holds (``contracts``).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking_core.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class WaitingView:
    """One person waiting for one time."""

    uuid: UUID
    resource_id: int
    resource_name: str
    resource_slug: str
    location_id: int
    location_name: str
    span: Span
    name: str
    email: str
    language: str
    priority: int
    state: str
    state_label: str
    asked_at: datetime
    wish: dict[str, object]
    user_id: int | None = None
    offered_until: datetime | None = None
    hold_uuid: UUID | None = None

    @property
    def is_active(self) -> bool:
        return self.state in {"waiting", "offered"}
