"""What a town's schema may be, so that thousands of them fit: at most 48 tables, no tie to any other schema."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from tenants.names import TEMPLATE_SCHEMA

pytestmark = pytest.mark.django_db
MOST_TABLES = 48
#: Only in public: every town shares them, no town's table may point to them.
PUBLIC_ONLY = ("django_content_type", "auth_", "tenants_", "onboarding_", "operator_console_")


def _tables(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
        return [row[0] for row in cursor.fetchall()]


def _foreign_keys_across() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT con.conrelid::regclass::text, con.confrelid::regclass::text
            FROM pg_constraint con
            JOIN pg_class here ON here.oid = con.conrelid JOIN pg_class there ON there.oid = con.confrelid
            WHERE con.contype = 'f' AND here.relnamespace <> there.relnamespace
            """
        )
        return list(cursor.fetchall())


def test_a_town_has_at_most_48_tables() -> None:
    """Law of DESIGN §7. One more table needs one less elsewhere, not a larger number here."""
    tables = _tables(TEMPLATE_SCHEMA)
    assert len(tables) <= MOST_TABLES, tables


def test_no_foreign_key_crosses_a_schema() -> None:
    assert _foreign_keys_across() == []


def test_a_foreign_key_across_schemas_would_be_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f'ALTER TABLE "{TEMPLATE_SCHEMA}".identity_party ADD crossing bigint REFERENCES public.tenants_tenant'
        )
    assert len(_foreign_keys_across()) == 1


def test_nothing_of_the_registry_is_in_a_town() -> None:
    assert [table for table in _tables(TEMPLATE_SCHEMA) if table.startswith(PUBLIC_ONLY)] == []


def test_nothing_of_a_town_is_in_the_registry() -> None:
    in_towns_only = {app.split(".")[-1] for app in settings.TENANT_APPS if app not in settings.SHARED_APPS}
    labels = {
        config.label for config in apps.get_app_configs() if config.name.split(".")[-1] in in_towns_only
    }
    assert [table for table in _tables("public") if table.split("_")[0] in labels] == []
