"""Schemas: the always-migrated template, and copies of it by the dump script.

Not here: the steps of a whole birth (``births``). Measured alternatives are in DEPENDENCIES and an ADR: migrating
takes seconds per town, ``clone_schema`` loses constraint names; replaying a dump keeps everything.
"""

import hashlib
import os
import re
import subprocess  # noqa: S404 — pg_dump is the only tool that writes a schema exactly
from functools import lru_cache
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django_tenants.utils import schema_context

from tenants.names import TEMPLATE_SCHEMA, is_server_made


class SchemaFault(RuntimeError):
    """A schema could not be made, or has a name this server did not make."""


def migrations_digest() -> str:
    """A digest over the names of all tenant migrations in the code: the version of a schema."""
    names = sorted(
        f"{config.label}/{file.stem}"
        for config in apps.get_app_configs()
        for file in (Path(config.path) / "migrations").glob("[0-9]*.py")
    )
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def prepare_template() -> None:
    """Create the template schema and bring it to the newest migration."""
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{TEMPLATE_SCHEMA}"')
    call_command("migrate_schemas", schema_name=TEMPLATE_SCHEMA, interactive=False, verbosity=0)
    _cached_script.cache_clear()


def create_schema(schema_name: str) -> None:
    """Make ``schema_name`` an exact, empty copy of the template, in one transaction."""
    if not is_server_made(schema_name) or schema_name == TEMPLATE_SCHEMA:
        raise SchemaFault(f"{schema_name!r} is not a name for a new schema")
    script = _cached_script(migrations_digest()).replace(TEMPLATE_SCHEMA, schema_name)
    with schema_context("public"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(script)
        # The dump empties the search path for the session; the backend sets it again with the next statement.


def drop_schema(schema_name: str) -> None:
    """Remove a tenant's schema and everything in it; refuses any other name."""
    if not is_server_made(schema_name) or schema_name == TEMPLATE_SCHEMA:
        raise SchemaFault(f"{schema_name!r} is not a tenant's schema")
    with schema_context("public"), connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema_name}" CASCADE')


@lru_cache(maxsize=2)
def _cached_script(_digest: str) -> str:
    structure = _dump("--schema-only", "--schema", TEMPLATE_SCHEMA)
    history = _dump("--data-only", "--inserts", "--table", f"{TEMPLATE_SCHEMA}.django_migrations")
    return _without_psql_commands(structure) + _without_psql_commands(history)


def _dump(*arguments: str) -> str:
    at = connection.settings_dict
    command = [pg_dump_program(), "--no-owner", "--no-acl", *arguments, at["NAME"]]
    environment = {
        **os.environ,
        "PGHOST": at["HOST"] or "",
        "PGPORT": str(at["PORT"] or ""),
        "PGUSER": at["USER"] or "",
        "PGPASSWORD": at["PASSWORD"] or "",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 — fixed program and arguments
    if done.returncode:
        raise SchemaFault(f"pg_dump failed: {done.stderr.strip()}")
    return done.stdout


def pg_dump_program() -> str:
    """The newest installed pg_dump; it must be at least as new as the server."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_dump"), key=lambda path: int(path.parts[-3]), reverse=True
    )
    return os.environ.get("PG_DUMP") or (str(versions[0]) if versions else "pg_dump")


def _without_psql_commands(script: str) -> str:
    """Drop psql's own lines and the settings of the dump's session; keep SQL."""
    lines = [
        line
        for line in script.splitlines()
        if not line.startswith(("\\", "SET ", "SELECT pg_catalog.set_config"))
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"
