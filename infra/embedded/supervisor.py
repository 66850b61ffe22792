"""Keep named child processes running: start, restart after a crash, stop all in reverse order.

Not here: which processes there are (``infra.demo``).
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from infra.embedded.processes import dying_with_parent

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0
LOG_LINES_SHOWN = 15


@dataclass(frozen=True, slots=True)
class Service:
    """One process to keep running; ``stop_seconds`` is how long it may take to end by itself."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    stop_seconds: float = 10.0


@dataclass(slots=True)
class _Child:
    service: Service
    process: subprocess.Popen[bytes]
    started: float
    pause_seconds: float = FIRST_PAUSE_SECONDS
    restart_after: float | None = field(default=None)


class Supervisor:
    """Runs services, each with a log file of its own; use it from the main thread only.

    Every child gets SIGTERM from the kernel when this process is gone, so kill -9 leaves nothing behind.
    """

    def __init__(self, logs: Path, *, directory: Path, say: Callable[[str], None] = print) -> None:
        self._logs = logs
        self._directory = directory
        self._say = say
        self._children: list[_Child] = []
        self._asked_to_stop = False

    def start(self, service: Service) -> None:
        """Start one service; its log of the last run is kept as ``NAME.log.1``."""
        self._logs.mkdir(parents=True, exist_ok=True)
        log = self.log_of(service.name)
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        self._children.append(_Child(service, self._spawn(service), time.monotonic()))

    def log_of(self, name: str) -> Path:
        """Return where the service's output goes."""
        return self._logs / f"{name}.log"

    def pid_of(self, name: str) -> int:
        """Return the process id of a service. Raises KeyError when there is none of that name."""
        return self._child(name).process.pid

    def is_running(self, name: str) -> bool:
        """Say whether the service runs at this moment."""
        return self._child(name).process.poll() is None

    def last_lines(self, name: str) -> str:
        """Return the end of a service's log, to show why it stopped."""
        try:
            text = self.log_of(name).read_text("utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-LOG_LINES_SHOWN:])

    def run_until_stopped(self) -> None:
        """Restart what crashes until SIGINT or SIGTERM arrives; then the caller stops everything."""

        def ask_to_stop(number: int, frame: FrameType | None) -> None:
            self._asked_to_stop = True

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, ask_to_stop)
        while not self._asked_to_stop:
            self.look_after()
            time.sleep(0.2)

    def look_after(self) -> None:
        """Notice crashed services and restart those whose pause is over; call it again and again."""
        now = time.monotonic()
        for child in self._children:
            if child.restart_after is not None:
                if now >= child.restart_after:
                    child.process, child.started, child.restart_after = self._spawn(child.service), now, None
            elif (code := child.process.poll()) is not None:
                if now - child.started > STEADY_SECONDS:
                    child.pause_seconds = FIRST_PAUSE_SECONDS
                name = child.service.name
                self._say(
                    f"{name} ist beendet (Status {code}) und startet in {child.pause_seconds:g} s neu."
                    f" Protokoll: {self.log_of(name)}\n{self.last_lines(name)}"
                )
                child.restart_after = now + child.pause_seconds
                child.pause_seconds = min(child.pause_seconds * 2, LONGEST_PAUSE_SECONDS)

    def stop_all(self) -> None:
        """Stop the services, last started first; what does not end in its time is killed."""
        for child in reversed(self._children):
            _signal_group(child.process, signal.SIGTERM, group=False)
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(child.service.stop_seconds)
            _signal_group(child.process, signal.SIGKILL, group=True)
            child.process.wait()
        self._children.clear()

    def _child(self, name: str) -> _Child:
        for child in self._children:
            if child.service.name == name:
                return child
        raise KeyError(name)

    def _spawn(self, service: Service) -> subprocess.Popen[bytes]:
        with self.log_of(service.name).open("ab") as log:
            return subprocess.Popen(
                service.command,
                cwd=self._directory,
                env=dict(service.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches only us, so that we stop them in our order
                preexec_fn=dying_with_parent(),  # noqa: PLW1509 — one C call, and there are no threads here
            )


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals, *, group: bool) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if group:
            os.killpg(process.pid, number)
        elif process.poll() is None:
            process.send_signal(number)
