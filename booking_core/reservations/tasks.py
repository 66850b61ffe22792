"""Background work on time: free what expired holds still keep.

Not here: what a hold is (``services.holds``).
"""

from celery import shared_task

from booking_core.reservations.services import holds
from tenants.models import Tenant, TenantState
from tenants.tasks import PublicTask, TenantTask


@shared_task(base=TenantTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def release_stale_holds() -> int:
    """Free the town's stale holds; the number of rows of time freed."""
    return holds.release_stale_holds()


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def release_stale_holds_everywhere() -> int:
    """Start one sweep per live town; the number of towns."""
    schemas = list(Tenant.objects.filter(state=TenantState.LIVE).values_list("schema_name", flat=True))
    for schema in schemas:
        release_stale_holds.apply_async(headers={"_schema_name": schema})
    return len(schemas)
