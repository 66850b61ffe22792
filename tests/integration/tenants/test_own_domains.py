"""Which hosts the proxy may ask a certificate for: proven domains of towns, and no word more than yes or no."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tenants.context import in_public
from tenants.models import Domain, Tenant, TenantState
from tests.conftest import MAIN_HOST, client_of, client_of_host

pytestmark = pytest.mark.django_db
OWN, CLAIMED = "buchen.musterstadt.example", "versprochen.musterstadt.example"


@pytest.fixture(autouse=True)
def domains(tenant_a: Tenant) -> None:
    with in_public():
        Domain.objects.create(tenant=tenant_a, domain=OWN, is_primary=False, verified_at=timezone.now())
        Domain.objects.create(tenant=tenant_a, domain=CLAIMED, is_primary=False)


def answer(domain: str) -> int:
    given = client_of_host(MAIN_HOST).get("/zertifikat/", {"domain": domain})
    assert given.content == b"" or given.status_code == 400
    return given.status_code


@pytest.mark.parametrize("domain", [OWN, OWN.upper()])
def test_a_proven_domain_gets_one(domain: str) -> None:
    assert answer(domain) == 200


@pytest.mark.parametrize(
    "domain",
    [
        CLAIMED, "musterstadt.example", f"x.{OWN}", "nirgendwo.example", "", "x", "." * 300, "a" * 300 + ".example",
        "musterstadt.example\x00", f"{OWN}\n", "%", "*.musterstadt.example", "localhost", "ä.example",
    ],
)  # fmt: skip
def test_everything_else_does_not(domain: str) -> None:
    assert answer(domain) in {400, 404}


def test_a_town_that_is_not_born_yet_has_none(tenant_a: Tenant) -> None:
    with in_public():
        Tenant.objects.filter(pk=tenant_a.pk).update(state=TenantState.PROVISIONING)
    assert answer(OWN) == 404


def test_a_question_costs_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        answer("nirgendwo.example")
    assert len([one for one in asked if "SELECT" in one["sql"]]) == 1
    with CaptureQueriesContext(connection) as asked:
        answer("kein wirt")
    assert not [one for one in asked if "SELECT" in one["sql"]]


def test_only_the_main_host_answers(tenant_a: Tenant) -> None:
    assert client_of(tenant_a).get("/zertifikat/", {"domain": OWN}).status_code == 404
    assert client_of_host(MAIN_HOST).post("/zertifikat/", {"domain": OWN}).status_code == 405
