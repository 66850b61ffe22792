"""Queue a mail in the transaction of what it reports: it is sent if, and only if, that is kept.

Not here: sending (``delivery``), what a mail says (``composing``).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from booking_core.messaging.bell import ring
from booking_core.messaging.contracts import LetterOrder, MailDraft
from booking_core.messaging.models import OutboxMessage
from booking_core.messaging.senders import name_and_reply_address
from booking_core.messaging.unwritten import stored_attachment
from tenants.context import current_schema


def queue_mail(*drafts: MailDraft | LetterOrder) -> None:
    """Store mails in the outbox of the current schema and ask a worker to send them once the transaction is kept.

    A draft without a recipient is dropped: the town has no mailbox to write to. One statement however many there are.
    """
    OutboxMessage.objects.bulk_create(mail_rows(*drafts))


def mail_rows(*drafts: MailDraft | LetterOrder) -> list[OutboxMessage]:
    """The same as rows the caller stores in this transaction, in one statement with what they report."""
    sender, now = name_and_reply_address(), timezone.now()
    rows = [_message(draft, sender, now) for draft in drafts if draft.recipient]
    if rows:
        _nudge_once()
    return rows


def _message(draft: MailDraft | LetterOrder, sender: tuple[str, str], now: datetime) -> OutboxMessage:
    name, reply_to = sender
    row = OutboxMessage(
        kind=draft.kind,
        recipient=draft.recipient,
        sender_name=name,
        reply_to=reply_to,
        language=draft.language,
        subject_type=draft.subject_type,
        subject_id=draft.subject_id,
        next_attempt_at=now,
    )
    if isinstance(draft, LetterOrder):
        row.unwritten = draft.kept
        return row
    row.subject, row.text, row.html = draft.subject, draft.text, draft.html
    row.attachments = [stored_attachment(part) for part in draft.attachments]
    return row


def _nudge_once() -> None:
    """Ask for one delivery after this transaction, however many letters it wrote."""
    asked = _Nudge(current_schema())
    if asked not in [note[1] for note in connection.run_on_commit]:
        transaction.on_commit(asked)


@dataclass(frozen=True, slots=True)
class _Nudge:
    schema: str

    def __call__(self) -> None:
        ring(self.schema)
