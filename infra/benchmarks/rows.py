"""What every benchmark returns: one row with its figures, its goal and whether the goal was met.

Not here: measuring (the modules beside this one).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Row:
    """One measured promise.

    ``figures``: measured values by name, the unit in the name. ``ratio``: ours against the reference of the goal, None
    where the goal is not a ratio. ``goal``: the promise in words.
    """

    name: str
    figures: dict[str, float]
    ratio: float | None
    goal: str
    met: bool

    def to_data(self) -> dict[str, object]:
        """Return the row as plain JSON values."""
        return asdict(self)


def table(rows: Iterable[Row]) -> str:
    """The rows for reading: goal, ratio, verdict, and the figures below."""
    lines = []
    for row in rows:
        ratio = "" if row.ratio is None else f"ratio {row.ratio:g}"
        lines.append(f"{'met ' if row.met else 'OPEN'}  {row.name:<58} {ratio:<14} goal: {row.goal}")
        lines.append("        " + "  ".join(f"{name} {value:g}" for name, value in row.figures.items()))
    return "\n".join(lines)
