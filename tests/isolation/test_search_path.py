"""Law 1: a connection sees one town's schema and the extensions, never ``public``, never another town.

Seen red with ``_get_cursor_search_paths`` of ``tenants.postgresql_backend`` removed (the library adds ``public``).
"""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from booking_core.identity.models import User
from tenants.context import NoTenant, current_schema, current_tenant, in_public, in_tenant
from tenants.models import Tenant
from tests.conftest import client_of

pytestmark = pytest.mark.django_db


def _search_path() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        return str(cursor.fetchone()[0])


def test_the_path_holds_the_schema_and_the_extensions_only(tenant_a: Tenant) -> None:
    with in_tenant(tenant_a):
        assert _search_path() == f"{tenant_a.schema_name}, extensions"
    assert _search_path() == "public, extensions"


def test_a_missing_table_is_an_error_not_the_same_table_elsewhere(tenant_a: Tenant) -> None:
    User.objects.create_user("someone@example.org")
    with in_tenant(tenant_a):
        assert User.objects.count() == 0
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DROP TABLE identity_user CASCADE")
            with pytest.raises(ProgrammingError, match="does not exist"), transaction.atomic():
                User.objects.count()
            transaction.set_rollback(True)


def test_the_registry_is_out_of_sight(tenant_a: Tenant) -> None:
    with in_tenant(tenant_a), pytest.raises(ProgrammingError, match="does not exist"), transaction.atomic():
        Tenant.objects.count()


@pytest.mark.parametrize(
    "name",
    [
        "t_x",
        "public\n",
        "t_testtown0a\n",
        't_testtown0a", public; --',
        "T_TESTTOWN0A",
        "pg_catalog",
        "extensions",
        "t_ä" * 5,
    ],
)
def test_crafted_names_never_reach_the_path(name: str) -> None:
    with pytest.raises(ValidationError):
        connection.set_schema(name)  # type: ignore[attr-defined]
        connection.cursor()
    connection.set_schema_to_public()  # type: ignore[attr-defined]
    assert _search_path() == "public, extensions"


def test_public_is_never_added_however_the_library_asks(tenant_a: Tenant) -> None:
    connection.set_tenant(tenant_a, include_public=True)  # type: ignore[attr-defined]
    try:
        assert "public" not in _search_path()
    finally:
        connection.set_schema_to_public()  # type: ignore[attr-defined]


def test_after_a_savepoint_rollback_the_path_is_the_one_chosen(tenant_a: Tenant, tenant_b: Tenant) -> None:
    with in_tenant(tenant_a):
        User.objects.create_user("a@example.org")
        with pytest.raises(RuntimeError), transaction.atomic(), in_tenant(tenant_b):
            User.objects.create_user("b@example.org")
            raise RuntimeError
        assert current_schema() == tenant_a.schema_name
        assert list(User.objects.values_list("email", flat=True)) == ["a@example.org"]
    with in_tenant(tenant_b):
        assert User.objects.count() == 0


def test_after_a_database_error_the_path_is_the_one_chosen(tenant_a: Tenant) -> None:
    with in_tenant(tenant_a):
        User.objects.create_user("a@example.org")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user("a@example.org")
        assert _search_path().startswith(tenant_a.schema_name)
        assert User.objects.count() == 1


def test_the_path_is_set_where_the_server_has_another(tenant_a: Tenant, tenant_b: Tenant) -> None:
    """Coming back to a town costs nothing; whoever came in between is seen. Seen red without the comparison."""
    with in_tenant(tenant_a):
        User.objects.count()
    with CaptureQueriesContext(connection) as taken:
        for town in (tenant_a, tenant_a, tenant_b, tenant_a):
            with in_tenant(town):
                assert _search_path() == f"{town.schema_name}, extensions"
    paths = [one["sql"] for one in taken if one["sql"].startswith("SET search_path")]
    assert [tenant_b.schema_name in path for path in paths] == [True, False]


def test_contexts_nest_and_return(tenant_a: Tenant, tenant_b: Tenant) -> None:
    with in_tenant(tenant_a):
        with in_tenant(tenant_b):
            with in_public():
                assert current_schema() == "public"
                with pytest.raises(NoTenant):
                    current_tenant()
            assert current_tenant() == tenant_b
        assert current_tenant() == tenant_a
    assert current_schema() == "public"


def test_a_request_leaves_the_town_again_also_after_an_error(tenant_a: Tenant, monkeypatch: Any) -> None:
    """Seen red without the ``finally`` in ``TenantMiddleware``."""
    client = client_of(tenant_a)
    client.raise_request_exception = False
    client.get("/")
    assert current_schema() == "public"
    client.get("/gibt-es-nicht/")
    assert current_schema() == "public"

    def broken(self: object, request: object) -> None:
        raise RuntimeError("in the middle of a request")

    monkeypatch.setattr("django.middleware.common.CommonMiddleware.process_request", broken)
    assert client.get("/").status_code == 500
    assert current_schema() == "public"
