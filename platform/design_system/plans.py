"""What pages hand to the components that draw many things over the same time: frozen values, ready to print.

Not here: how they look (``templates/design_system``), other components' values (``contracts``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from design_system.contracts import WeekDay

PartKind = Literal["booked", "requested", "closure", "hold", "buffer", "closed"]


@dataclass(frozen=True, slots=True)
class BarPart:
    """A stretch of a row, in slots of the bar, ``[start, end)``. ``text`` is seen, ``label`` is heard.

    ``move_url`` is where a stretch that is dragged elsewhere is confirmed; empty where it cannot be moved. Dropped on
    another stretch with a ``swap_key``, it leads to ``swap_url`` with that key instead.
    """

    start: int
    end: int
    kind: PartKind
    label: str
    text: str = ""
    url: str = ""
    move_url: str = ""
    swap_url: str = ""
    swap_key: str = ""


@dataclass(frozen=True, slots=True)
class BarMark:
    """A head over slots ``[start, end)``: an hour of the day, a day of the week."""

    start: int
    end: int
    label: str
    spoken: str = ""
    is_today: bool = False

    @property
    def slots(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class BarRow:
    """What one thing is taken for. Stretches that lie over each other are printed below each other.

    ``key`` names the thing where a stretch is dragged to it; ``is_part`` sets it under the row above.
    """

    label: str
    parts: Sequence[BarPart]
    url: str = ""
    note: str = ""
    key: str = ""
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class TimeBar:
    """Many things over the same time: rows are things, columns ``slots`` of ``slot_minutes`` from ``start`` on.

    ``legend`` are the kinds that occur, with their words. With ``start`` and ``zone`` stretches can be dragged.
    """

    caption: str
    slots: int
    slot_minutes: int
    marks: Sequence[BarMark]
    rows: Sequence[BarRow]
    legend: Sequence[tuple[PartKind, str]] = ()
    start: datetime | None = None
    zone: str = ""
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of a day in a plan: "18–20 Uhr", "Yoga"."""

    time: str
    text: str = ""
    kind: PartKind = "booked"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One thing with its lines for each day."""

    label: str
    days: Sequence[Sequence[PlanLine]]
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A week of many things on one sheet: rows are things, columns days."""

    caption: str
    days: Sequence[WeekDay]
    rows: Sequence[PlanRow]
    free_text: str = "–"


@dataclass(frozen=True, slots=True)
class HallRow:
    """An offer and, for each unit of the drawing, whether it takes it."""

    label: str
    takes: Sequence[bool]


@dataclass(frozen=True, slots=True)
class HallDrawing:
    """What a hall consists of: its units side by side as (name, note), and below what each offer takes of them."""

    caption: str
    units: Sequence[tuple[str, str]]
    rows: Sequence[HallRow]
