"""Remember that a step was done for exactly these inputs, so that its next run takes no time.

Not here: the steps. Only the standard library, because setup runs before any package is installed.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *extra: str) -> str:
    """Return a hash over names and contents of files, folders taken whole, and over further words."""
    result = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(_files(paths)):
        result.update(f"\0{path}\0".encode())
        result.update(path.read_bytes())
    return result.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    """Say whether the step was done for the inputs with this hash."""
    return stamp.exists() and stamp.read_text() == wanted


def write(stamp: Path, done: str) -> None:
    """Remember that the step was done."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(done)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from (
                file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts
            )
        elif path.exists():
            yield path
