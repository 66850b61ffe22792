"""The steps onboarding adds to a birth: the administrator's account, and what a town starts with.

Not here: the order of steps and their safety (``tenants.provisioning``).
"""

from django.utils.translation import gettext_lazy as _

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import Role
from booking_core.identity.services import create_account, set_roles
from tenants.models import Tenant
from tenants.provisioning import steps
from tenants.provisioning.plans import BirthPlan


def register_steps() -> None:
    """Hang the steps in; called when apps are ready."""
    steps.register("administrator", _("Ihr Konto"), 55, make_administrator)


def make_administrator(_tenant: Tenant, plan: BirthPlan) -> None:
    """The first account, its proven address and the role of administrator."""
    user = create_account(email=plan.administrator_email, name=plan.administrator_name, verified=True)
    set_roles(user.pk, [Role.ADMINISTRATOR], actor=SYSTEM)
