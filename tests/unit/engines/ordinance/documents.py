"""The documents the tests read: the library of real ordinances, and constructed ones beside this file.

Not here: tests.
"""

from functools import cache
from pathlib import Path

from booking_core.engines.ordinance import Document, load_document

ROOT = Path(__file__).resolve().parents[4]
LIBRARY = ROOT / "booking_core" / "ordinances" / "library"
CONSTRUCTED = Path(__file__).parent / "documents"
PATHS = [*sorted(LIBRARY.glob("*.yaml")), *sorted(CONSTRUCTED.glob("*.yaml"))]


@cache
def document(name: str) -> Document:
    """Load a document by the stem of its file."""
    path = next(path for path in PATHS if path.stem == name)
    return load_document(path.read_text(encoding="utf-8"), source=path.name)
