"""A condition ready to be tested: clauses that must all hold, and which of them failed.

Not here: how clauses are made from the document (``matching``).
"""

from collections.abc import Callable
from dataclasses import dataclass

from booking_core.engines.ordinance.scene import Scene

Test = Callable[[Scene], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """Named tests joined by *and*. ``specificity``: how many things it asks for."""

    clauses: tuple[tuple[str, Test], ...]
    specificity: int

    def holds(self, scene: Scene) -> bool:
        """Whether every clause holds."""
        for _, test in self.clauses:  # noqa: SIM110 - the loop is measurably faster than all()
            if not test(scene):
                return False
        return True

    def first_failing(self, scene: Scene) -> str | None:
        """The name of the first clause that does not hold; None where all do."""
        for name, test in self.clauses:
            if not test(scene):
                return name
        return None


UNCONDITIONAL = Condition((), 0)
