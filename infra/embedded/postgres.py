"""One PostgreSQL server of our own in a directory: start, stop, databases.

Not here: which programs it runs (``postgres_binaries``). Law: after kill -9 of everything, the next start works.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg
from psycopg import sql

from infra.embedded.free_port import LOOPBACK, free_port
from infra.embedded.postgres_binaries import EXTENSIONS, find_binaries, prefix_for_root, server_version
from infra.embedded.processes import dying_with_parent, end_processes, processes_in, works_in
from infra.embedded.state_directory import StateDirectory

USER = "biletado"
START_SECONDS = 60
ORPHAN_SECONDS = 2.0
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",  # a socket's path is limited to 107 bytes, a clone's path is not
    "max_connections": "200",
    "max_locks_per_transaction": "512",  # migrations touch every table of every town in one transaction
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "password_encryption": "scram-sha-256",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def prepare_database(url: str) -> None:
    """Create the schema ``extensions`` and our extensions in it; safe to repeat and to run at the same time."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('biletado extensions'))")
        connection.execute("CREATE SCHEMA IF NOT EXISTS extensions")
        for name in EXTENSIONS:
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA extensions").format(sql.Identifier(name))
            )


class EmbeddedPostgres:
    """A server whose data, password and port live in one directory; a running one there is shared.

    ``durable=False`` is for tests: faster, and a power cut may lose data. ``dies_with_parent`` shuts the server down
    when the process that started it is gone.
    """

    def __init__(
        self, directory: Path, *, port: int | None = None, durable: bool, dies_with_parent: bool = False
    ) -> None:
        self.state = StateDirectory(directory)
        self.data = self.state.path / "data"
        self.durable = durable
        self.dies_with_parent = dies_with_parent
        self._wanted_port = port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def binaries(self) -> Path:
        """The folder of the server's programs, for ``pg_dump`` of the same version."""
        return find_binaries(version=self._data_version())

    def start(self) -> None:
        """Start the server, or use the one that runs here already. Raises RuntimeError with the log's end."""
        with self.state.start_lock():
            self.state.take_lease()
            if self._is_answering():
                return
            end_processes(lambda: processes_in(self.data), patience_seconds=ORPHAN_SECONDS)
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            binaries = self._fitting_binaries()
            prefix = prefix_for_root(binaries, self.state.path)
            if not (self.data / "PG_VERSION").exists():
                self._initialise(prefix, binaries)
            self.state.remember_port(free_port(preferred=self._wanted_port or self.state.remembered_port()))
            self._run(prefix, binaries)

    def stop(self) -> None:
        """Stop the server unless another process still uses it."""
        with self.state.start_lock():
            pid = self._pid()
            if not self.state.drop_lease() or pid is None:
                return
            os.kill(pid, signal.SIGINT)  # "fast": ends sessions, writes everything
            deadline = time.monotonic() + START_SECONDS
            while works_in(pid, self.data) and time.monotonic() < deadline:
                if self._process is not None:
                    self._process.poll()  # reaps our own child
                time.sleep(0.02)
            end_processes(lambda: processes_in(self.data))

    def destroy(self) -> None:
        """Stop the server and delete everything it stored."""
        end_processes(lambda: processes_in(self.data))
        shutil.rmtree(self.state.path, ignore_errors=True)

    def url(self, dbname: str) -> str:
        """Return the address of a database, password included."""
        port = self.state.remembered_port()
        return f"postgres://{USER}:{self.state.secret('password')}@{LOOPBACK}:{port}/{dbname}"

    def ensure_database(self, name: str) -> None:
        """Create the database with our extensions in schema ``extensions``; nothing happens if it is there."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                made_meanwhile = (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation)
                with contextlib.suppress(*made_meanwhile):
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        prepare_database(self.url(name))

    def _pid(self) -> int | None:
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if works_in(pid, self.data) else None

    def _is_answering(self) -> bool:
        if self._pid() is None or self.state.remembered_port() is None:
            return False
        try:
            with psycopg.connect(self.url("postgres"), connect_timeout=5) as connection:
                row = connection.execute("SHOW data_directory").fetchone()
                return row is not None and Path(row[0]).resolve() == self.data
        except psycopg.Error:
            return False

    def _data_version(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text())
        except (OSError, ValueError):
            return None

    def _fitting_binaries(self) -> Path:
        try:
            return find_binaries(version=self._data_version())
        except RuntimeError:
            if self.durable:
                raise
            shutil.rmtree(self.data)  # tests only: nothing in it is worth keeping
            return find_binaries()

    def _initialise(self, prefix: list[str], binaries: Path) -> None:
        self.state.secret("password")
        draft = self.state.path / "data.draft"
        # C.UTF-8 knows that "Ä" is the capital of "ä"; plain C, the last resort, does not.
        for locale in ("C.UTF-8", "C"):
            shutil.rmtree(draft, ignore_errors=True)
            command: list[str | Path] = [
                *prefix, binaries / "initdb", "-D", draft, "-U", USER, "--encoding=UTF8", f"--locale={locale}",
                "--auth=scram-sha-256", f"--pwfile={self.state.path / 'password'}", "--no-sync",
            ]  # fmt: skip
            if prefix and Path(prefix[0]).name == "setpriv":
                prefix_for_root(binaries, self.state.path)  # hands over the files made since
            done = subprocess.run(
                command, check=False, capture_output=True, text=True, cwd="/", env=self._environment()
            )
            if done.returncode == 0:
                draft.rename(self.data)
                return
        raise RuntimeError(
            f"PostgreSQL {server_version(binaries)} cannot be set up:\n{done.stdout}{done.stderr}"
        )

    def _run(self, prefix: list[str], binaries: Path) -> None:
        settings = {**SETTINGS, "port": str(self.state.remembered_port())}
        settings |= {} if self.durable else NOT_DURABLE
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        log = self.state.path / "server.log"
        with log.open("ab") as stream:
            start = log.stat().st_size
            self._process = subprocess.Popen(
                [*prefix, binaries / "postgres", "-D", self.data, *words],
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                cwd="/",
                env=self._environment(),
                start_new_session=True,  # Ctrl-C in the terminal is for us; we stop the server in our order
                preexec_fn=dying_with_parent(signal.SIGINT) if self.dies_with_parent else None,  # noqa: PLW1509 — one C call
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._is_answering():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._process.kill()
                said = log.read_bytes()[start:].decode(errors="replace")[-2000:]
                raise RuntimeError(f"PostgreSQL does not start; it said:\n{said}")
            time.sleep(0.05)

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
        return {**kept, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
