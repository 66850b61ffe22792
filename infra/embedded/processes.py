"""Find, end and tie processes to their parent, by what Linux says about them in /proc.

Not here: restarting what crashed (``supervisor``).
"""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def dying_with_parent(death_signal: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """Return a ``preexec_fn`` after which the kernel sends the signal when the parent is gone, kill -9 included.

    The parent is the *thread* that starts the child, so start children from a thread that lives as long.
    """
    parent = os.getpid()

    def tie() -> None:
        die_with_parent(death_signal)
        if os.getppid() != parent:  # died between fork and here
            os.kill(os.getpid(), signal.SIGKILL)

    return tie


def die_with_parent(death_signal: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel for this signal when the parent of this process is gone."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)


def is_alive(pid: int) -> bool:
    """Say whether the process exists and is not a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state not in {"Z", "X"}


def works_in(pid: int, directory: Path) -> bool:
    """Say whether the process runs with the directory as its working directory."""
    try:
        return is_alive(pid) and Path(f"/proc/{pid}/cwd").readlink() == directory.resolve()
    except OSError:
        return False


def processes_in(directory: Path) -> list[int]:
    """Return the ids of all processes whose working directory this is."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if pid != os.getpid() and works_in(pid, directory)]


def end_processes(find: Callable[[], list[int]], *, patience_seconds: float = 5.0) -> int:
    """End what ``find`` names, first politely, then for good; return how many there were.

    Raises TimeoutError when one cannot be ended.
    """
    first = find()
    for death_signal in (signal.SIGTERM, signal.SIGQUIT, signal.SIGKILL):
        deadline = time.monotonic() + patience_seconds
        for pid in find():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, death_signal)
        while find():
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        else:
            return len(first)
    raise TimeoutError(f"processes {find()} cannot be ended")
