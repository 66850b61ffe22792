"""Background work of the fee: what time alone brings, and runs too long for a page.

Not here: what is done (``services``).
"""

from datetime import date

import structlog
from celery import shared_task
from django.utils import timezone

from booking_core.identity.contracts import Actor
from subscriptions.services.accounts import look_after, open_subscription
from subscriptions.services.invoicing import issue_due
from subscriptions.services.online import converge
from tenants.models import Tenant, TenantState
from tenants.tasks import PublicTask

log = structlog.get_logger(__name__)


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def look_after_towns() -> int:
    """Announce trials that end, bring every town's standing up to date; the number of towns.

    A town from before there was a fee gets its trial here. One town that fails does not stop the others.
    """
    now = timezone.now()
    towns = list(Tenant.objects.filter(state=TenantState.LIVE).values_list("pk", flat=True))
    for tenant_id in towns:
        try:
            open_subscription(tenant_id, today=timezone.localdate(now))
            look_after(tenant_id, now=now)
            converge(tenant_id, now=now)
        except Exception:
            log.exception("fee_town_failed", town=tenant_id)
    return len(towns)


@shared_task(base=PublicTask)  # type: ignore[untyped-decorator]  # Celery ships no types
def issue_rest(until: str, actor_label: str) -> int:
    """Go on with a run that was begun on a page; the number of invoices."""
    outcome = issue_due(until=date.fromisoformat(until), actor=Actor(actor_label), now=timezone.now())
    if outcome.refused:
        log.warning("fee_run_refused", count=len(outcome.refused), first=outcome.refused[0])
    return outcome.done
