"""The outbox for those who look after it: pages of it, one message, trying a failed one again.

Not here: sending (``delivery``).
"""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import BookingError, NotFound
from booking_core.messaging.bell import ring
from booking_core.messaging.contracts import MessageRow
from booking_core.messaging.models import MessageState, OutboxMessage
from booking_core.messaging.queries import message_row
from booking_core.messaging.unwritten import to_read
from tenants.context import current_schema

READABLE_SUBJECTS = frozenset({"booking"})


class NotFailed(BookingError):
    """Only a message that failed is sent again."""

    code = "message-not-failed"


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """One page of the outbox, newest first."""

    rows: tuple[MessageRow, ...]
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """One message; ``html`` and the row's text are empty where the mail holds a code or a link to sign in."""

    row: MessageRow
    html: str
    attachment_names: tuple[str, ...]
    is_readable: bool


def outbox_page(*, state: str = "", page: int = 1, per_page: int = 50) -> OutboxPage:
    """One page of messages in ``state`` (empty: all). Two statements."""
    found = OutboxMessage.objects.order_by("-id")
    if state:
        found = found.filter(state=state)
    first = (page - 1) * per_page
    return OutboxPage(tuple(_row(row) for row in found[first : first + per_page]), page, found.count())


def message_detail(uuid: UUID) -> MessageDetail:
    """One message. Raises NotFound."""
    row = OutboxMessage.objects.filter(uuid=uuid).first()
    if row is None:
        raise NotFound(_("Diese Nachricht gibt es nicht."))
    to_read(row)
    is_readable = row.subject_type in READABLE_SUBJECTS
    names = tuple(str(part["name"]) for part in row.attachments)
    return MessageDetail(_row(row), row.html if is_readable else "", names, is_readable)


@transaction.atomic
def retry_message(uuid: UUID, *, actor: Actor) -> None:
    """Send a failed message again now. Raises NotFound, NotFailed."""
    row = OutboxMessage.objects.select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise NotFound(_("Diese Nachricht gibt es nicht."))
    if row.state != MessageState.FAILED:
        raise NotFailed(_("Diese Nachricht ist nicht gescheitert."))
    row.state, row.attempts, row.next_attempt_at = MessageState.WAITING, 0, timezone.now()
    row.save(update_fields=["state", "attempts", "next_attempt_at"])
    audit("message.retried", actor=actor, subject_type="message", subject_id=uuid)
    schema = current_schema()
    transaction.on_commit(lambda: ring(schema))


def _row(row: OutboxMessage) -> MessageRow:
    """Mails about signing in hold codes: nobody else reads their subject or text."""
    view = message_row(row)
    if row.subject_type in READABLE_SUBJECTS:
        return view
    return replace(view, subject=view.kind_label, text="")
