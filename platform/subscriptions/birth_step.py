"""A town's trial starts when it is born.

Not here: the order of steps (``tenants.provisioning``).
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from subscriptions.services.accounts import open_subscription
from tenants.models import Tenant
from tenants.provisioning import steps
from tenants.provisioning.plans import BirthPlan


def register_step() -> None:
    """Hang the step in; called when apps are ready."""
    steps.register("trial", _("Probezeit"), 95, begin_trial, in_town=False)


def begin_trial(tenant: Tenant, _plan: BirthPlan) -> None:
    """Begin the trial today; a second run changes nothing."""
    open_subscription(tenant.pk, today=timezone.localdate())
