"""Remove towns that were never born: schema, files and rows of failed births.

Not here: removing a town that has lived; that is an operator's decision with an export first.
"""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tenants.context import in_public
from tenants.middleware import forget_tenant
from tenants.models import ProvisioningJob, ProvisioningState, Tenant, TenantState
from tenants.provisioning.schema import drop_schema


def clean_up_half_born(*, older_than: timedelta) -> tuple[str, ...]:
    """Remove every failed birth nobody has touched for ``older_than``; returns the sub-domains that became free."""
    before = timezone.now() - older_than
    with in_public():
        failed = ProvisioningJob.objects.filter(
            state=ProvisioningState.FAILED, tenant__state=TenantState.PROVISIONING, updated_at__lt=before
        )
        return tuple(slug for pk in failed.values_list("pk", flat=True) if (slug := _remove(pk)))


@transaction.atomic
def _remove(job_pk: int) -> str:
    """Remove one; "" where someone retries it at this moment."""
    failed = ProvisioningJob.objects.select_for_update(skip_locked=True).filter(
        pk=job_pk, state=ProvisioningState.FAILED
    )
    job = failed.first()
    if job is None:
        return ""
    tenant = Tenant.objects.get(pk=job.tenant_id)
    drop_schema(str(tenant.schema_name))
    forget_tenant(tenant)
    folder = Path(settings.MEDIA_ROOT) / str(tenant.uuid)
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))
    tenant.delete()
    return str(tenant.slug)
