"""The web servers that are measured: gunicorn with two workers for each application, alike in everything else.

Not here: what they serve (``config.wsgi``, ``floor``).
"""

import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.demo_process import ROOT
from infra.embedded.free_port import free_port
from infra.embedded.processes import dying_with_parent

WORKERS, THREADS = 2, 4
_READY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def worker_megabytes(self) -> list[float]:
        """The memory of each worker that it shares with nobody."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return sorted(_private_megabytes(int(pid)) for pid in children)


@contextlib.contextmanager
def served(application: str, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Serve a WSGI application on a free port. Raises RuntimeError with the end of its log."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
        "--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "30", "--pythonpath", "platform",
        "--log-level", "warning",
    ]  # fmt: skip
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=stream, stderr=stream, start_new_session=True,
            preexec_fn=dying_with_parent(signal.SIGTERM),  # noqa: PLW1509 — one C call
        )  # fmt: skip
        try:
            _wait_for(port, process, log)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/livez")
            connection.getresponse().read()
            return
        connection.close()
        time.sleep(0.05)
    raise RuntimeError(f"the server does not start:\n{log.read_text(errors='replace')[-3000:]}")


def _private_megabytes(pid: int) -> float:
    kilobytes = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, value = line.partition(":")
        if name in {"Private_Clean", "Private_Dirty"}:
            kilobytes += int(value.split()[0])
    return round(kilobytes / 1024, 1)
