"""Figures before and after a change, ready to print as a table with bars.

Not here: other tables (``contracts``), printing (``components.content``).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One heading before and after. Shares are tenths of a percent of the longest bar; the words are the reading."""

    label: str
    before: str
    after: str
    difference: str
    before_share: int
    after_share: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    """Figures before and after a change, as a table with bars beside."""

    caption: str
    heading: str
    before_label: str
    after_label: str
    difference_label: str
    rows: Sequence[ComparedRow]
