"""Change what a booking asks for beside time and place: people, group, purpose, extras, answers, and its price.

Not here: what that costs or whether the rules allow it (``workflows.change_scope``), other times (``moves``).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.kernel.errors import InvalidInput
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.drafts import ScopeData
from booking_core.reservations.models import BookingState
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.reservations.services.bookings import (
    OPEN_STATES,
    compare_and_swap,
    log_event,
)
from booking_core.reservations.services.columns import price_columns


@transaction.atomic
def change_scope(
    uuid: UUID, scope: ScopeData, *, actor: Actor, expected_version: int, now: datetime
) -> BookingView:
    """Write the new scope with its price if the booking is still what the caller saw; its time stays taken.

    The history keeps both prices. Raises InvalidInput, NotFound, WrongState, Stale.
    """
    if scope.state not in {"", BookingState.REQUESTED}:
        raise InvalidInput(_("Eine Änderung kann eine Buchung nur wieder zur Anfrage machen."), field="state")
    before = booking_by_uuid(uuid, with_events=False)
    changes: dict[str, object] = {
        "purpose": scope.purpose,
        "customer_group": scope.customer_group,
        "persons": scope.persons,
        "extras": dict(scope.extras),
        "facts": dict(scope.facts),
        "sequence": F("sequence") + 1,
        **price_columns(scope.price),
    }
    if scope.state:
        changes["state"] = scope.state
    booking_id = compare_and_swap(uuid, OPEN_STATES, expected_version, changes)
    prices = {
        "total_cents": [before.total.cents, scope.price.total.cents],
        "deposit_cents": [before.deposit.cents, scope.price.deposit.cents],
        "persons": [before.persons, scope.persons],
    }
    log_event(booking_id, "changed", actor=actor, now=now, data=prices)
    return booking_by_uuid(uuid)
