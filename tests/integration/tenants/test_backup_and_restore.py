"""The deployment's scripts, really run: a backup is whole or none; one town comes back beside the others, or all do.

Not here: the containers and volumes around them (``tests/unit/infra/test_deployment``).
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from infra.embedded.postgres_binaries import find_binaries
from tenants.context import in_tenant
from tenants.models import Domain, Tenant, TenantState
from tenants.names import new_schema_name
from tenants.provisioning.schema import create_schema, drop_schema
from tests.conftest import MAIN_HOST
from tests.factories.bookings import ahead, make_booking
from tests.factories.catalogue import make_room

DEPLOY = Path(__file__).resolve().parents[3] / "infra" / "deploy"
_HASH = "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') FROM {} t"


@pytest.fixture
def neighbour(committed_town: Tenant) -> Iterator[Tenant]:
    """A second town with committed rows, which nothing may touch."""
    connection.set_schema_to_public()
    schema = new_schema_name()
    create_schema(schema)
    tenant = Tenant.objects.create(
        schema_name=schema, slug=schema[2:], kind="municipality", official_name="Gemeinde Nebenan",
        short_name="Nebenan", state=TenantState.LIVE,
    )  # fmt: skip
    Domain.objects.create(
        tenant=tenant, domain=f"{tenant.slug}.{MAIN_HOST}", is_primary=True, verified_at=timezone.now()
    )
    yield tenant
    connection.set_schema_to_public()
    drop_schema(schema)
    tenant.delete()


@dataclass(frozen=True, slots=True)
class Host:
    """The machine that holds the backups, with the programs the backup container has."""

    backups: Path
    media: Path

    def run(self, script: str, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run a script of the deployment as its container does."""
        at = connection.settings_dict
        environment = {
            "PATH": f"{find_binaries(version=connection.pg_version // 10000)}:{os.environ['PATH']}",  # type: ignore[attr-defined]
            "PGHOST": at["HOST"], "PGPORT": str(at["PORT"]), "PGUSER": at["USER"], "PGPASSWORD": at["PASSWORD"],
            "PGDATABASE": at["NAME"], "BACKUPS": str(self.backups), "MEDIA": str(self.media), **changes,
        }  # fmt: skip
        return subprocess.run(
            ["sh", str(DEPLOY / script), *words], env=environment, capture_output=True, text=True, check=False
        )

    def back_up(self) -> Path:
        """Make one backup and return its dump."""
        done = self.run("backup.sh", "once")
        assert done.returncode == 0, done.stderr
        (dump,) = self.backups.glob("*.dump")
        return dump


@pytest.fixture
def host(tmp_path: Path) -> Host:
    for name in ("backups", "media"):
        (tmp_path / name).mkdir()
    return Host(tmp_path / "backups", tmp_path / "media")


def furnish(town: Tenant, rows: int) -> None:
    """A booking, so many more stretches of taken time, and so many lines of the audit trail."""
    with in_tenant(town), connection.cursor() as cursor:
        make_booking(make_room(), ahead(10, 12))
        cursor.execute(
            "INSERT INTO reservations_occupancy (unit_id, pieces, span, item_id)"
            " SELECT unit_id, pieces, tstzrange(upper(span) + n * interval '1 hour',"
            " upper(span) + (n + 1) * interval '1 hour'), item_id"
            " FROM reservations_occupancy, generate_series(1, %s) n"
            " WHERE item_id = (SELECT max(item_id) FROM reservations_occupancy)",
            [rows],
        )
        cursor.execute(
            "INSERT INTO identity_auditentry (at, actor_label, action, subject_type, subject_id, reason, data)"
            " SELECT now(), %s, 'x', '', n::text, '', '{}' FROM generate_series(1, %s) n",
            [town.slug, rows],
        )


def hashes(schema: str) -> dict[str, str]:
    """Each table of a schema by the number and digest of its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(_HASH.format(f'"{schema}"."{table}"'))
            found[table] = str(cursor.fetchone()[0])
    return found


def constraints(schema: str) -> set[tuple[str, str, str]]:
    """By table, name and kind; the exclusion by its whole definition."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rel.relname, con.conname, CASE con.contype WHEN 'x'"
            " THEN replace(pg_get_constraintdef(con.oid), %s, '') ELSE con.contype::text END"
            " FROM pg_constraint con JOIN pg_class rel ON rel.oid = con.conrelid"
            " WHERE con.connamespace = %s::regnamespace",
            [f"{schema}.", schema],
        )
        return set(cursor.fetchall())


@pytest.mark.parametrize("rows", [30, pytest.param(100_000, marks=pytest.mark.slow)])
def test_one_town_comes_back_and_no_other_is_touched(
    committed_town: Tenant, neighbour: Tenant, host: Host, rows: int
) -> None:
    lost, kept = str(committed_town.schema_name), str(neighbour.schema_name)
    furnish(committed_town, rows)
    furnish(neighbour, 5)
    photo = host.media / str(committed_town.uuid) / "foto.png"
    photo.parent.mkdir()
    photo.write_bytes(b"Foto")
    before = hashes(lost)
    dump = host.back_up()
    with in_tenant(committed_town), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reservations_occupancy")
        cursor.execute("ALTER TABLE reservations_occupancy DROP CONSTRAINT occupancy_never_twice")
    furnish(neighbour, 5)  # goes on working after the backup
    others = hashes(kept)
    connection.set_schema_to_public()

    done = host.run("restore-town.sh", str(dump), lost)

    assert done.returncode == 0, done.stderr
    assert hashes(lost) == before
    assert hashes(kept) == others
    assert constraints(lost) == constraints("t_template00")
    assert "older than the last update" not in done.stdout
    with (
        in_tenant(committed_town),
        connection.cursor() as cursor,
        pytest.raises(IntegrityError, match="never_twice"),
    ):
        cursor.execute(
            "INSERT INTO reservations_occupancy (unit_id, pieces, span, item_id)"
            " SELECT unit_id, pieces, span, item_id FROM reservations_occupancy LIMIT 1"
        )
    aside = next(word.rstrip(":") for word in done.stdout.split() if word.startswith(f"{lost}_"))
    assert hashes(aside)["reservations_occupancy"].startswith("0 "), "what was there is kept"
    connection.cursor().execute(f'DROP SCHEMA "{aside}" CASCADE')
    tar = done.stdout.strip().splitlines()[-1].removeprefix("Its files: ").replace("/media", str(host.media))
    photo.unlink()
    subprocess.run(["sh", "-c", tar], check=True)
    assert photo.read_bytes() == b"Foto"
    assert beside_databases() == []


def test_a_town_that_is_gone_altogether_comes_back(committed_town: Tenant, host: Host) -> None:
    schema = str(committed_town.schema_name)
    furnish(committed_town, 5)
    before, dump = hashes(schema), host.back_up()
    connection.set_schema_to_public()
    drop_schema(schema)
    done = host.run("restore-town.sh", str(dump), schema)
    assert done.returncode == 0, done.stderr
    assert hashes(schema) == before


def test_a_dump_that_is_not_right_changes_nothing(committed_town: Tenant, host: Host) -> None:
    schema = str(committed_town.schema_name)
    furnish(committed_town, 3)
    connection.set_schema_to_public()
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{schema}".reservations_occupancy DROP CONSTRAINT occupancy_never_twice')
    dump, before = host.back_up(), hashes(schema)
    torn = host.backups / "torn.dump"
    torn.write_bytes(dump.read_bytes()[:20_000])  # not even its table of contents is whole
    for words in (
        [str(dump), schema],
        [str(torn), schema],
        [str(dump), "t_abcdefgh00"],
        [str(dump), "public"],
        [],
    ):
        done = host.run("restore-town.sh", *words)
        assert done.returncode != 0, words
        assert done.stderr
    assert hashes(schema) == before
    assert beside_databases() == []


def test_a_backup_that_fails_leaves_no_dump(committed_town: Tenant, host: Host, tmp_path: Path) -> None:
    assert host.run("backup.sh", "once", PGDATABASE="gibt_es_nicht").returncode != 0
    assert host.run("backup.sh", "once", MEDIA=str(tmp_path / "nirgends")).returncode != 0
    torn = tmp_path / "bin"
    torn.mkdir()
    real = find_binaries(version=connection.pg_version // 10000) / "pg_dump"  # type: ignore[attr-defined]
    (torn / "pg_dump").write_text(f'#!/bin/sh\n"{real}" "$@"; exit 1\n')  # the disk is full at the end
    (torn / "pg_dump").chmod(0o755)
    at = f"{torn}:{real.parent}:{os.environ['PATH']}"
    assert host.run("backup.sh", "once", PATH=at).returncode != 0
    assert [path.name for path in host.backups.glob("*.dump")] == []


def test_old_backups_go_and_new_ones_stay(committed_town: Tenant, host: Host) -> None:
    old = host.backups / "2020-01-01T020000Z.dump"
    old.write_bytes(b"")
    os.utime(old, (0, 0))
    dump = host.back_up()
    assert not old.exists()
    assert dump.with_name(f"{dump.stem}.media.tar.gz").exists()


def test_everything_comes_back_into_an_empty_database(committed_town: Tenant, host: Host) -> None:
    furnish(committed_town, 3)
    schema = str(committed_town.schema_name)
    dump, before = host.back_up(), hashes(schema)
    connection.set_schema_to_public()
    name = f"whole_{os.getpid()}"
    programs = find_binaries(version=connection.pg_version // 10000)  # type: ignore[attr-defined]
    at = connection.settings_dict
    server = f"postgres://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            restore = [programs / "pg_restore", f"--dbname={server}/{name}", "--exit-on-error", str(dump)]
            subprocess.run(restore, check=True, capture_output=True)
            with psycopg.connect(f"{server}/{name}") as whole:
                for table, known in before.items():
                    row = whole.execute(_HASH.format(f'"{schema}"."{table}"').encode()).fetchone()
                    assert row == (known,), table
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def beside_databases() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'beside\\_%%'")
        return list(cursor.fetchall())
