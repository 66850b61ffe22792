"""A quote as plain JSON values, and back, without losing a cent or a word.

Not here: where it is kept.
"""

from collections.abc import Mapping

from booking_core.engines.ordinance.contracts import Quote


def quote_to_data(quote: Quote) -> dict[str, object]:
    """Return the quote as plain JSON values; ``quote_from_data`` gives back an equal quote."""
    raise NotImplementedError


def quote_from_data(data: Mapping[str, object]) -> Quote:
    """Rebuild a quote from ``quote_to_data``."""
    raise NotImplementedError
