"""A booking entered by staff for somebody who calls: placed, and confirmed at once where the clerk says so.

Not here: the citizen's own booking (``place_booking``).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from booking_core.identity.contracts import Actor
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.workflows.contracts import Viewer, Wish
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.place_booking import place_booking


@transaction.atomic
def enter_booking(
    *,
    wish: Wish,
    contact: Contact,
    title: str,
    message: str,
    language: str,
    is_confirmed: bool,
    hold_uuid: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> BookingView:
    """Place a booking in the name of ``contact`` and, if asked, confirm it. Raises what ``place_booking`` raises."""
    booking = place_booking(
        wish=wish,
        contact=contact,
        title=title,
        message=message,
        viewer=Viewer(is_staff=True),
        actor=actor,
        source="staff",
        language=language,
        house_rules_accepted=True,
        hold_uuid=hold_uuid,
        now=now,
    )
    if is_confirmed and booking.state == "requested":
        return confirm_booking(booking.uuid, actor=actor, expected_version=booking.version)
    return booking
