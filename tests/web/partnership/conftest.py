"""The office of a town, its neighbour, and an operator on the main host."""

import pytest
from django.test import Client

from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.queries import ordinances_list
from operator_console.services import make_operator
from partnership.sharing import share_ordinance
from tenants.context import in_public
from tenants.models import Tenant
from tests.conftest import MAIN_HOST, client_of_host
from tests.web.backoffice.conftest import Office, administrator, clerk, office  # noqa: F401 (fixtures)
from tests.web.operator.test_console import _sign_in


@pytest.fixture
def shared(office: Office) -> str:  # noqa: F811 (the fixture)
    """The town's ordinance is in the exchange."""
    (ordinance,) = ordinances_list()
    return share_ordinance(ordinance.id, actor=SYSTEM)


@pytest.fixture
def neighbour(db: None) -> Tenant:
    """Another town, wherever the test stands."""
    with in_public():
        return Tenant.objects.get(slug="nachbarort")


@pytest.fixture
def operator_client(db: None) -> Client:
    """An operator with a second factor on the main host."""
    client = client_of_host(MAIN_HOST)
    with in_public():
        make_operator("betrieb@partnerschaft.example", name="Olga Operator", actor=SYSTEM)
        _sign_in(client, "betrieb@partnerschaft.example", "password", "mfa")
    return client
