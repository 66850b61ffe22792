"""What pages hand to the calendar of a month: frozen values, ready to print.

Not here: how it looks (``templates/design_system``), weeks and days (``contracts``, ``plans``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

MonthKind = Literal["free", "partly", "full", "closed", "past", "limited"]


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One day: ``text`` is seen under the number, ``label`` is heard.

    ``level`` shades it, from 0 (nothing free) to 4 (all free); the words say the same.
    """

    number: int
    kind: MonthKind
    text: str
    label: str
    url: str = ""
    level: int = 0
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class MonthTable:
    """A month as weeks × weekdays; ``None`` where a week reaches into another month."""

    caption: str
    weekdays: Sequence[tuple[str, str]]
    weeks: Sequence[Sequence[MonthCell | None]]
    legend: Sequence[tuple[MonthKind, int, str]] = ()
