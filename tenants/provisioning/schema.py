"""Schemas: the always-migrated template, and copies of it by the dump script.

Not here: the steps of a whole birth (``births``). Measured alternatives: migrating takes seconds per town,
``clone_schema`` loses constraint names; replaying a dump keeps everything.
"""

import hashlib
import logging
import re
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django_tenants.utils import schema_context

from tenants.names import TEMPLATE_SCHEMA, is_server_made
from tenants.provisioning.pg_dump import DumpFault, dump

log = logging.getLogger(__name__)


class SchemaFault(RuntimeError):
    """A schema could not be made, or has a name this server did not make."""


def migrations_digest() -> str:
    """A digest over the names of all migrations in the code: the version of a schema."""
    names = sorted(
        f"{config.label}/{file.stem}"
        for config in apps.get_app_configs()
        for file in (Path(config.path) / "migrations").glob("[0-9]*.py")
    )
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def prepare_template() -> None:
    """Create the template schema and bring it to the newest migration."""
    _migrate(TEMPLATE_SCHEMA)
    _cached_script.cache_clear()


def create_schema(schema_name: str) -> None:
    """Make ``schema_name`` an exact, empty copy of the template, in one transaction.

    Where no pg_dump fits the server, the schema is migrated from nothing instead: slower, the same in the end, and
    safe to repeat after an interruption. Raises SchemaFault for names this server did not make.
    """
    if not is_server_made(schema_name) or schema_name == TEMPLATE_SCHEMA:
        raise SchemaFault(f"{schema_name!r} is not a name for a new schema")
    try:
        script = _cached_script(migrations_digest()).replace(TEMPLATE_SCHEMA, schema_name)
    except DumpFault as fault:
        log.warning("a new schema is migrated instead of copied: %s", fault)
        return _migrate(schema_name)
    with schema_context("public"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(script)
    return None


def drop_schema(schema_name: str) -> None:
    """Remove a tenant's schema and everything in it; refuses any other name."""
    if not is_server_made(schema_name) or schema_name == TEMPLATE_SCHEMA:
        raise SchemaFault(f"{schema_name!r} is not a tenant's schema")
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema_name}" CASCADE')


def is_current(schema_name: str) -> bool:
    """Tell whether the schema is there and has every migration of the code."""
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema_name])
        if cursor.fetchone() is None:
            return False
    with schema_context(schema_name):
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _migrate(schema_name: str) -> None:
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema_name}"')
    call_command("migrate_schemas", schema_name=schema_name, interactive=False, verbosity=0)


@lru_cache(maxsize=2)
def _cached_script(_digest: str) -> str:
    """The template as SQL; read once per process and version of the code."""
    if not is_current(TEMPLATE_SCHEMA):
        raise SchemaFault("the template schema is missing or old: run `manage.py prepare_template`")
    structure = dump("--schema-only", "--schema", TEMPLATE_SCHEMA)
    history = dump("--data-only", "--inserts", "--table", f"{TEMPLATE_SCHEMA}.django_migrations")
    return _without_psql_commands(structure) + _without_psql_commands(history)


def _without_psql_commands(script: str) -> str:
    """Drop psql's own lines and the settings of the dump's session; keep SQL."""
    lines = [
        line
        for line in script.splitlines()
        if not line.startswith(("\\", "SET ", "SELECT pg_catalog.set_config"))
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"
