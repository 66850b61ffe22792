"""Reads of holds.

Not here: making and releasing them (``services.holds``).
"""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from booking_core.reservations.contracts import HoldView
from booking_core.reservations.errors import HoldExpired
from booking_core.reservations.models import Hold
from booking_core.reservations.services.holds import hold_expired_sentence, hold_view


def hold_by_uuid(uuid: UUID, *, now: datetime | None = None) -> HoldView:
    """The hold, while it lasts. Raises HoldExpired, also for one that was never there. One statement."""
    found = Hold.objects.filter(uuid=uuid, expires_at__gt=now or timezone.now()).first()
    if found is None:
        raise HoldExpired(hold_expired_sentence())
    return hold_view(found)


def expired_request(uuid: UUID) -> dict[str, object] | None:
    """What was chosen for a hold, also after it expired (kept for a day), to offer it again. One statement."""
    request = Hold.objects.filter(uuid=uuid).values_list("request", flat=True).first()
    return None if request is None else dict(request)
