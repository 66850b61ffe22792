"""Wake a worker for the outboxes in which something new waits: soon, seldom, and not in anybody's request.

Not here: sending (``delivery``). Publishing costs more than a statement, so what many requests of one process leave
within ``MAIL_BELL_SECONDS`` is one ring per town, from a thread of its own. A lost ring costs seconds, not mail: the
sweeper comes by. So a broker that is down is logged and no more; it must not turn a kept booking into an error page.
"""

import threading

import structlog
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from booking_core.messaging.tasks import deliver_platform_waiting, deliver_waiting
from tenants.context import PUBLIC

log = structlog.get_logger(__name__)

_guard = threading.Lock()
_asked: set[str] = set()


def ring(schema: str) -> None:
    """Have the outbox of ``schema`` emptied soon. Call when what waits there is committed."""
    if not settings.MAIL_BELL_SECONDS:
        _publish(schema)
        return
    with _guard:
        is_first = not _asked
        _asked.add(schema)
    if is_first:
        threading.Timer(settings.MAIL_BELL_SECONDS, _ring_for_all).start()


def _ring_for_all() -> None:
    with _guard:
        schemas = sorted(_asked)
        _asked.clear()
    for schema in schemas:
        _publish(schema)


def _publish(schema: str) -> None:
    task = deliver_platform_waiting if schema == PUBLIC else deliver_waiting
    try:
        task.apply_async(headers={"_schema_name": schema})
    except (OperationalError, RedisError) as fault:
        log.warning("outbox_nudge_lost", tenant=schema, error=str(fault))
