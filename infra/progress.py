"""One plain line per step: what happens, and how long it took.

Not here: the steps.
"""

import contextlib
import time
from collections.abc import Iterator


def seconds(duration: float) -> str:
    """Return a duration in German notation, such as ``1,2 s``."""
    return f"{duration:.1f} s".replace(".", ",")


class Progress:
    """Counts steps: ``[3/9] PostgreSQL startet … 1,2 s``. Readable on a terminal and in a log."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._number = 0

    @contextlib.contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Say the text before the work and its time after it."""
        self._number += 1
        print(f"[{self._number}/{self._total}] {text} … ", end="", flush=True)
        start = time.monotonic()
        try:
            yield
        except BaseException:
            print("abgebrochen", flush=True)
            raise
        print(seconds(time.monotonic() - start), flush=True)

    def tell(self, text: str) -> None:
        """Say what happens within a long step."""
        print(f"\n      {text} ", end="", flush=True)

    def skip(self, text: str) -> None:
        """Say that a step had nothing to do."""
        self._number += 1
        print(f"[{self._number}/{self._total}] {text} … unverändert", flush=True)
