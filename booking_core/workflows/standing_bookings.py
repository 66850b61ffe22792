"""Looking after standing bookings: announce dates, note unused ones, ask clubs whether they go on.

Not here: changing dates (``series_dates``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from booking_core.messaging import composing_standing
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.series import dates_to_announce, unused_in_a_row
from booking_core.reservations.services.series import (
    claim_reminder,
    note_attendance,
    note_on_series,
    want_reminders,
)
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.errors import SeriesNotRunning
from tenants.context import current_tenant

ANNOUNCED_DAYS_BEFORE = 2
_POLITE_HOURS = (8, 20)


@dataclass(frozen=True, slots=True)
class Noted:
    """What came of a caretaker's note: how many dates in a row are unused, and whether the club was asked."""

    booking: BookingView
    in_a_row: int
    was_asked: bool


@with_retries
def note_use(uuid: UUID, slots: Mapping[str, str], *, actor: Actor, now: datetime) -> Noted:
    """Keep whether dates were used; after so many unused in a row (town setting) the club is asked, once.

    Asked again only when a used date lies between. Raises NotFound, InvalidInput.
    """
    booking = note_attendance(uuid, slots, actor=actor, now=now)
    audit("booking.attendance", actor=actor, subject_type="booking", subject_id=uuid)
    run = unused_in_a_row(booking, now=now)
    limit = int(current_tenant().unused_dates_limit)
    asked_at = booking.series.unused_asked_at if booking.series else None
    is_due = bool(limit) and len(run) >= limit and booking.is_open and booking.series is not None
    if not is_due or (asked_at is not None and asked_at >= run[-1].span.start):
        return Noted(booking, len(run), was_asked=False)
    booking = note_on_series(uuid, "unused_asked", actor=actor, now=now)
    queue_mail(composing_standing.unused_asked(booking, spans=tuple(sorted({item.span for item in run}))))
    return Noted(booking, len(run), was_asked=True)


@with_retries
def ask_to_confirm(uuid: UUID, *, confirm_by: date, actor: Actor, now: datetime) -> BookingView:
    """Ask the club by mail whether it goes on. Raises NotFound, InvalidInput (a day that is past), SeriesNotRunning."""
    booking = booking_by_uuid(uuid, with_events=False)
    _refuse_not_running(booking)
    if confirm_by <= timezone.localdate(now):
        raise InvalidInput(_("Wählen Sie einen Tag, der noch kommt."), field="confirm_by")
    asked = note_on_series(uuid, "confirmation_asked", actor=actor, now=now, confirm_by=confirm_by)
    audit("booking.confirmation_asked", actor=actor, subject_type="booking", subject_id=uuid)
    queue_mail(composing_standing.confirmation_asked(asked, confirm_by=confirm_by))
    return asked


@with_retries
def confirm_continuation(uuid: UUID, *, actor: Actor, now: datetime) -> BookingView:
    """The club goes on. A second yes changes nothing. Raises NotFound, SeriesNotRunning."""
    booking = booking_by_uuid(uuid)
    _refuse_not_running(booking)
    if booking.series is None or booking.series.confirm_by is None:
        return booking
    confirmed = note_on_series(uuid, "continued", actor=actor, now=now)
    audit("booking.continued", actor=actor, subject_type="booking", subject_id=uuid)
    queue_mail(composing_standing.continuation_notice(confirmed))
    return confirmed


def remind_of_dates(*, now: datetime) -> int:
    """Write to clubs whose dates are near; each date once, however many workers run. The number of mails."""
    if not _POLITE_HOURS[0] <= timezone.localtime(now).hour < _POLITE_HOURS[1]:
        return 0
    day = timezone.localdate(now) + timedelta(days=ANNOUNCED_DAYS_BEFORE)
    return sum(_remind(uuid, day) for uuid in dates_to_announce(day))


@with_retries
def _remind(uuid: UUID, day: date) -> int:
    booking = booking_by_uuid(uuid, with_events=False)
    dates = {item.slot: item.span for item in booking.items if timezone.localdate(item.span.start) == day}
    if not dates or not claim_reminder(booking.id, day):
        return 0
    slot, span = min(dates.items(), key=lambda pair: pair[1])
    queue_mail(composing_standing.date_reminder(booking, slot=slot, span=span))
    return 1


def _refuse_not_running(booking: BookingView) -> None:
    if booking.series is None or not booking.is_open:
        raise SeriesNotRunning(_("Diese Serie läuft nicht mehr."))


def set_reminders(uuid: UUID, *, wanted: bool) -> None:
    """Whether the club gets a mail before each date."""
    want_reminders(uuid, wanted=wanted)
