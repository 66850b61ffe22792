"""Keep a wished time for someone who is filling in the form.

Not here: making the booking (``place_booking``).
"""

from datetime import datetime
from uuid import UUID

from booking_core.reservations.queries import hold_by_uuid
from booking_core.reservations.services.holds import hold, release_hold
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.checking import allowed_wish
from booking_core.workflows.contracts import HeldWish, Viewer, Wish
from booking_core.workflows.quoting import price_wish
from booking_core.workflows.wishes import items_of_wish, wish_from_data, wish_to_data


@with_retries
def hold_wish(wish: Wish, *, viewer: Viewer, now: datetime, hold_uuid: UUID | None = None) -> HeldWish:
    """Keep the time of a wish that may be asked for. ``hold_uuid`` names the person's former hold, which is replaced.

    Raises Taken and everything ``allowed_wish`` raises; the former hold then stays as it was.
    """
    priced = allowed_wish(wish, viewer=viewer, now=now)
    kept = hold(
        items_of_wish(wish),
        request=wish_to_data(wish),
        replacing=hold_uuid,
    )
    return HeldWish(kept.uuid, kept.expires_at, priced)


def resume_hold(hold_uuid: UUID, *, viewer: Viewer, now: datetime) -> HeldWish:
    """The wish a hold was made for, priced anew, to fill the form again. Raises HoldExpired."""
    kept = hold_by_uuid(hold_uuid)
    return HeldWish(
        kept.uuid, kept.expires_at, price_wish(wish_from_data(kept.request), viewer=viewer, now=now)
    )


def give_up_hold(hold_uuid: UUID) -> None:
    """Give the time back at once; nothing happens where there is no such hold."""
    release_hold(hold_uuid)
