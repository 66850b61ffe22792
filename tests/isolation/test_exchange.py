"""What a town does not share is nowhere in the exchange; what it shares is only what its council published."""

import pytest

from booking_core.identity.contracts import SYSTEM
from booking_core.ordinances.queries import ordinances_list
from booking_core.ordinances.services import adopt_from_library
from partnership.sharing import share_ordinance, withdraw_ordinance
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.isolation.people import visitor_of, visitor_of_main_host
from tests.isolation.test_canaries import CANARY, _everything_of, _settle

pytestmark = pytest.mark.django_db
PUBLIC = ("/", "/satzungen/", "/satzungen/?q=kanarienvogel", "/rechner/")
OFFICE = ("/verwaltung/ordnungen/austausch/", "/verwaltung/ordnungen/austausch/?q=kanarienvogel")


def shown(neighbour: Tenant, *entries: str) -> str:
    """Everything a stranger and the neighbour's administrator see of the exchange."""
    stranger, office = visitor_of_main_host("anonymous"), visitor_of(neighbour, "administrator")
    pages = [_everything_of(stranger, path) for path in PUBLIC]
    pages += [_everything_of(office, path) for path in OFFICE]
    for entry in entries:
        pages.append(_everything_of(stranger, f"/satzungen/{entry}/"))
        pages.append(_everything_of(stranger, f"/satzungen/{entry}/satzung.yaml"))
        pages.append(_everything_of(office, f"/verwaltung/ordnungen/austausch/{entry}/"))
    return "".join(pages)


def test_a_town_that_shares_nothing_shows_nothing(tenant_a: Tenant, tenant_b: Tenant) -> None:
    _settle(tenant_a, CANARY)
    code = _code(tenant_a)
    assert CANARY not in shown(tenant_b, f"{tenant_a.slug}-{code}")


def test_sharing_shows_the_ordinance_and_nobody(tenant_a: Tenant, tenant_b: Tenant) -> None:
    _settle(tenant_a, CANARY)
    with in_tenant(tenant_a):
        draft = adopt_from_library("nussbaum-halle", code=f"entwurf-{CANARY.lower()}", actor=SYSTEM)
        (published,) = [one for one in ordinances_list() if one.versions[0].id != draft.id]
        slug = share_ordinance(published.id, actor=SYSTEM)
    page = shown(tenant_b, slug)
    assert slug in page
    for secret in (
        f"Erika {CANARY}",
        f"{CANARY.lower()}@example.org",
        f"Fest {CANARY}",
        f"entwurf-{CANARY.lower()}",
    ):
        assert secret not in page, secret
    with in_tenant(tenant_a):
        withdraw_ordinance(published.id, actor=SYSTEM)
    assert f'href="/satzungen/{slug}/"' not in shown(tenant_b)
    assert CANARY not in shown(tenant_b, slug)


def _code(tenant: Tenant) -> str:
    with in_tenant(tenant):
        return ordinances_list()[0].code
