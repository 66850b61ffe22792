"""Signing in at a town's own login provider, against a real provider process (OpenID Connect)."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialApp
from django.test import Client

from booking_core.identity.models import User
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.conftest import client_of

LOGIN = "/konto/oidc/buergerkonto/login/"


@pytest.fixture
def provider_in_a(tenant_a: Tenant, oidc_provider: str) -> str:
    with in_tenant(tenant_a):
        SocialApp.objects.create(
            provider="openid_connect", provider_id="buergerkonto", name="Bürgerkonto", client_id="biletado",
            secret="only-in-tests", settings={"server_url": oidc_provider, "uid_field": "sub"},
        )  # fmt: skip
    return oidc_provider


def _account_of(client: Client, tenant: Tenant) -> str | None:
    """Who the browser is signed in as; sessions live in the town's schema."""
    with in_tenant(tenant):
        return client.session.get("_auth_user_id")


def _sign_in_at_provider(client: Client, email: str) -> str:
    """Go to the provider, say who we are there, and give back the address it sends the browser to."""
    away = client.post(LOGIN)
    assert away.status_code == 302
    issuer = away["Location"].split("/oauth2/")[0]
    requests.put(f"{issuer}/users/{email}", json={"email": email, "email_verified": True}, timeout=10)
    answer = requests.post(away["Location"], data={"sub": email}, allow_redirects=False, timeout=10)
    assert answer.status_code in {302, 303}
    return answer.headers["Location"]


def test_a_citizen_signs_in_at_the_towns_provider(provider_in_a: str, tenant_a: Tenant) -> None:
    client = client_of(tenant_a)
    back = urlsplit(_sign_in_at_provider(client, "erika@example.org"))
    assert back.netloc == "musterstadt.biletado.localhost"
    answer = client.get(f"{back.path}?{back.query}")
    assert answer.status_code == 302
    with in_tenant(tenant_a):
        user = User.objects.get(email="erika@example.org")
    assert _account_of(client, tenant_a) == str(user.pk)


def test_the_request_is_bound_to_the_session_and_uses_pkce(provider_in_a: str, tenant_a: Tenant) -> None:
    client = client_of(tenant_a)
    away = client.post(LOGIN)
    query = parse_qs(urlsplit(away["Location"]).query)
    assert query["state"]
    assert query["code_challenge_method"] == ["S256"]
    back = urlsplit(_sign_in_at_provider(client, "erika@example.org"))
    stranger = client_of(tenant_a)
    stranger.get(f"{back.path}?{back.query}")
    assert _account_of(stranger, tenant_a) is None
    with in_tenant(tenant_a):
        assert not User.objects.filter(email="erika@example.org").exists()


def test_a_town_without_the_provider_does_not_know_it(provider_in_a: str, tenant_b: Tenant) -> None:
    assert client_of(tenant_b).post(LOGIN).status_code == 404


def test_the_answer_of_one_town_is_worth_nothing_in_another(
    provider_in_a: str, tenant_a: Tenant, tenant_b: Tenant
) -> None:
    with in_tenant(tenant_b):
        SocialApp.objects.create(
            provider="openid_connect", provider_id="buergerkonto", name="Bürgerkonto", client_id="biletado",
            secret="only-in-tests", settings={"server_url": provider_in_a},
        )  # fmt: skip
    back = urlsplit(_sign_in_at_provider(client_of(tenant_a), "erika@example.org"))
    other = client_of(tenant_b)
    other.get(f"{back.path}?{back.query}")
    assert _account_of(other, tenant_b) is None
    with in_tenant(tenant_b):
        assert not User.objects.filter(email="erika@example.org").exists()


def test_the_sign_in_page_may_lead_to_the_provider_and_only_where_there_is_one(
    provider_in_a: str, tenant_a: Tenant, tenant_b: Tenant
) -> None:
    """A browser checks form-action along every redirect; with ``'self'`` alone the provider was out of reach."""
    with_provider = client_of(tenant_a).get("/konto/login/")["Content-Security-Policy"]
    without = client_of(tenant_b).get("/konto/login/")["Content-Security-Policy"]
    assert "form-action 'self' https:;" in with_provider + ";"
    assert "form-action 'self';" in without + ";"
    assert "https:" not in client_of(tenant_a).get("/")["Content-Security-Policy"]
