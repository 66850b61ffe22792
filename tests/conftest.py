"""Fixtures every test may use: towns, their clients, and towns whose rows are really committed."""

from collections.abc import Callable, Iterator
from secrets import token_hex
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from hypothesis import settings as hypothesis_settings

from tenants.context import in_tenant
from tenants.models import Domain, Tenant, TenantState
from tenants.names import new_schema_name
from tenants.provisioning.schema import create_schema, drop_schema

MAIN_HOST = "biletado.localhost"
# How long one example takes says how busy the machine is; promises about speed have tests of their own.
hypothesis_settings.register_profile("biletado", deadline=None)
hypothesis_settings.load_profile("biletado")


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """The database is made by ``tests.services``; pytest-django must not make another."""


@pytest.fixture(autouse=True)
def _fresh_thread() -> None:
    """What one test leaves in the cache, or in its thread's language and zone, the next one does not find."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture
def tenant_a(db: None) -> Tenant:
    """An empty town; the connection stays in the public schema."""
    return Tenant.objects.get(slug="musterstadt")


@pytest.fixture
def tenant_b(db: None) -> Tenant:
    """Another empty town; the connection stays in the public schema."""
    return Tenant.objects.get(slug="nachbarort")


@pytest.fixture
def town(tenant_a: Tenant) -> Iterator[Tenant]:
    """An empty town in whose schema the test stands; everything is rolled back."""
    with in_tenant(tenant_a):
        yield tenant_a


@pytest.fixture
def town_client(town: Tenant) -> Client:
    """A browser without scripts on the town's site, over HTTPS."""
    return client_of(town)


@pytest.fixture
def main_client(db: None) -> Client:
    """A browser without scripts on the main host, over HTTPS."""
    return client_of_host(MAIN_HOST)


def client_of(tenant: Tenant) -> Client:
    """A browser without scripts on the site of ``tenant``, over HTTPS."""
    return client_of_host(f"{tenant.slug}.{MAIN_HOST}")


class SecureClient(Client):
    """A client that always speaks HTTPS, also when it follows redirects."""

    def request(self, **request: Any) -> Any:
        return super().request(**{**request, "wsgi.url_scheme": "https", "SERVER_PORT": "443"})


def client_of_host(host: str) -> Client:
    """A browser without scripts on any host, over HTTPS."""
    return SecureClient(headers={"host": host})


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it when what the test made so far counts as committed: from then on the town's facts stay in memory."""

    def settled() -> None:
        connection.run_on_commit.clear()
        version = token_hex(8)
        monkeypatch.setattr("tenants.town_facts._version", lambda: version)

    return settled


@pytest.fixture
def committed_town(django_db_blocker: Any) -> Iterator[Tenant]:
    """A town of its own whose rows are really committed, for races and browsers; dropped afterwards."""
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        schema = new_schema_name()
        create_schema(schema)
        slug = schema[2:].replace("_", "")
        tenant = Tenant.objects.create(
            schema_name=schema, slug=slug, kind="municipality", official_name="Gemeinde Wettlauf",
            short_name="Wettlauf", contact_email="rathaus@wettlauf.example", state=TenantState.LIVE,
        )  # fmt: skip
        Domain.objects.create(
            tenant=tenant, domain=f"{slug}.{MAIN_HOST}", is_primary=True, verified_at=timezone.now()
        )
        try:
            with in_tenant(tenant):
                yield tenant
        finally:
            connection.set_schema_to_public()
            drop_schema(schema)
            tenant.delete()
            connection.close()
