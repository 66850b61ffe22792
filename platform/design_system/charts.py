"""Charts ready to draw: columns over time, bars by name, a heat map; figures come with the words that say them.

Not here: drawing (``components.charts``), adding up (the rooms). Every chart stands beside a table with the same
figures, so it is never the only way to read them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HEAT_LEVELS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and how it is written ("1.250,00 €")."""

    value: int
    words: str


@dataclass(frozen=True, slots=True)
class ChartRow:
    """What one place on the chart shows: a figure per series. ``short`` labels the axis, ``url`` leads to the list."""

    label: str
    figures: Sequence[Figure]
    short: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns side by side (time) or bars below each other (names); ``summary`` says the main thing in a sentence."""

    caption: str
    heading: str
    series: Sequence[str]
    rows: Sequence[ChartRow]
    summary: str
    total: Sequence[str] = ()
    empty_text: str = ""

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to draw."""
        return any(figure.value for row in self.rows for figure in row.figures)

    @property
    def largest(self) -> int:
        """The longest column; at least 1."""
        return max([figure.value for row in self.rows for figure in row.figures] + [1])


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A share from 0 to 100 percent and how it is written."""

    percent: int
    words: str

    @property
    def level(self) -> int:
        """How strong it is drawn, 0 to ``HEAT_LEVELS``.

        >>> [HeatCell(percent, "").level for percent in (0, 1, 20, 21, 100)]
        [0, 1, 1, 2, 5]
        """
        return min(HEAT_LEVELS, -(-self.percent * HEAT_LEVELS // 100))


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One line of a heat map."""

    label: str
    cells: Sequence[HeatCell]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rows × columns of shares; ``columns`` are (label, short label)."""

    caption: str
    heading: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[HeatRow]
    summary: str
