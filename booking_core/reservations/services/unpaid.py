"""Bookings that become firm with their payment: kept for a while, given up when none comes, won back if it comes late.

Not here: the payment (``finance``), what it means (``workflows.payments``). Call everything inside ``with_retries``.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import F

from booking_core.identity.contracts import Actor
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import WrongState
from booking_core.reservations.models import Booking, BookingState, Occupancy
from booking_core.reservations.queries.bookings import booking_by_uuid
from booking_core.reservations.services.bookings import (
    compare_and_swap,
    locked_booking,
    log_event,
    make_sure_of_time,
    wrong_state_sentence,
)
from booking_core.reservations.services.occupy import vacate


def keep_until(uuid: UUID, until: datetime) -> None:
    """Keep a booking that waits for its payment until then at least. Call under the booking's lock."""
    Booking.objects.filter(uuid=uuid, state=BookingState.REQUESTED, pay_by__lt=until).update(pay_by=until)


def give_until(uuid: UUID, until: datetime) -> None:
    """Set until when a booking waits for its payment, sooner or later. Call under the booking's lock."""
    Booking.objects.filter(uuid=uuid, state=BookingState.REQUESTED, pay_by__isnull=False).update(pay_by=until)


def unpaid_bookings(*, now: datetime) -> tuple[UUID, ...]:
    """Bookings whose time to pay is over, longest first."""
    found = Booking.objects.filter(state=BookingState.REQUESTED, pay_by__lte=now).order_by("pay_by")
    return tuple(found.values_list("uuid", flat=True))


def lapse(uuid: UUID, *, actor: Actor, now: datetime) -> BookingView | None:
    """Give up a booking that was not paid in time; None where it was, or has more time now."""
    booking = locked_booking(uuid)
    if booking.state != BookingState.REQUESTED or booking.pay_by is None or booking.pay_by > now:
        return None
    Booking.objects.filter(pk=booking.pk).update(
        state=BookingState.CANCELLED,
        cancelled_at=now,
        cancellation_cents=0,
        version=F("version") + 1,
        sequence=F("sequence") + 1,
    )
    vacate(Occupancy.objects.filter(item__booking_id=booking.pk))
    log_event(booking.pk, "lapsed", actor=actor, now=now)
    return booking_by_uuid(uuid)


def revive(uuid: UUID, *, actor: Actor, now: datetime) -> BookingView:
    """Win back the time of a lapsed booking whose payment came after all. Raises Taken, WrongState."""
    booking = locked_booking(uuid)
    if booking.state != BookingState.CANCELLED or booking.pay_by is None:
        raise WrongState(wrong_state_sentence())
    compare_and_swap(
        uuid,
        [BookingState.CANCELLED],
        booking.version,
        {
            "state": BookingState.CONFIRMED,
            "pay_by": None,
            "cancelled_at": None,
            "cancellation_cents": None,
            "decided_at": now,
            "sequence": F("sequence") + 1,
        },
    )
    make_sure_of_time(booking.pk)
    log_event(booking.pk, "revived", actor=actor, now=now)
    return booking_by_uuid(uuid)
