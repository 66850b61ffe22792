"""What every benchmark returns: one row with its figures, its goal and whether the goal was met.

Not here: measuring (the modules beside this one).
"""

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
