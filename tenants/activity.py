"""When somebody last worked in a town: one time in the registry, precise to ten minutes.

Not here: what counts as work (``config.middleware.activity``).
"""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from tenants.context import in_public
from tenants.models import Tenant

PRECISION = timedelta(minutes=10)


def note_activity(tenant_id: int) -> None:
    """Note that the town is in use, at most once in ten minutes. Call while standing in the town.

    The cache saves the statement; without Redis the condition in the statement keeps the writes rare.
    """
    is_first = cache.add("activity-noted", 1, int(PRECISION.total_seconds()))
    if is_first is False:  # None: Redis is gone and does not know
        return
    now = timezone.now()
    due = Q(last_activity_at__isnull=True) | Q(last_activity_at__lte=now - PRECISION)
    with in_public():
        Tenant.objects.filter(due, pk=tenant_id).update(last_activity_at=now)
