"""What letters about bookings share: greeting, the usual buttons, the calendar file, to whom they go.

Not here: what they say (``composing`` and its neighbours), how they look (``layout``).
"""

from django.utils.translation import gettext as _

from booking_core.messaging.booking_links import booking_link
from booking_core.messaging.calendar import Method, booking_calendar
from booking_core.messaging.contracts import Action, Attachment, Letter, MailDraft
from booking_core.messaging.layout import lay_out
from booking_core.reservations.contracts import BookingView
from tenants.context import current_tenant

STAFF_LANGUAGE = "de"


def greeting(booking: BookingView) -> str:
    """The first line, by name."""
    return _("Guten Tag %(name)s,") % {"name": booking.contact.name}


def own_booking(booking: BookingView) -> Action:
    """The button that leads to the booking."""
    return Action(_("Buchung ansehen"), booking_link(booking.uuid))


def calendar_file(booking: BookingView, method: Method) -> tuple[Attachment, ...]:
    """The booking as a calendar file."""
    return (
        Attachment(
            name=f"{booking.number}.ics",
            content_type=f"text/calendar; method={method}",
            text=booking_calendar(booking, method=method),
        ),
    )


def to_citizen(
    kind: str, booking: BookingView, letter: Letter, attachments: tuple[Attachment, ...] = ()
) -> MailDraft:
    """The letter to the person who booked. Call with the booking's language active."""
    return lay_out(
        letter,
        kind=kind,
        recipient=booking.contact.email,
        language=booking.language,
        attachments=attachments,
        subject_type="booking",
        subject_id=str(booking.uuid),
    )


def to_staff(kind: str, booking: BookingView, letter: Letter) -> MailDraft:
    """The letter to the town's mailbox. Call with STAFF_LANGUAGE active."""
    return lay_out(
        letter,
        kind=kind,
        recipient=str(current_tenant().contact_email),
        language=STAFF_LANGUAGE,
        subject_type="booking",
        subject_id=str(booking.uuid),
    )
