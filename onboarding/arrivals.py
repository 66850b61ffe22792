"""The first step into a new town: one link that signs the administrator in, once, within ten minutes.

Not here: every later sign-in (django-allauth).
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from booking_core.identity.models import User
from onboarding.contracts import SignUpView
from tenants.context import in_tenant
from tenants.links import tenant_url
from tenants.models import Tenant, TenantState
from tenants.signing import TokenInvalid, sign, unsign

_PURPOSE = "arrival"
LIVES = timedelta(minutes=10)


def arrival_link(sign_up: SignUpView) -> str:
    """The address that signs the administrator in on the new site; "" where there is none, or it was used before."""
    tenant = Tenant.objects.filter(pk=sign_up.tenant_id, state=TenantState.LIVE).first()
    if tenant is None:
        return ""
    with in_tenant(tenant):
        user = User.objects.filter(email=sign_up.email, is_active=True).first()
        if user is None or user.last_login is not None:
            return tenant_url("account_login")
        return tenant_url("arrive", token=sign(str(user.uuid), purpose=_PURPOSE))


@transaction.atomic
def take_arrival(token: str) -> User:
    """The account a link is for; marks its first sign-in, after which no such link works again.

    Call on the town's host. Raises TokenInvalid for links that are forged, old, used, or of another town.
    """
    uuid = unsign(token, purpose=_PURPOSE, max_age=LIVES)
    user = User.objects.select_for_update().filter(uuid=uuid, is_active=True, last_login__isnull=True).first()
    if user is None:
        raise TokenInvalid(_PURPOSE)
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    return user
