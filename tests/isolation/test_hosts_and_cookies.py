"""Law 4: cookies belong to one host, links lead to the primary domain, sessions are worth nothing next door."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from booking_core.identity.models import User
from tenants.context import in_tenant
from tenants.links import main_origin, tenant_origin, tenant_url
from tenants.middleware import forget_tenant
from tenants.models import Domain, Tenant
from tests.conftest import MAIN_HOST, client_of, client_of_host

pytestmark = pytest.mark.django_db
STRANGE_HOSTS = [
    "evil.example", "musterstadt.biletado.localhost.evil.example", "x.musterstadt.biletado.localhost",
    "musterstadt.biletado.localhost@evil.example", "", "127.0.0.1", "public.biletado.localhost",
    "t_testtown0a.biletado.localhost", "%00", "musterstadt", "localhost",
]  # fmt: skip


def _account(tenant: Tenant, email: str = "erika@example.org") -> User:
    """An account with the same number and the same password in every town: the worst case for a session."""
    with in_tenant(tenant):
        return User.objects.create(pk=4711, email=email, password="!the-same-everywhere")


def _signed_in(tenant: Tenant, email: str = "erika@example.org") -> Client:
    user = _account(tenant, email)
    with in_tenant(tenant):
        client = client_of(tenant)
        client.force_login(user, backend="booking_core.identity.accounts.AccountBackend")
    return client


@pytest.mark.parametrize("host", STRANGE_HOSTS)
def test_unknown_hosts_get_no_town_and_no_foreign_link(host: str, tenant_a: Tenant) -> None:
    answer = client_of_host(host).get("/")
    assert answer.status_code in {400, 404}
    assert b"evil.example" not in answer.content
    assert "Musterstadt" not in answer.content.decode()


@pytest.mark.parametrize(
    "host",
    [
        "MUSTERSTADT.biletado.localhost",
        "musterstadt.biletado.localhost.",
        "musterstadt.biletado.localhost:8443",
    ],
)
def test_ways_to_write_a_host_lead_to_the_town(host: str, tenant_a: Tenant) -> None:
    answer = client_of_host(host).get("/marke.css")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-host": "evil.example"},
        {"x-original-host": "evil.example"},
        {"forwarded": "host=evil.example"},
        {"x-forwarded-host": "nachbarort.biletado.localhost"},
    ],
)
def test_no_other_header_chooses_the_town(headers: dict[str, str], tenant_a: Tenant) -> None:
    answer = client_of(tenant_a).get("/", headers=headers)
    assert b"evil.example" not in answer.content
    assert "Nachbarort" not in answer.content.decode()


def test_links_lead_to_the_primary_domain_whatever_the_visitor_used(tenant_a: Tenant) -> None:
    Domain.objects.create(
        tenant=tenant_a, domain="buchen.musterstadt.example", is_primary=False, verified_at=timezone.now()
    )
    with in_tenant(tenant_a):
        assert tenant_origin() == f"https://musterstadt.{MAIN_HOST}"
        assert tenant_url("welcome") == f"https://musterstadt.{MAIN_HOST}/willkommen/"
    tenant_a.domains.filter(domain__startswith="musterstadt.").update(is_primary=False)
    tenant_a.domains.filter(domain="buchen.musterstadt.example").update(is_primary=True)
    forget_tenant(tenant_a)
    with in_tenant(tenant_a):
        assert tenant_origin() == "https://buchen.musterstadt.example"
    assert main_origin() == f"https://{MAIN_HOST}"


def test_cookies_are_host_cookies() -> None:
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert name.startswith("__Host-")
    assert settings.SESSION_COOKIE_SECURE
    assert settings.CSRF_COOKIE_SECURE
    assert settings.SESSION_COOKIE_DOMAIN is settings.CSRF_COOKIE_DOMAIN is None
    assert settings.CSRF_TRUSTED_ORIGINS == []


def test_no_cookie_ever_names_a_domain(tenant_a: Tenant) -> None:
    clients = [(client_of(tenant_a), "/konto/login/"), (client_of_host(MAIN_HOST), "/anmelden/")]
    for client, address in clients:
        client.get(address)
        client.post(address, {"login": "erika@example.org", "password": "falsch"})
        assert client.cookies
        for morsel in client.cookies.values():
            assert morsel["domain"] == ""
            assert morsel["path"] == "/"
            assert morsel["secure"]


def test_a_session_of_a_is_nobody_in_b(tenant_a: Tenant, tenant_b: Tenant) -> None:
    """Seen red with ``SESSION_ENGINE`` set to signed cookies, a store that both towns share."""
    in_a = _signed_in(tenant_a)
    _account(tenant_b)
    assert _account_page(in_a) == 200
    in_b, on_main = client_of(tenant_b), client_of_host(MAIN_HOST)
    for thief in (in_b, on_main):
        thief.cookies[settings.SESSION_COOKIE_NAME] = in_a.cookies[settings.SESSION_COOKIE_NAME].value
        assert _account_page(thief) == 302


def test_the_same_account_number_next_door_is_not_signed_in(tenant_a: Tenant, tenant_b: Tenant) -> None:
    in_a, in_b = _signed_in(tenant_a), _signed_in(tenant_b, "max@example.org")
    key_a = in_a.cookies[settings.SESSION_COOKIE_NAME].value
    in_b.cookies[settings.SESSION_COOKIE_NAME] = key_a
    assert _account_page(in_b) == 302


def test_a_form_of_the_neighbour_is_refused(tenant_a: Tenant, tenant_b: Tenant) -> None:
    """Seen red with the neighbour among ``CSRF_TRUSTED_ORIGINS``."""
    victim: Any = client_of(tenant_a)
    victim.handler.enforce_csrf_checks = True
    page = victim.get("/konto/login/")
    token = page.context["csrf_token"]
    data = {"csrfmiddlewaretoken": str(token), "login": "erika@example.org", "password": "falsch"}
    sibling = f"https://nachbarort.{MAIN_HOST}"
    refused = victim.post("/konto/login/", data, headers={"origin": sibling, "referer": f"{sibling}/"})
    assert refused.status_code == 403
    own = f"https://musterstadt.{MAIN_HOST}"
    assert (
        victim.post("/konto/login/", data, headers={"origin": own, "referer": f"{own}/"}).status_code != 403
    )


def test_a_cookie_tossed_by_the_neighbour_is_not_read(tenant_a: Tenant) -> None:
    """A sibling can set ``biletado_session`` for the parent domain, but never one that begins with ``__Host-``."""
    in_a = _signed_in(tenant_a)
    stranger = client_of(tenant_a)
    stranger.cookies["biletado_session"] = in_a.cookies[settings.SESSION_COOKIE_NAME].value
    assert _account_page(stranger) == 302


def _account_page(client: Client) -> int:
    return client.get("/konto/email/").status_code
