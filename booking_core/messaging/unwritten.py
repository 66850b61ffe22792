"""Letters whose words are written later: ordered with a snapshot in a booking's transaction, written by the worker.

Not here: the words (``composing`` and its neighbours), the row and its sending (``outbox``, ``delivery``). See
ADR 13. The snapshot is gone once the words are there: nothing of a person is kept longer or twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from booking_core.messaging import composing, composing_payments
from booking_core.messaging.contracts import Attachment, LetterOrder, MailDraft
from booking_core.messaging.letters import STAFF_LANGUAGE
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.snapshots import booking_from_data, booking_to_data
from tenants.context import current_tenant


class LetterUnwritable(ValueError):
    """What was kept of a letter does not suffice to write it."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a kind of letter is written. ``to_town``: into the town's mailbox, else to the person who booked."""

    compose: Callable[..., MailDraft]
    to_town: bool = False


_KINDS: Mapping[str, _Kind] = {
    "booking_requested": _Kind(composing.booking_requested),
    "booking_confirmed": _Kind(composing.booking_confirmed),
    "payment_wanted": _Kind(composing_payments.payment_wanted),
    "new_request": _Kind(composing.new_request, to_town=True),
}


def order_letter(kind: str, booking: BookingView, **words: str) -> LetterOrder:
    """A letter of this kind about the booking as it is now. ``words`` are the composing function's further ones."""
    to_town = _KINDS[kind].to_town
    return LetterOrder(
        kind=kind,
        recipient=str(current_tenant().contact_email) if to_town else booking.contact.email,
        language=STAFF_LANGUAGE if to_town else booking.language,
        subject_type="booking",
        subject_id=str(booking.uuid),
        kept={"booking": booking_to_data(booking), "words": words},
    )


def write(row: OutboxMessage) -> None:
    """Write the words of a message that has none yet, in place; the caller saves it. Raises LetterUnwritable."""
    if row.unwritten is None:
        return
    kept = cast(Mapping[str, Any], row.unwritten)
    try:
        draft = _KINDS[row.kind].compose(booking_from_data(kept["booking"]), **kept["words"])
    except (LookupError, TypeError, ValueError) as fault:
        raise LetterUnwritable(f"{row.kind}: {fault!r}") from fault
    row.subject, row.text, row.html = draft.subject, draft.text, draft.html
    row.attachments = [stored_attachment(part) for part in draft.attachments]
    row.unwritten = None


def to_read(row: OutboxMessage) -> OutboxMessage:
    """The message with its words, for whoever looks before it is sent. Nothing is saved."""
    try:
        write(row)
    except LetterUnwritable:
        row.subject = row.text = ""
    return row


def stored_attachment(part: Attachment) -> dict[str, str]:
    """What a row keeps of an attachment: an invoice by name only, it never changes."""
    known = {"name": part.name, "type": part.content_type}
    if part.source:
        return {**known, "source": part.source, "id": part.source_id}
    return {**known, "invoice": str(part.invoice)} if part.invoice else {**known, "text": part.text}
