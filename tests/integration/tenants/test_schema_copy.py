"""A copied schema is the template to the last constraint, and works as if it had been migrated."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tenants.names import TEMPLATE_SCHEMA, new_schema_name
from tenants.provisioning import pg_dump, schema

pytestmark = pytest.mark.django_db
_CATALOGUE = {
    "columns": """
        SELECT table_name, ordinal_position, column_name, data_type, udt_name, is_nullable, column_default, is_identity,
               identity_generation, character_maximum_length, collation_name
        FROM information_schema.columns WHERE table_schema = %s""",
    "constraints": """
        SELECT rel.relname, con.conname, con.contype, pg_get_constraintdef(con.oid), con.condeferrable, con.condeferred
        FROM pg_constraint con JOIN pg_class rel ON rel.oid = con.conrelid
        JOIN pg_namespace nsp ON nsp.oid = con.connamespace WHERE nsp.nspname = %s""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s",
    "sequences": """
        SELECT sequencename, data_type::text, start_value, increment_by, max_value, cycle
        FROM pg_sequences WHERE schemaname = %s""",
    "relations": """
        SELECT rel.relname, rel.relkind, rel.relpersistence, rel.relrowsecurity FROM pg_class rel
        JOIN pg_namespace nsp ON nsp.oid = rel.relnamespace WHERE nsp.nspname = %s""",
}


def _catalogue(name: str) -> dict[str, set[str]]:
    found = {}
    with connection.cursor() as cursor:
        for part, query in _CATALOGUE.items():
            cursor.execute(query, [name])
            found[part] = {_normalised(str(row), name) for row in cursor.fetchall()}
    return found


def _normalised(row: str, name: str) -> str:
    """PostgreSQL prints ``x IN (…)`` with its casts inside or outside the list once it has been parsed twice."""
    return re.sub(r"::(character varying|text)(\[\])?|[()]", "", row.replace(name, "SCHEMA"))


def _migrations(name: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT app, name FROM "{name}".django_migrations ORDER BY id')  # noqa: S608 — our name
        return list(cursor.fetchall())


def test_the_copy_has_the_catalogue_of_the_template() -> None:
    """Seen red: with one ``ALTER TABLE … DROP CONSTRAINT`` on the copy the sets differ."""
    copy = new_schema_name()
    schema.create_schema(copy)
    ours, theirs = _catalogue(copy), _catalogue(TEMPLATE_SCHEMA)
    assert all(theirs.values())
    for part, rows in theirs.items():
        assert ours[part] - rows == rows - ours[part] == set(), part
    assert _migrations(copy) == _migrations(TEMPLATE_SCHEMA)
    assert schema.is_current(copy)
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{copy}".identity_user DROP CONSTRAINT user_email_is_lower_case')
    assert _catalogue(copy) != theirs


def test_the_copy_goes_on_migrating() -> None:
    """The history's ids went on counting: a new migration can be noted."""
    copy = new_schema_name()
    schema.create_schema(copy)
    with connection.cursor() as cursor:
        cursor.execute(f'SET search_path = "{copy}"')
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('later', '0001', now())")
    call_command("migrate_schemas", schema_name=copy, interactive=False, verbosity=0)


def test_a_schema_is_migrated_where_pg_dump_is_too_old(settings: Any) -> None:
    settings.PG_DUMP = "/bin/true"  # says no version, which is older than any server
    schema._cached_script.cache_clear()
    copy = new_schema_name()
    schema.create_schema(copy)
    ours, theirs = _catalogue(copy), _catalogue(TEMPLATE_SCHEMA)
    assert ours == theirs
    schema.create_schema(copy)  # again, as after an interruption
    schema._cached_script.cache_clear()


def test_the_pg_dump_found_fits_the_server() -> None:
    connection.ensure_connection()
    assert pg_dump.major_version(pg_dump.fitting_program()) >= connection.pg_version // 10000


@pytest.mark.parametrize(
    "name",
    [
        "public",
        TEMPLATE_SCHEMA,
        "t_short",
        't_abcdefgh"; DROP SCHEMA public; --',
        "T_ABCDEFGH",
        "t_abcdefgh\n",
        "",
    ],
)
def test_only_names_of_ours_are_made_or_dropped(name: str) -> None:
    with pytest.raises(schema.SchemaFault):
        schema.create_schema(name)
    with pytest.raises(schema.SchemaFault):
        schema.drop_schema(name)
