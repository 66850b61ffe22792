"""Rules of one rank that can apply to the same booking: the document must say which goes first.

Not here: choosing at quote time (``choosing``).
"""

from booking_core.engines.ordinance.contracts import DocumentProblem
from booking_core.engines.ordinance.language.model import Ordinance


def contradictions(ordinance: Ordinance) -> tuple[DocumentProblem, ...]:
    """Pairs of rates, cells or cancellation steps that fit equally well and could both apply."""
    return ()
