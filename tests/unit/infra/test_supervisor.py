"""Children are restarted, stopped in reverse order, and never outlive their parent.

Not here: which children the demo has.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from infra.embedded.processes import is_alive
from infra.embedded.supervisor import Service, Supervisor

ROOT = Path(__file__).resolve().parents[3]
SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
PATIENCE_SECONDS = 30


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that must come; the limit only ends a broken run."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "did not happen"
        time.sleep(0.02)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Supervisor:
    return Supervisor(tmp_path / "log", directory=tmp_path, say=said.append)


def service(name: str, command: list[str], *, stop_seconds: float = 10.0) -> Service:
    return Service(name, command, dict(os.environ), stop_seconds)


def test_a_killed_child_is_restarted_and_that_is_said(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.start(service("web", SLEEP))
    first = supervisor.pid_of("web")
    os.kill(first, signal.SIGKILL)

    def restarted() -> bool:
        supervisor.look_after()
        return supervisor.pid_of("web") != first and supervisor.is_running("web")

    try:
        wait_until(restarted)
        assert len(said) == 1
        assert said[0].startswith("web ist beendet (Status -9)")
    finally:
        supervisor.stop_all()


def test_a_child_that_keeps_crashing_waits_longer_each_time(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.start(service("web", [sys.executable, "-c", "print('no database'); raise SystemExit(3)"]))

    def crashed_twice() -> bool:
        supervisor.look_after()
        return len(said) >= 2

    try:
        wait_until(crashed_twice)
        assert "startet in 0.5 s neu" in said[0]
        assert "startet in 1 s neu" in said[1]
        assert "no database" in said[1]
    finally:
        supervisor.stop_all()


def test_children_stop_in_reverse_order(supervisor: Supervisor, tmp_path: Path) -> None:
    order = tmp_path / "order"
    code = (
        "import signal, sys, time\n"
        "def bye(*_):\n    open(sys.argv[1], 'a').write(sys.argv[2]); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, bye); print('ready', flush=True); time.sleep(600)"
    )
    for name in ("a", "b", "c"):
        supervisor.start(service(name, [sys.executable, "-c", code, str(order), name]))
    wait_until(lambda: all("ready" in supervisor.last_lines(name) for name in ("a", "b", "c")))
    supervisor.stop_all()
    assert order.read_text() == "cba"


def test_a_deaf_child_is_killed_with_its_own_children(supervisor: Supervisor) -> None:
    code = (
        "import signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True); time.sleep(600)"
    )
    supervisor.start(service("deaf", [sys.executable, "-c", code], stop_seconds=0.2))
    wait_until(lambda: supervisor.last_lines("deaf").isdigit())
    pid, grandchild = supervisor.pid_of("deaf"), int(supervisor.last_lines("deaf"))
    supervisor.stop_all()
    assert not is_alive(pid)
    wait_until(lambda: not is_alive(grandchild))


def test_children_die_when_the_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, sys, time\nfrom pathlib import Path\n"
        "from infra.embedded.supervisor import Service, Supervisor\n"
        "keeper = Supervisor(Path(sys.argv[1]), directory=Path('/'))\n"
        "keeper.start(Service('web', [sys.executable, '-c', 'import time; time.sleep(600)'], dict(os.environ)))\n"
        "print(keeper.pid_of('web'), flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: not is_alive(child))


def test_the_log_of_the_last_run_is_kept(supervisor: Supervisor) -> None:
    for _ in range(2):
        supervisor.start(service("web", SLEEP))
        wait_until(lambda: "up" in supervisor.last_lines("web"))
        supervisor.stop_all()
    assert supervisor.log_of("web").with_suffix(".log.1").read_text() == "up\n"
