"""Let only one of a kind run, and say who it is.

Not here: the locks of the embedded services (``state_directory``).
"""

import fcntl
import os
import time
from pathlib import Path

ENDING = " endet gerade"


class AlreadyRunningError(Exception):
    """Another process holds the lock; ``note`` is what it left there."""

    def __init__(self, note: str) -> None:
        super().__init__(note)
        self.note = note


class RunLock:
    """A lock file that the kernel frees when its holder is gone, so it is never stale."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self, note: str, *, patience_seconds: float = 0.0) -> None:
        """Take the lock and leave a note in it; be patient only with a holder that says it ends.

        Raises AlreadyRunningError.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = time.monotonic() + patience_seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held = os.pread(descriptor, 1000, 0).decode(errors="replace")
                if not held.endswith(ENDING) or time.monotonic() > deadline:
                    os.close(descriptor)
                    raise AlreadyRunningError(held) from None
                time.sleep(0.1)
            else:
                break
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, note.encode(), 0)
        self._descriptor = descriptor

    def say_that_it_ends(self) -> None:
        """Tell whoever waits for the lock that waiting is worth it."""
        if self._descriptor is not None:
            os.lseek(self._descriptor, 0, os.SEEK_END)
            os.write(self._descriptor, ENDING.encode())

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
