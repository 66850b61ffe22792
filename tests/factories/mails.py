"""Mails of the outbox as people will read them, also before a worker has written them."""

from booking_core.messaging.models import OutboxMessage
from booking_core.messaging.unwritten import to_read


def letters(**conditions: object) -> list[OutboxMessage]:
    """The messages these conditions fit, oldest first, with their words."""
    return [to_read(row) for row in OutboxMessage.objects.filter(**conditions).order_by("id")]
