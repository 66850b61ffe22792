"""Let only one of a kind run, and say who it is.

Not here: the locks of the embedded services (``state_directory``).
"""

import fcntl
import os
from pathlib import Path


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

    def take(self, note: str) -> None:
        """Take the lock and leave a note in it. Raises AlreadyRunningError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note = os.read(descriptor, 1000).decode(errors="replace")
            os.close(descriptor)
            raise AlreadyRunningError(note) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, note.encode())
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
