"""What clerks do with a request: confirm, decline, ask back, note; and the answer to a question.

Not here: cancelling (``cancel_booking``), moving (``move_booking``). Who may do this is checked at the door.
"""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from booking_core.messaging import composing
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import WrongState
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.services import bookings
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.billing import invoice_moment, keep_bill_right
from booking_core.workflows.tasks import look_for_waiting


@with_retries
def confirm_booking(uuid: UUID, *, actor: Actor, expected_version: int, text: str = "") -> BookingView:
    """Agree to a request; ``text`` goes into the mail. Raises NotFound, Stale, WrongState, Taken."""
    booking = bookings.transition(
        uuid,
        "confirmed",
        actor=actor,
        expected_version=expected_version,
        now=timezone.now(),
        text=text.strip(),
    )
    audit("booking.confirmed", actor=actor, subject_type="booking", subject_id=uuid)
    queue_mail(
        composing.booking_confirmed(booking, text=text.strip(), invoice_moment=invoice_moment(booking))
    )
    keep_bill_right(booking, actor=actor, now=timezone.now())
    return booking


@with_retries
def decline_booking(uuid: UUID, *, actor: Actor, expected_version: int, reason: str) -> BookingView:
    """Decline a request with a reason; its time is free again. Raises NotFound, Stale, WrongState, InvalidInput."""
    if not reason.strip():
        raise InvalidInput(_("Bitte nennen Sie einen Grund. Er steht in der E-Mail."), field="reason")
    booking = bookings.transition(
        uuid,
        "declined",
        actor=actor,
        expected_version=expected_version,
        now=timezone.now(),
        text=reason.strip(),
    )
    audit("booking.declined", actor=actor, subject_type="booking", subject_id=uuid)
    look_for_waiting()
    queue_mail(composing.booking_declined(booking, reason=reason.strip()))
    return booking


@with_retries
def ask_question(uuid: UUID, *, actor: Actor, text: str) -> BookingView:
    """Ask the person who booked; the time stays kept. Raises NotFound, WrongState, InvalidInput."""
    booking = bookings.ask(uuid, text, actor=actor, now=timezone.now())
    queue_mail(composing.question_asked(booking, text=text.strip()))
    return booking


@with_retries
def answer_question(uuid: UUID, *, actor: Actor, text: str) -> BookingView:
    """Answer the clerk's question. Raises NotFound, WrongState where no question is open, InvalidInput."""
    if booking_by_uuid(uuid, with_events=False).question_at is None:
        raise WrongState(_("Zu dieser Buchung ist keine Frage offen."))
    booking = bookings.answer(uuid, text, actor=actor, now=timezone.now())
    queue_mail(composing.question_answered(booking, text=text.strip()))
    return booking


@with_retries
def note_on_booking(uuid: UUID, *, actor: Actor, text: str) -> BookingView:
    """Keep a note that only the staff sees. Raises NotFound, InvalidInput."""
    return bookings.note(uuid, text, actor=actor, now=timezone.now())
