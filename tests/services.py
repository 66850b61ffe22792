"""The services the tests run against, started before Django reads its settings (a pytest plugin).

PostgreSQL and Redis are real. One template database is migrated once per state of the migrations; every test
process works in its own copy of it. ``DATABASE_URL`` and ``REDIS_URL`` are not used: tests never touch them.
"""

import atexit
import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from infra.embedded.postgres import EmbeddedPostgres
from infra.embedded.redis import EmbeddedRedis

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("BILETADO_VAR", ROOT / "var")) / "test"
TEMPLATE = "biletado_template"
REDIS_DATABASES = 32  # as ``infra.embedded.redis`` configures
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")


def _digest() -> str:
    parts = [*sorted(ROOT.glob("**/migrations/*.py")), ROOT / "tests" / "template_database.py"]
    parts = [part for part in parts if ".venv" not in part.parts and "node_modules" not in part.parts]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]


def _admin(server_url: str, *statements: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[arg-type]  # names are ours


def _build_template(postgres: EmbeddedPostgres) -> str:
    name = f"{TEMPLATE}_{_digest()}"
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if known:
        return name
    draft = f"{name}_draft"
    _admin(postgres.url("postgres"), f'DROP DATABASE IF EXISTS "{draft}" WITH (FORCE)')
    postgres.ensure_database(draft)
    environment = {
        **os.environ,
        "DATABASE_URL": postgres.url(draft),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.template_database"],
        cwd=ROOT, env=environment, check=False, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"the template database could not be built:\n{done.stdout}{done.stderr}")
    _admin(postgres.url("postgres"), f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return name


def own_redis_number() -> int:
    """A Redis database nobody else works in as long as this process lives.

    Each test empties its database. Two runs side by side share the server, and would empty each other's.
    """
    for number in range(REDIS_DATABASES):
        lock = os.open(VAR / f"redis-{number}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return number  # the lock stays until the process ends
    sys.exit(f"all {REDIS_DATABASES} databases of the test's Redis are in use")


def _start() -> None:
    if "BILETADO_TEST_SERVER" not in os.environ:
        VAR.mkdir(parents=True, exist_ok=True)
        postgres = EmbeddedPostgres(VAR / "postgres", durable=False)
        postgres.start()
        redis = EmbeddedRedis(VAR / "redis")
        redis.start()
        atexit.register(redis.stop)
        atexit.register(postgres.stop)
        os.environ["BILETADO_TEST_TEMPLATE"] = _build_template(postgres)
        os.environ["BILETADO_TEST_SERVER"] = postgres.url("postgres")
        os.environ["BILETADO_TEST_REDIS"] = redis.url
    server, template = os.environ["BILETADO_TEST_SERVER"], os.environ["BILETADO_TEST_TEMPLATE"]
    mine = f"test_{WORKER}_{os.getpid()}"
    _admin(server, f'CREATE DATABASE "{mine}" TEMPLATE "{template}"')
    atexit.register(_admin, server, f'DROP DATABASE IF EXISTS "{mine}" WITH (FORCE)')
    os.environ["DATABASE_URL"] = server.rsplit("/", 1)[0] + f"/{mine}"
    os.environ["REDIS_URL"] = os.environ["BILETADO_TEST_REDIS"].rsplit("/", 1)[0] + f"/{own_redis_number()}"
    os.environ["MEDIA_ROOT"] = str(VAR / "media" / mine)
    os.environ.setdefault("BASE_HOST", "biletado.localhost")
    # The browser driver keeps an event loop in this thread; Django would take every later query for one of its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


_start()
