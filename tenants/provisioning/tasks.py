"""Background work of births: build one, resume those that stopped, clean up those that failed for good.

Not here: what happens in a birth (``births``).
"""

import logging
from datetime import timedelta
from uuid import UUID

from celery import shared_task
from kombu.exceptions import OperationalError

from tenants.models import ProvisioningState
from tenants.provisioning.births import build, overdue_births
from tenants.provisioning.cleanup import clean_up_half_born
from tenants.tasks import PublicTask

QUIET_FOR = timedelta(seconds=60)
KEEP_FAILED_FOR = timedelta(days=7)
_RETRY_SECONDS = 5
log = logging.getLogger(__name__)


@shared_task(base=PublicTask, name="tenants.provisioning.tasks.build_town")  # type: ignore[untyped-decorator]  # Celery ships no types
def build_town(job_uuid: str) -> None:
    """Build what is left of a birth; after an error try again soon."""
    if build(UUID(job_uuid)).state == ProvisioningState.WAITING:
        build_town.apply_async([job_uuid], countdown=_RETRY_SECONDS)


@shared_task(base=PublicTask, name="tenants.provisioning.tasks.resume_stuck_births")  # type: ignore[untyped-decorator]  # Celery ships no types
def resume_stuck_births() -> None:
    """Beat, every minute: wake births whose worker died or never heard of them."""
    for uuid in overdue_births(quiet_for=QUIET_FOR):
        announce(uuid)


@shared_task(base=PublicTask, name="tenants.provisioning.tasks.clean_up_failed_births")  # type: ignore[untyped-decorator]  # Celery ships no types
def clean_up_failed_births() -> None:
    """Beat, daily: remove what failed for good and nobody retried within a week."""
    clean_up_half_born(older_than=KEEP_FAILED_FOR)


def announce(job_uuid: UUID) -> None:
    """Tell a worker; without the queue the birth waits for ``resume_stuck_births``."""
    try:
        build_town.delay(str(job_uuid))
    except OperationalError:
        log.exception("the queue does not answer; birth %s waits for the scheduler", job_uuid)
