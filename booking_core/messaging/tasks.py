"""Background work of the outbox: empty one, and walk over all of them.

Not here: how one mail is sent (``delivery``).
"""

from celery import shared_task

from booking_core.messaging.delivery import deliver_batch
from tenants.background import note_background
from tenants.models import Tenant, TenantState
from tenants.tasks import PublicTask, TenantTask


@shared_task(base=TenantTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def deliver_waiting() -> int:
    """Send what is due in the town's outbox; the number of mails sent."""
    return deliver_batch()


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def deliver_platform_waiting() -> int:
    """Send what is due in the platform's own outbox; the number of mails sent."""
    return deliver_batch()


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def sweep_outboxes() -> int:
    """Send the platform's mail and start one delivery per live town; catches lost nudges and retries."""
    note_background()
    deliver_batch()
    schemas = list(Tenant.objects.filter(state=TenantState.LIVE).values_list("schema_name", flat=True))
    for schema in schemas:
        deliver_waiting.apply_async(headers={"_schema_name": schema})
    return len(schemas)
