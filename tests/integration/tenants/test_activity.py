"""A town's last activity: staff pages and changes count, at most once in ten minutes, also without Redis."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking_core.identity.contracts import SYSTEM
from booking_core.identity.services import create_account, invite_staff
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.conftest import client_of

LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def quiet(tenant_a: Tenant) -> Tenant:
    Tenant.objects.update(last_activity_at=LONG_AGO)
    return tenant_a


def _last(town: Tenant) -> datetime:
    found: datetime = Tenant.objects.get(pk=town.pk).last_activity_at
    return found


def _clerk(town: Tenant) -> object:
    with in_tenant(town):
        account = invite_staff(email="carla@example.org", name="Carla", roles=["administrator"], actor=SYSTEM)
    client = client_of(town)
    with in_tenant(town):
        client.force_login(account)
    return client


def test_reading_public_pages_is_no_activity(quiet: Tenant) -> None:
    assert client_of(quiet).get("/").status_code == 200
    assert _last(quiet) == LONG_AGO


def test_a_page_of_the_back_office_is(quiet: Tenant, tenant_b: Tenant) -> None:
    assert _clerk(quiet).get("/verwaltung/").status_code == 200  # type: ignore[attr-defined]  # a test client
    assert _last(quiet) > timezone.now() - timedelta(minutes=1)
    assert _last(tenant_b) == LONG_AGO


def test_a_signed_in_citizen_who_reads_is_none(quiet: Tenant) -> None:
    with in_tenant(quiet):
        erika = create_account(email="erika@example.org", verified=True)
    client = client_of(quiet)
    with in_tenant(quiet):
        client.force_login(erika)
    assert client.get("/konto/").status_code == 200
    assert _last(quiet) == LONG_AGO


def test_a_change_is_and_a_refused_one_is_not(quiet: Tenant) -> None:
    client = client_of(quiet)
    assert client.post("/api/v1/quotes/", "{}", "application/json").status_code == 422
    assert _last(quiet) == LONG_AGO
    assert client.post("/sprache/", {"language": "en"}).status_code == 302
    assert _last(quiet) > LONG_AGO


def test_it_is_written_once_in_ten_minutes(quiet: Tenant) -> None:
    client = client_of(quiet)
    client.post("/sprache/", {"language": "en"})
    first = _last(quiet)
    with CaptureQueriesContext(connection) as asked:
        client.post("/sprache/", {"language": "de"})
    assert not any("UPDATE" in query["sql"] for query in asked)
    assert _last(quiet) == first


def test_without_redis_it_is_written_and_still_not_with_every_change(quiet: Tenant, settings: object) -> None:
    cache.clear()
    dead = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}  # type: ignore[attr-defined]
    settings.CACHES = dead  # type: ignore[attr-defined]  # pytest-django's settings
    client = client_of(quiet)
    assert client.post("/sprache/", {"language": "en"}).status_code == 302
    first = _last(quiet)
    assert first > LONG_AGO
    client.post("/sprache/", {"language": "de"})
    assert _last(quiet) == first
