"""Time on a page: the week as a table, the month as a calendar, a day as a bar, many things over the same time, a plan.

Not here: what is free (the availability engine decides, pages hand in the words).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django import template

from design_system.calendars import MonthTable
from design_system.contracts import DayStrip, WeekTable
from design_system.plans import BarPart, BarRow, HallDrawing, TimeBar, WeekPlan

register = template.Library()
Context = dict[str, object]


@register.inclusion_tag("design_system/components/week.html")
def ui_week(week: WeekTable) -> Context:
    """Print hours × days; each free hour is a link that says its own time."""
    return {"week": week, "rows": [(row, list(zip(week.days, row.cells, strict=True))) for row in week.rows]}


@register.inclusion_tag("design_system/components/month.html")
def ui_month(month: MonthTable) -> Context:
    """Print weeks × weekdays; each day says in words what its shade shows."""
    return {"month": month}


@register.inclusion_tag("design_system/components/strip.html")
def ui_strip(strip: DayStrip) -> Context:
    """Print one day as a bar with its sentence."""
    return {"strip": strip}


def _axis_hours(strip: DayStrip) -> list[int]:
    """The hours to write above bars, one where each fine line is; none where the first or last part is shorter."""
    minutes = [strip.from_minutes, *strip.hour_marks, strip.until_minutes]
    if len({later - earlier for earlier, later in pairwise(minutes)}) != 1:
        return []
    return [minute // 60 for minute in minutes[:-1]]


@register.inclusion_tag("design_system/components/strips.html")
def ui_strips(strips: Sequence[DayStrip], label: str, compact: bool = False) -> Context:
    """Print several days as bars below each other under their hours, or side by side (``compact``, for cards)."""
    bounds = {(strip.from_minutes, strip.until_minutes) for strip in strips}
    axis = _axis_hours(strips[0]) if len(bounds) == 1 and not compact else []
    return {"strips": strips, "label": label, "compact": compact, "axis": axis}


@dataclass(frozen=True, slots=True)
class BarCell:
    """A table cell over ``slots`` columns: a stretch, or nothing."""

    slots: int
    part: BarPart | None = None


@dataclass(frozen=True, slots=True)
class BarLines:
    """A row of the bar with the table lines it needs."""

    row: BarRow
    lines: Sequence[Sequence[BarCell]]


@register.inclusion_tag("design_system/components/timebar.html")
def ui_timebar(bar: TimeBar) -> Context:
    """Print things × time; a stretch is a cell over its columns, so it is a table for everyone."""
    return {"bar": bar, "rows": [BarLines(row, bar_lines(row.parts, bar.slots)) for row in bar.rows]}


@register.inclusion_tag("design_system/components/weekplan.html")
def ui_weekplan(plan: WeekPlan) -> Context:
    """Print things × days, each day with its lines; made for paper."""
    return {"plan": plan}


@register.inclusion_tag("design_system/components/hall.html")
def ui_hall(hall: HallDrawing) -> Context:
    """Draw the units of a hall side by side, and below them what each offer takes."""
    return {"hall": hall}


def bar_lines(parts: Iterable[BarPart], slots: int) -> list[list[BarCell]]:
    """Lay stretches into as few lines as possible, none over another, and fill the gaps.

    >>> def part(start, end): return BarPart(start, end, "booked", "")
    >>> [[cell.slots for cell in line] for line in bar_lines([part(2, 4), part(3, 5), part(4, 6)], 8)]
    [[2, 2, 2, 2], [3, 2, 3]]
    """
    lines: list[list[BarPart]] = []
    for part in sorted(parts, key=lambda one: (one.start, -one.end)):
        line = next((one for one in lines if one[-1].end <= part.start), None)
        if line is None:
            lines.append([part])
        else:
            line.append(part)
    return [_filled(line, slots) for line in lines] or [_filled([], slots)]


def _filled(parts: Sequence[BarPart], slots: int) -> list[BarCell]:
    cells: list[BarCell] = []
    position = 0
    for part in parts:
        if part.start > position:
            cells.append(BarCell(part.start - position))
        cells.append(BarCell(part.end - part.start, part))
        position = part.end
    if position < slots:
        cells.append(BarCell(slots - position))
    return cells
