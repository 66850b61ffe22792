"""Run a document's own examples and look for rules that contradict each other.

Not here: quoting itself.
"""

from booking_core.engines.ordinance.contracts import CheckReport
from booking_core.engines.ordinance.document import Document


def check(document: Document) -> CheckReport:
    """Run every embedded example, every reading of an ambiguous one, and compare each figure."""
    raise NotImplementedError
