"""From YAML text or stored JSON to a document, with every mistake named by line.

Not here: the language itself (``language``).
"""

from collections.abc import Mapping

from booking_core.engines.ordinance.document import Document


def load_document(text: str, *, source: str = "") -> Document:
    """Read a YAML document; raise ``DocumentInvalid`` with line, column, path and what was expected."""
    raise NotImplementedError


def document_from_data(data: Mapping[str, object]) -> Document:
    """Build a document from the same structure as plain JSON values; raise ``DocumentInvalid``."""
    raise NotImplementedError


def document_to_data(document: Document) -> dict[str, object]:
    """Return the document as plain JSON values; ``document_from_data`` takes them back."""
    raise NotImplementedError


def schema() -> dict[str, object]:
    """Return the JSON Schema of the document language, for editors."""
    raise NotImplementedError
