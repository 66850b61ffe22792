"""The steps onboarding adds to a birth: the administrator's account, the logo, and what a town starts with.

Not here: the order of steps and their safety (``tenants.provisioning``), the furnishing itself (``furnishing``).
"""

import hashlib
from io import BytesIO

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import Role
from booking_core.identity.services import create_account, set_roles
from onboarding.furnishing import Town, furnish
from onboarding.logos import png_of
from tenants.context import in_public
from tenants.models import Tenant
from tenants.provisioning import steps
from tenants.provisioning.plans import BirthPlan
from tenants.views import LOGO_FOLDER


def register_steps() -> None:
    """Hang the steps in; called when apps are ready."""
    steps.register("administrator", _("Ihr Konto"), 55, make_administrator)
    steps.register("logo", _("Ihr Aussehen"), 65, put_up_logo)
    steps.register("offers", _("Erste Angebote"), 90, make_offers)


def make_administrator(_tenant: Tenant, plan: BirthPlan) -> None:
    """The first account, its proven address and the role of administrator."""
    user = create_account(email=plan.administrator_email, name=plan.administrator_name, verified=True)
    set_roles(user.pk, [Role.ADMINISTRATOR], actor=SYSTEM)


def put_up_logo(tenant: Tenant, plan: BirthPlan) -> None:
    """The logo into the town's folder. Its name is its digest, so that a second run finds it there."""
    logo = plan.furnish.get("logo", "")
    if not logo:
        return
    picture = png_of(logo)
    name = f"{LOGO_FOLDER}/{hashlib.sha256(picture).hexdigest()[:16]}.png"
    if not default_storage.exists(name):
        default_storage.save(name, BytesIO(picture))
    with in_public():
        Tenant.objects.filter(pk=tenant.pk).update(logo=name)


def make_offers(tenant: Tenant, plan: BirthPlan) -> None:
    """The first place, its resources and the ordinance that prices them."""
    furnish(
        Town(
            name=str(tenant.official_name),
            street=str(tenant.street),
            postal_code=str(tenant.postal_code),
            city=str(tenant.city),
            federal_state=str(tenant.federal_state),
        ),
        choice=str(plan.furnish.get("offers", "later")),
        place=str(plan.furnish.get("place", "")),
        ordinance=str(plan.furnish.get("ordinance", "")),
        today=timezone.localdate(),
    )
