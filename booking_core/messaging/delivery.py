"""Send what waits in the outbox of the current schema, one row per transaction, at least once.

Not here: when this runs (``tasks``). A mail keeps its Message-ID over all attempts, so that a mailbox that got
it twice (the process died between sending and noting it) can tell.
"""

import smtplib
from datetime import datetime, timedelta
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from booking_core.finance.queries.invoices import invoice_file
from booking_core.messaging.file_sources import file_from
from booking_core.messaging.models import MessageState, OutboxMessage
from booking_core.messaging.senders import current_sender
from booking_core.messaging.unwritten import write

log = structlog.get_logger(__name__)

BATCH = 50
_MINUTES_BETWEEN_ATTEMPTS = (1, 5, 15, 60, 180, 360, 720, 720, 1440)
MOST_ATTEMPTS = len(_MINUTES_BETWEEN_ATTEMPTS) + 1
_WORDS = ("subject", "text", "html", "attachments", "unwritten")
_NO_SESSION = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)


class ServerAway(RuntimeError):
    """The mail server cannot be reached; nothing else in the batch would go either."""


def deliver_batch() -> int:
    """Send at most ``BATCH`` due mails over one connection; how many were sent.

    Workers in parallel never take the same row (``SKIP LOCKED``). Where the server is away the rest waits and
    no attempt is counted.
    """
    connection = get_connection()
    sent = 0
    try:
        for _ in range(BATCH):
            outcome = _deliver_next(connection, now=timezone.now())
            if outcome is None:
                break
            sent += outcome
    except ServerAway as fault:
        log.warning("mail_server_away", error=str(fault))
    finally:
        connection.close()
    return sent


def _deliver_next(connection: BaseEmailBackend, *, now: datetime) -> int | None:
    """Send the mail that waits longest: 1 sent, 0 put off, None when nothing is due."""
    with transaction.atomic():
        row = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(state=MessageState.WAITING, next_attempt_at__lte=now)
            .order_by("next_attempt_at", "id")
            .first()
        )
        if row is None:
            return None
        fault = _send(row, connection)
        if fault is None:
            row.state, row.sent_at, row.last_error = MessageState.SENT, timezone.now(), ""
            row.attempts += 1
        elif _is_server_away(fault):
            row.next_attempt_at, row.last_error = now + timedelta(minutes=1), str(fault)[:500]
        else:
            _put_off(row, str(fault), now=now)
        row.save(update_fields=[*_WORDS, "state", "sent_at", "last_error", "attempts", "next_attempt_at"])
    if fault is not None and _is_server_away(fault):
        raise ServerAway(str(fault))
    return int(fault is None)


def _send(row: OutboxMessage, connection: BaseEmailBackend) -> Exception | None:
    try:
        write(row)
        message_of(row, connection).send()
    except (
        OSError,
        ValueError,
    ) as fault:  # every SMTP error is an OSError; ValueError: a header or a letter that cannot be
        return fault
    return None


def _is_server_away(fault: Exception) -> bool:
    """Tell a server that cannot be reached or used from one that refuses this mail."""
    is_refusal = isinstance(fault, smtplib.SMTPException | ValueError)
    return isinstance(fault, _NO_SESSION) or not is_refusal


def _put_off(row: OutboxMessage, fault: str, *, now: datetime) -> None:
    row.attempts += 1
    row.last_error = fault[:500]
    if row.attempts >= MOST_ATTEMPTS:
        row.state = MessageState.FAILED
        log.error("mail_failed", message=str(row.uuid), kind=row.kind, error=row.last_error)
        return
    row.next_attempt_at = now + timedelta(minutes=_MINUTES_BETWEEN_ATTEMPTS[row.attempts - 1])


def message_of(row: OutboxMessage, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The mail as it travels: text, HTML, attachments, a Message-ID that never changes."""
    domain = urlsplit(current_sender().site_url).hostname
    envelope = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    mail = EmailMultiAlternatives(
        subject=row.subject,
        body=row.text,
        from_email=formataddr((row.sender_name, envelope)),
        to=[row.recipient],
        reply_to=[row.reply_to] if row.reply_to else None,
        headers={"Message-ID": f"<{row.uuid}@{domain}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    if row.html:
        mail.attach_alternative(row.html, "text/html")
    for part in row.attachments:
        mail.attach(_mime_part(part))
    return mail


def _pdf(part: dict[str, str]) -> bytes:
    if "source" in part:
        return file_from(part["source"], UUID(part["id"]))
    return invoice_file(UUID(part["invoice"]))[1]


def _mime_part(part: dict[str, str]) -> MIMEBase:
    """An attachment: the PDF of an invoice, or a text with its parameters (the ``method`` of a calendar file)."""
    if "invoice" in part or "source" in part:
        pdf = MIMEApplication(_pdf(part), "pdf")
        pdf.add_header("Content-Disposition", "attachment", filename=part["name"])
        return pdf
    content_type, *parameters = (piece.strip() for piece in part["type"].split(";"))
    mime = MIMEText(part["text"], content_type.removeprefix("text/"), "utf-8")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        mime.set_param(name, value)
    mime.add_header("Content-Disposition", "attachment", filename=part["name"])
    return mime
