"""A stored document built once per process: building takes longer than reading it from the database.

Not here: reading versions (``queries``), documents that come with the platform (``library``).
"""

import json
from collections.abc import Mapping
from functools import lru_cache

from booking_core.engines.ordinance import Document, document_from_data


def built_document(stored: Mapping[str, object]) -> Document:
    """The document a version stores. The same content gives the same value. Raises DocumentInvalid."""
    return _built(json.dumps(stored))


@lru_cache(maxsize=128)
def _built(text: str) -> Document:
    return document_from_data(json.loads(text))
