"""Holds: time kept for someone who is filling in the form.

Not here: what the hold was made for, as a price or a page (``workflows.holding``).
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext as _

from booking_core.reservations.contracts import HoldView
from booking_core.reservations.drafts import ItemData
from booking_core.reservations.errors import HoldExpired
from booking_core.reservations.models import Hold, Occupancy
from booking_core.reservations.services.claims import claims_for
from booking_core.reservations.services.occupy import Reason, occupy
from booking_core.reservations.services.transactions import with_retries

HOLD_MINUTES = 15
_KEPT_FOR_RESUMING = timedelta(days=1)


@with_retries
def hold(
    items: Sequence[ItemData],
    *,
    request: Mapping[str, object],
    minutes: int = HOLD_MINUTES,
    replacing: UUID | None = None,
) -> HoldView:
    """Keep the items' time for ``minutes``; ``request`` is what was chosen, plain JSON, to resume the form.

    ``replacing`` names the person's former hold: its time is given up in the same transaction, and kept if the new
    time is not won. Raises Taken, TooMany, NotFound, InvalidInput, Busy.
    """
    former = None if replacing is None else Hold.objects.select_for_update().filter(uuid=replacing).first()
    kept = former or Hold()
    until = Now() + timedelta(minutes=minutes)
    is_same_time = former is not None and _times(former.request) == _times(request)
    kept.request = dict(request)
    # An offer of the waiting list is kept for longer; looking at its form again must not cut it short.
    kept.expires_at = Greatest(F("expires_at"), until) if is_same_time else until
    kept.save()
    occupy(
        claims_for(items), reason=Reason(hold_id=kept.pk), freeing=Occupancy.objects.filter(hold_id=kept.pk)
    )
    kept.refresh_from_db(fields=["expires_at"])
    return hold_view(kept)


def _times(request: Mapping[str, object]) -> tuple[object, object]:
    return request.get("resource_ids"), request.get("spans")


@with_retries
def release_hold(uuid: UUID) -> bool:
    """Give the time back; False where there was no such hold."""
    deleted, _rows = Hold.objects.filter(uuid=uuid).delete()
    return deleted > 0


@transaction.atomic
def release_stale_holds() -> int:
    """Free the time of expired holds and forget holds a day later; returns how many rows of time were freed.

    For a scheduled task. Not needed for correctness: ``occupy`` drops stale holds in its way, queries ignore them.
    """
    stale = Occupancy.objects.filter(hold__expires_at__lte=Now())
    ids = list(stale.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True))
    Occupancy.objects.filter(pk__in=ids).delete()
    Hold.objects.filter(expires_at__lte=Now() - _KEPT_FOR_RESUMING, occupancies__isnull=True).delete()
    return len(ids)


def locked_hold(uuid: UUID) -> Hold:
    """The hold, locked until the transaction ends, if it still keeps its time. Raises HoldExpired."""
    keeps_time = Exists(Occupancy.objects.filter(hold_id=OuterRef("pk")))
    found = Hold.objects.select_for_update().filter(keeps_time, uuid=uuid, expires_at__gt=Now()).first()
    if found is None:
        raise HoldExpired(hold_expired_sentence())
    return found


def hold_expired_sentence() -> str:
    """What people read when they took longer than the time was kept."""
    return _("Die Zeit war für Sie vorgemerkt, aber die Frist ist abgelaufen. Bitte wählen Sie noch einmal.")


def hold_view(kept: Hold) -> HoldView:
    """The values of a hold that leave the room."""
    return HoldView(uuid=kept.uuid, expires_at=kept.expires_at, request=dict(kept.request))
