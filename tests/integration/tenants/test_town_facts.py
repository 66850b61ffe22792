"""What is kept in memory: read once, forgotten when it changes, never another town's, never what was rolled back."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from booking_core.catalog.contracts import ResourceData
from booking_core.catalog.queries import published_resources
from booking_core.catalog.services import save_resource
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.factories.catalogue import CLERK, make_location, make_room


def names() -> list[str]:
    return [one.name for one in published_resources()]


def statements() -> int:
    with CaptureQueriesContext(connection) as taken:
        published_resources()
    return len([one for one in taken if not one["sql"].startswith("SET ")])


def test_a_catalogue_is_read_once_and_anew_after_a_change(committed_town: Tenant) -> None:
    room = make_room(name="Saal")
    assert statements() > 0
    assert statements() == 0
    save_resource(
        ResourceData(location_id=room.location.id, name="Festsaal", kind="room"),
        resource_id=room.id,
        actor=CLERK,
    )
    assert names() == ["Festsaal"]
    assert statements() == 0


def test_another_process_sees_the_change_too(committed_town: Tenant) -> None:
    """Another process shares the version in the cache alone, so a new version must be enough."""
    make_room(name="Saal")
    names()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalog_resource SET name = 'Anderswo geändert'")
    assert names() == ["Saal"], "what nobody told about is not seen yet"
    cache.set("town-facts", "what the other process wrote")
    assert names() == ["Anderswo geändert"]


def test_what_is_rolled_back_was_never_kept(committed_town: Tenant) -> None:
    place = make_location()
    make_room(place, name="Saal")
    with pytest.raises(RuntimeError), transaction.atomic():
        make_room(place, name="Luftschloss")
        assert names() == ["Luftschloss", "Saal"], "the writer itself sees what it wrote"
        raise RuntimeError
    assert names() == ["Saal"]


def test_the_other_town_has_its_own(tenant_a: Tenant, tenant_b: Tenant) -> None:
    with in_tenant(tenant_a):
        make_room(name="Saal von A")
    connection.run_on_commit.clear()  # as if that were committed
    for _again in range(2):
        with in_tenant(tenant_b):
            assert names() == []
        with in_tenant(tenant_a):
            assert names() == ["Saal von A"]


def test_without_a_cache_the_database_is_asked(town: Tenant, monkeypatch: Any) -> None:
    make_room(name="Saal")
    connection.run_on_commit.clear()
    monkeypatch.setattr("tenants.town_facts.cache.get", lambda *_args: None)
    assert names() == ["Saal"]
    assert statements() > 0
    assert statements() > 0
