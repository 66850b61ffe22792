"""Reads of the waiting list.

Not here: who is next (``services.waiting``).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from booking_core.kernel.errors import NotFound
from booking_core.kernel.spans import Span
from booking_core.reservations.models import WaitingEntry, WaitingState
from booking_core.reservations.waiting_contracts import WaitingView

_ACTIVE = (WaitingState.WAITING, WaitingState.OFFERED)


def entry_by_uuid(uuid: UUID) -> WaitingView:
    """One entry. Raises NotFound. One statement."""
    found = _entries().filter(uuid=uuid).first()
    if found is None:
        raise NotFound(_("Diesen Eintrag gibt es nicht."))
    return waiting_view(found)


def entries_of(*, user_id: int | None = None, email: str = "") -> tuple[WaitingView, ...]:
    """What an account or a proven address waits for, next time first. One statement."""
    mine = Q(pk__in=[])
    if user_id is not None:
        mine |= Q(user_id=user_id)
    if email:
        mine |= Q(email=email.strip().lower())
    found = _entries().filter(mine, state__in=_ACTIVE)
    return tuple(waiting_view(entry) for entry in found.order_by("starts_at", "pk"))


def waiting_for(*, location_ids: Collection[int] = ()) -> tuple[WaitingView, ...]:
    """Everyone who waits or has an offer, at these locations (none: all), by resource, time and place in line."""
    found = _entries().filter(state__in=_ACTIVE)
    if location_ids:
        found = found.filter(resource__location_id__in=location_ids)
    ordered = found.order_by(
        "resource__location__name", "resource__name", "starts_at", "priority", "asked_at", "pk"
    )
    return tuple(waiting_view(entry) for entry in ordered)


def candidates(*, now: datetime) -> tuple[WaitingView, ...]:
    """Who waits for a time that is still to come, in the order of the list. One statement."""
    found = _entries().filter(state=WaitingState.WAITING, starts_at__gt=now)
    return tuple(waiting_view(entry) for entry in found.order_by("priority", "asked_at", "id"))


def waiting_view(entry: WaitingEntry) -> WaitingView:
    """The values of an entry that leave the room; needs ``resource__location``."""
    resource = entry.resource
    return WaitingView(
        uuid=entry.uuid,
        resource_id=entry.resource_id,
        resource_name=resource.name,
        resource_slug=resource.slug,
        location_id=resource.location_id,
        location_name=resource.location.name,
        span=Span(entry.starts_at, entry.ends_at),
        name=entry.name,
        email=entry.email,
        language=entry.language,
        priority=entry.priority,
        state=entry.state,
        state_label=str(entry.get_state_display()),
        asked_at=entry.asked_at,
        wish=dict(entry.wish),
        user_id=entry.user_id,
        offered_until=entry.offered_until,
        hold_uuid=entry.hold_uuid,
    )


def _entries() -> QuerySet[WaitingEntry]:
    return WaitingEntry.objects.select_related("resource__location")
