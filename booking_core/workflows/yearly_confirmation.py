"""The yearly question to clubs, followed through: asking many at once, one reminder, and a note where no answer comes.

Not here: asking one, the club's yes (``standing_bookings``). Nothing is ever cancelled by itself: without an answer the
dates stay, and the administration is told to speak with the club.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from booking_core.identity.contracts import SYSTEM, Actor
from booking_core.identity.services import audit
from booking_core.messaging import composing_standing
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.queries.series import series_to_ask, series_without_answer
from booking_core.reservations.services.series import claim_follow_up
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.standing_bookings import ask_to_confirm

REMINDED_DAYS_BEFORE = 7
_SETTLED_DAYS = 90  # a series that is younger was asked for only just now
_ANSWERED_DAYS = 300  # a yes of this school year still holds
_LEAST_DAYS_BETWEEN = 3


def to_be_asked(location_ids: Collection[int], *, confirm_by: date, now: datetime) -> tuple[UUID, ...]:
    """The confirmed series that go on after ``confirm_by`` and have neither been asked nor answered this year."""
    return series_to_ask(
        location_ids,
        goes_on_after=confirm_by,
        made_before=now - timedelta(days=_SETTLED_DAYS),
        answered_before=now - timedelta(days=_ANSWERED_DAYS),
    )


def ask_all_to_confirm(uuids: Collection[UUID], *, confirm_by: date, actor: Actor, now: datetime) -> int:
    """Ask each of these clubs; the number asked. Each in a transaction of its own.

    Raises what ``ask_to_confirm`` raises.
    """
    for uuid in uuids:
        ask_to_confirm(uuid, confirm_by=confirm_by, actor=actor, now=now)
    return len(uuids)


def follow_up_confirmations(*, now: datetime) -> int:
    """Remind clubs a week before the answer is due, and tell the administration once where none came; mails written."""
    today = timezone.localdate(now)
    reminded = sum(
        _remind(uuid, now=now)
        for uuid in series_without_answer(today, today + timedelta(days=REMINDED_DAYS_BEFORE))
    )
    missing = sum(_tell(uuid, now=now) for uuid in series_without_answer(date.min, today - timedelta(days=1)))
    return reminded + missing


@with_retries
def _remind(uuid: UUID, *, now: datetime) -> int:
    asked_before = now - timedelta(days=_LEAST_DAYS_BETWEEN)
    if not claim_follow_up(uuid, "answer_reminded", actor=SYSTEM, now=now, asked_before=asked_before):
        return 0
    booking = booking_by_uuid(uuid, with_events=False)
    audit("booking.answer_reminded", actor=SYSTEM, subject_type="booking", subject_id=uuid)
    queue_mail(composing_standing.confirmation_reminder(booking))
    return 1


@with_retries
def _tell(uuid: UUID, *, now: datetime) -> int:
    if not claim_follow_up(uuid, "answer_missing", actor=SYSTEM, now=now, asked_before=now):
        return 0
    booking = booking_by_uuid(uuid, with_events=False)
    audit("booking.answer_missing", actor=SYSTEM, subject_type="booking", subject_id=uuid)
    queue_mail(composing_standing.confirmation_missing(booking))
    return 1
