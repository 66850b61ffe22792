"""A resource's prices as rows of words, for its page: group × purpose → price.

Not here: prices of a concrete booking (``quoting``).
"""

from booking_core.engines.ordinance.contracts import PriceRow
from booking_core.engines.ordinance.document import Document


def price_table(document: Document, resource: str) -> tuple[PriceRow, ...]:
    """List what the resource costs, in the document's order of rules."""
    raise NotImplementedError
