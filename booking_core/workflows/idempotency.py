"""Answer a repeated request once: the same key with the same body gets the first answer again.

Not here: what the request does. The answer is stored in the transaction of the work itself: either both are kept or
neither, so a crash between them cannot leave a booking without its answer. A second request with the same key waits
at the unique index until the first is through.
"""

from collections.abc import Callable
from datetime import timedelta

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
    now = timezone.now()
    IdempotentAnswer.objects.filter(caller=caller, created_at__lt=now - KEPT_FOR).delete()
    row, is_first = IdempotentAnswer.objects.get_or_create(
        caller=caller, key=key, defaults={"body_digest": body_digest}
    )
    if not is_first:
        if row.body_digest != body_digest:
            raise KeyReused(
                _(
                    "Dieser Schlüssel wurde schon für eine andere Anfrage verwendet. Bitte nehmen Sie einen neuen."
                ),
                field="Idempotency-Key",
            )
        return row.status, row.answer, True
    status, answer = work()
    row.status, row.answer = status, answer
    row.save(update_fields=["status", "answer"])
    return status, answer, False
