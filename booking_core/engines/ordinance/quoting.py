"""From a document and a request to a quote: the order in which the ideas of the language are applied.

Not here: what each idea does (one module each).
"""

from booking_core.engines.ordinance.contracts import Quote, QuoteRequest
from booking_core.engines.ordinance.document import Document


def quote(document: Document, request: QuoteRequest) -> Quote:
    """Price a request. Pure and deterministic: the same values in give the same quote out."""
    raise NotImplementedError
