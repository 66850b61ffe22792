"""Queue a mail in the transaction of what it reports: it is sent if, and only if, that is kept.

Not here: sending (``delivery``), what a mail says (``composing``).
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from booking_core.messaging.contracts import Attachment, MailDraft, Sender
from booking_core.messaging.models import OutboxMessage
from booking_core.messaging.senders import current_sender
from booking_core.messaging.tasks import deliver_platform_waiting, deliver_waiting
from tenants.context import PUBLIC, current_schema

log = structlog.get_logger(__name__)


def queue_mail(*drafts: MailDraft) -> None:
    """Store drafts in the outbox of the current schema and ask a worker to send them once the transaction is kept.

    A draft without a recipient is dropped: the town has no mailbox to write to. One statement however many there are.
    """
    sender, now = current_sender(), timezone.now()
    messages = [_message(draft, sender, now) for draft in drafts if draft.recipient]
    if messages:
        OutboxMessage.objects.bulk_create(messages)
        _nudge_once()


def _message(draft: MailDraft, sender: Sender, now: datetime) -> OutboxMessage:
    return OutboxMessage(
        kind=draft.kind,
        recipient=draft.recipient,
        sender_name=sender.name,
        reply_to=sender.reply_to,
        language=draft.language,
        subject=draft.subject,
        text=draft.text,
        html=draft.html,
        attachments=[_stored(part) for part in draft.attachments],
        subject_type=draft.subject_type,
        subject_id=draft.subject_id,
        next_attempt_at=now,
    )


def _nudge_once() -> None:
    """Ask for one delivery after this transaction, however many letters it wrote."""
    asked = _Nudge(current_schema())
    if asked not in [note[1] for note in connection.run_on_commit]:
        transaction.on_commit(asked)


@dataclass(frozen=True, slots=True)
class _Nudge:
    schema: str

    def __call__(self) -> None:
        nudge(self.schema)


def _stored(part: Attachment) -> dict[str, str]:
    """What a row keeps of an attachment: an invoice by name only, it never changes."""
    known = {"name": part.name, "type": part.content_type}
    if part.source:
        return {**known, "source": part.source, "id": part.source_id}
    return {**known, "invoice": str(part.invoice)} if part.invoice else {**known, "text": part.text}


def nudge(schema: str) -> None:
    """Ask a worker to empty the outbox of ``schema`` now.

    A lost nudge costs seconds, not mail: the sweeper comes by. So a broker that is down is logged and no more;
    it must not turn a kept booking into an error page.
    """
    task = deliver_platform_waiting if schema == PUBLIC else deliver_waiting
    try:
        task.apply_async(headers={"_schema_name": schema})
    except (OperationalError, RedisError) as fault:
        log.warning("outbox_nudge_lost", tenant=schema, error=str(fault))
