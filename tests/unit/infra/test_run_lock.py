"""Only one demo runs; the lock of a killed one is free.

Not here: the locks of PostgreSQL and Redis (``test_embedded_services``).
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.embedded.run_lock import AlreadyRunningError, RunLock

ROOT = Path(__file__).resolve().parents[3]


def test_the_second_is_told_who_is_first(tmp_path: Path) -> None:
    first, second = RunLock(tmp_path / "lock"), RunLock(tmp_path / "lock")
    first.take("process 7")
    with pytest.raises(AlreadyRunningError, match="process 7"):
        second.take("process 8")
    first.release()
    second.take("process 8")
    second.release()


def test_the_lock_of_a_killed_holder_is_free(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom infra.embedded.run_lock import RunLock\n"
        "RunLock(Path(sys.argv[1])).take('gone'); lock = None; print('held', flush=True); time.sleep(600)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lock")],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    lock = RunLock(tmp_path / "lock")
    with pytest.raises(AlreadyRunningError, match="gone"):
        lock.take("me")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    lock.take("me")
    lock.release()


def test_a_holder_that_ends_is_waited_for(tmp_path: Path) -> None:
    first, second = RunLock(tmp_path / "lock"), RunLock(tmp_path / "lock")
    first.take("process 7")
    first.say_that_it_ends()
    with pytest.raises(AlreadyRunningError, match="endet gerade"):
        second.take("process 8", patience_seconds=0.2)
    first.release()
    second.take("process 8", patience_seconds=0.2)
    second.release()
