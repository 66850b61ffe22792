"""Answer a repeated request once: the same key with the same body gets the first answer again.

Not here: what the request does. The answer is stored in the transaction of the work itself: either both are kept or
neither, so a crash between them cannot leave a booking without its answer. A second request with the same key waits
at the unique index until the first is through.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.errors import KeyReused
from booking_core.workflows.models import IdempotentAnswer

KEPT_FOR = timedelta(days=7)


@with_retries
def answer_once(
    caller: str, key: str, body_digest: str, work: Callable[[], tuple[int, dict[str, object]]]
) -> tuple[int, dict[str, object], bool]:
    """Run ``work`` unless ``caller`` already used ``key``: (status, answer, whether it is a repeat).

    An error of ``work`` is not remembered; the same key may try again. Raises KeyReused for another body.
    """
    is_first = _is_first(caller, key, body_digest)
    known = IdempotentAnswer.objects.filter(caller=caller, key=key)
    if not is_first:
        row = known.get()
        if row.body_digest != body_digest:
            raise KeyReused(
                _(
                    "Dieser Schlüssel wurde schon für eine andere Anfrage verwendet. Bitte nehmen Sie einen neuen."
                ),
                field="Idempotency-Key",
            )
        return row.status, row.answer, True
    status, answer = work()
    known.update(status=status, answer=answer)
    return status, answer, False


def _is_first(caller: str, key: str, body_digest: str) -> bool:
    """Take the key, or take it over where its answer is kept no longer. Waits for whoever is using it just now."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflows_idempotentanswer AS known (caller, key, body_digest, status, answer, created_at)"
            " VALUES (%s, %s, %s, 0, '{}', %s) ON CONFLICT (caller, key) DO UPDATE"
            " SET body_digest = excluded.body_digest, status = 0, answer = '{}', created_at = excluded.created_at"
            " WHERE known.created_at < %s RETURNING id",
            [caller, key, body_digest, now, now - KEPT_FOR],
        )
        return cursor.fetchone() is not None


def forget_old_answers(*, now: datetime) -> int:
    """Delete the answers that are kept no longer; how many there were. For a scheduled task."""
    return IdempotentAnswer.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
