"""The directory in which one embedded service keeps what it must remember, and who uses it right now.

Not here: the services themselves.
"""

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path


class StateDirectory:
    """Password, port and locks of one service; several processes may use it at the same time.

    A *start lock* makes starting and stopping exclusive. A *lease* is held as long as somebody uses the service, so
    that the last user stops it and nobody stops it under another. The kernel drops both when a process is killed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lease: int | None = None

    def create(self) -> None:
        """Make the directory, readable for its owner only."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextlib.contextmanager
    def start_lock(self) -> Iterator[None]:
        """Wait until nobody else starts or stops the service, and keep others out."""
        self.create()
        descriptor = os.open(self.path / "start.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def take_lease(self) -> None:
        """Say that this process uses the service."""
        if self._lease is None:
            self._lease = os.open(self.path / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._lease, fcntl.LOCK_SH)

    def drop_lease(self) -> bool:
        """Stop using the service; return whether nobody else uses it, so that it may be stopped."""
        if self._lease is None:
            return False
        try:
            fcntl.flock(self._lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(self._lease)
            self._lease = None
        return True

    def secret(self, name: str) -> str:
        """Return the password of that name, made at the first call and readable for the owner only."""
        path = self.path / name
        if not path.exists():
            draft = self.path / f"{name}.draft"
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_hex(32))
            draft.replace(path)
        return path.read_text().strip()

    def remembered_port(self) -> int | None:
        """Return the port of the last start."""
        try:
            return int((self.path / "port").read_text())
        except (OSError, ValueError):
            return None

    def remember_port(self, port: int) -> None:
        """Keep the port for the next start, so that addresses stay the same."""
        (self.path / "port").write_text(str(port))
