"""Draw charts as SVG on the server, each beside the table that says the same.

Not here: their figures (``design_system.charts``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from design_system.charts import Chart, HeatMap
from design_system.contracts import Cell, Column, Table

register = template.Library()
Context = dict[str, object]
_SLOT, _GAP, _HEIGHT = 100, 14, 1000  # units of the drawing; it is stretched to its place on the page


@dataclass(frozen=True, slots=True)
class Rect:
    """One column or bar. ``series`` counts from 0."""

    x: int
    y: int
    width: int
    height: int
    series: int


@dataclass(frozen=True, slots=True)
class BarLine:
    """The bars of one name."""

    label: str
    words: str
    rects: Sequence[Rect]


@register.inclusion_tag("design_system/components/chart_columns.html")
def ui_columns(chart: Chart) -> Context:
    """Print columns over time, one group per row of the chart, with the table beside."""
    return {
        "chart": chart,
        "rects": column_rects(chart),
        "width": _SLOT * max(len(chart.rows), 1),
        "height": _HEIGHT,
        "grid": range(0, _HEIGHT + 1, _HEIGHT // 4),
        "table": chart_table(chart),
    }


@register.inclusion_tag("design_system/components/chart_bars.html")
def ui_bars(chart: Chart) -> Context:
    """Print one line of bars per name, with the table beside."""
    lines = [
        BarLine(row.short or row.label, " / ".join(figure.words for figure in row.figures), rects)
        for row, rects in zip(chart.rows, bar_rects(chart), strict=True)
    ]
    return {"chart": chart, "lines": lines, "width": _HEIGHT, "table": chart_table(chart)}


@register.inclusion_tag("design_system/components/chart_heat.html")
def ui_heat(heat: HeatMap) -> Context:
    """Print rows × columns of shares as a table whose cells are shaded."""
    return {"heat": heat, "label": figures_of(heat.caption)}


def column_rects(chart: Chart) -> list[Rect]:
    """Where the columns stand. Figures below zero are drawn as nothing; the table says them."""
    count = max(len(chart.series), 1)
    width = (_SLOT - 2 * _GAP) // count
    found = []
    for place, row in enumerate(chart.rows):
        for series, figure in enumerate(row.figures):
            height = _length(figure.value, chart.largest)
            x = place * _SLOT + _GAP + series * width
            found.append(Rect(x, _HEIGHT - height, width - 4, height, series))
    return found


def bar_rects(chart: Chart) -> list[list[Rect]]:
    """The bars of each row, below each other."""
    return [
        [
            Rect(0, 4 + 12 * series, _length(figure.value, chart.largest), 9, series)
            for series, figure in enumerate(row.figures)
        ]
        for row in chart.rows
    ]


def chart_table(chart: Chart) -> Table:
    """The same figures to read."""
    return Table(
        caption=figures_of(chart.caption),
        is_caption_hidden=True,
        is_dense=True,
        columns=[Column(chart.heading), *(Column(name, is_numeric=True) for name in chart.series)],
        rows=[[Cell(row.label, row.url), *(figure.words for figure in row.figures)] for row in chart.rows],
        footer=chart.total,
    )


def figures_of(caption: str) -> str:
    """The name of the table beside a chart: the part of the page around both has the chart's own."""
    return _("%(title)s, als Zahlen") % {"title": caption}


def _length(value: int, largest: int) -> int:
    """Nothing is nothing; a little is still seen."""
    return max(6, value * _HEIGHT // largest) if value > 0 else 0
