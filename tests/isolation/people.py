"""One browser for every kind of visitor of a town, and of the main host.

Not here: what they may see.
"""

from django.test import Client

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import Role
from booking_core.identity.services import create_account, set_roles
from operator_console.models import Operator
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.conftest import MAIN_HOST, client_of, client_of_host

ANONYMOUS, CITIZEN, OPERATOR = "anonymous", "citizen", "operator"
TOWN_ROLES = (ANONYMOUS, CITIZEN, *Role.values)
_BACKEND = "booking_core.identity.accounts.AccountBackend"


def visitor_of(tenant: Tenant, role: str) -> Client:
    """A browser on the town's site: nobody, somebody with an account, or staff with one role."""
    client = client_of(tenant)
    if role == ANONYMOUS:
        return client
    with in_tenant(tenant):
        user = create_account(email=f"{role}@{tenant.slug}.example", name=f"Kim {role}", verified=True)
        if role != CITIZEN:
            set_roles(user.pk, ["administrator"], actor=SYSTEM)
            set_roles(_caretaker_of_the_office(tenant), ["administrator"], actor=SYSTEM)
            set_roles(user.pk, [role], actor=SYSTEM)
        client.force_login(user, backend=_BACKEND)
    return client


def _caretaker_of_the_office(tenant: Tenant) -> int:
    """Somebody keeps the role that a town must not be without."""
    return create_account(email=f"office@{tenant.slug}.example", name="Kim Office", verified=True).pk


def visitor_of_main_host(role: str) -> Client:
    """A browser on the main host: nobody, somebody with an account, or an operator with a second factor."""
    client = client_of_host(MAIN_HOST)
    if role == ANONYMOUS:
        return client
    user = create_account(email=f"{role}@partnership.example", name=f"Kim {role}", verified=True)
    client.force_login(user, backend=_BACKEND)
    if role == OPERATOR:
        Operator.objects.get_or_create(user=user)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session.save()
    return client
