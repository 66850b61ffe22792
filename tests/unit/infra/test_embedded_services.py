"""PostgreSQL and Redis of our own: started, shared, stopped, killed and started again.

Not here: what the application stores in them. These tests run the real servers.
"""

import contextlib
import os
import signal
import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.embedded.free_port import LOOPBACK
from infra.embedded.postgres import EmbeddedPostgres
from infra.embedded.processes import is_alive, processes_in
from infra.embedded.redis import EmbeddedRedis


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    server = EmbeddedPostgres(private / "postgres", durable=True)
    server.start()
    try:
        yield server
    finally:
        server.destroy()


def _value(url: str, statement: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return row[0]


def _postmaster(server: EmbeddedPostgres) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_a_database_has_our_extensions_in_their_schema(postgres: EmbeddedPostgres) -> None:
    postgres.ensure_database("town")
    postgres.ensure_database("town")
    url = postgres.url("town")
    names = "SELECT array_agg(extname::text ORDER BY extname) FROM pg_extension e JOIN pg_namespace n ON"
    assert _value(url, f"{names} n.oid = e.extnamespace WHERE nspname = 'extensions'") == [
        "btree_gist",
        "pg_trgm",
        "unaccent",
    ]
    assert _value(url, "SELECT lower('ÄÖÜ')") == "äöü"
    assert _value(url, "SHOW server_encoding") == "UTF8"
    assert _value(url, "SHOW max_locks_per_transaction") == "512"


def test_only_who_knows_the_password_gets_in(postgres: EmbeddedPostgres) -> None:
    password = postgres.state.path / "password"
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    wrong = postgres.url("postgres").replace(password.read_text(), "guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_a_running_server_is_shared_and_stopped_by_its_last_user(postgres: EmbeddedPostgres) -> None:
    second = EmbeddedPostgres(postgres.state.path, durable=True)
    pid = _postmaster(postgres)
    second.start()
    assert _postmaster(second) == pid
    postgres.stop()
    assert _value(second.url("postgres"), "SELECT 1") == 1
    second.stop()
    assert not is_alive(pid)


def test_the_port_and_the_data_survive_a_restart(postgres: EmbeddedPostgres) -> None:
    postgres.ensure_database("town")
    url = postgres.url("town")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    postgres.stop()
    postgres.start()
    assert postgres.url("town") == url
    assert _value(url, "SELECT answer FROM kept") == 42


def test_it_starts_again_after_kill_9_with_a_busy_orphan(postgres: EmbeddedPostgres) -> None:
    postgres.ensure_database("town")
    with psycopg.connect(postgres.url("town"), autocommit=True) as setup:
        setup.execute("CREATE TABLE kept AS SELECT 1 AS n")
    busy = psycopg.connect(postgres.url("town"))
    backend = busy.info.backend_pid
    # Stopped, it cannot notice that its postmaster is gone: the orphan that blocks a naive restart.
    worker = threading.Thread(target=_sleep_in, args=(busy,), daemon=True)
    worker.start()
    os.kill(backend, signal.SIGSTOP)
    os.kill(_postmaster(postgres), signal.SIGKILL)
    while is_alive(_postmaster(postgres)):
        if postgres._process is not None:  # reaps the child this test killed
            postgres._process.poll()
        time.sleep(0.01)
    assert is_alive(backend)
    assert (postgres.data / "postmaster.pid").exists()

    postgres.state.drop_lease()  # as the kernel does for a killed process
    again = EmbeddedPostgres(postgres.state.path, durable=True)
    again.start()

    assert not is_alive(backend)
    assert _value(again.url("town"), "SELECT n FROM kept") == 1
    again.stop()
    assert processes_in(postgres.data) == []


def _sleep_in(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    with contextlib.suppress(psycopg.Error):
        connection.execute("SELECT pg_sleep(600)")


def test_a_server_that_cannot_start_says_why(postgres: EmbeddedPostgres) -> None:
    postgres.stop()
    (postgres.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(RuntimeError, match="no_such_setting"):
        postgres.start()


def _ask(server: EmbeddedRedis, command: str) -> bytes:
    port = int(server.url.rpartition(":")[2].partition("/")[0])
    with socket.create_connection((LOOPBACK, port), timeout=5) as connection:
        connection.sendall(f"AUTH {server.state.secret('password')}\r\n{command}\r\nQUIT\r\n".encode())
        answer = b""
        while part := connection.recv(4096):
            answer += part
    return answer


def test_redis_is_shared_and_stopped_by_its_last_user(tmp_path: Path) -> None:
    first, second = EmbeddedRedis(tmp_path / "redis"), EmbeddedRedis(tmp_path / "redis")
    first.start()
    second.start()
    try:
        assert first.url == second.url
        first.stop()
        assert b"PONG" in _ask(second, "PING")
    finally:
        second.stop()
    assert processes_in(tmp_path / "redis" / "data") == []


def test_redis_moves_when_another_program_took_its_port(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path / "redis")
    server.start()
    old = server.state.remembered_port()
    server.stop()
    with socket.create_server((LOOPBACK, old or 0)):
        server.start()
        try:
            assert server.state.remembered_port() != old
            assert b"PONG" in _ask(server, "PING")
        finally:
            server.stop()


def test_redis_starts_again_after_kill_9_and_keeps_what_it_wrote(tmp_path: Path) -> None:
    server = EmbeddedRedis(tmp_path / "redis", durable=True)
    server.start()
    _ask(server, "SET kept 42")
    (pid,) = processes_in(tmp_path / "redis" / "data")
    time.sleep(1.1)  # it writes once a second, and promises no more
    os.kill(pid, signal.SIGKILL)
    again = EmbeddedRedis(tmp_path / "redis", durable=True)
    again.start()
    try:
        assert b"42" in _ask(again, "GET kept")
    finally:
        server.stop()
        again.stop()
