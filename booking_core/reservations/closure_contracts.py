"""What leaves the reservations room about closures.

Not here: bookings, holds and free time (``contracts``).
"""

from dataclasses import dataclass
from uuid import UUID

from booking_core.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class ClosureView:
    """Time in which a resource, or a whole location (``resource_id`` None), is out of use."""

    id: int
    uuid: UUID
    span: Span
    reason: str
    location_id: int
    location_name: str
    resource_id: int | None = None
    resource_name: str = ""
    created_by_label: str = ""
