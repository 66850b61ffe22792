"""Where columns and bars stand: the longest fills the picture, nothing is nothing, a little is still seen."""

from itertools import pairwise

from design_system.charts import Chart, ChartRow, Figure, HeatCell
from design_system.components.charts import bar_rects, chart_table, column_rects


def chart(*values: tuple[int, ...]) -> Chart:
    rows = [ChartRow(f"r{place}", [Figure(v, str(v)) for v in found]) for place, found in enumerate(values)]
    return Chart("Titel", "Zeile", [f"s{n}" for n in range(len(values[0]) if values else 0)], rows, "Satz")


def test_columns_stand_on_the_ground_and_never_over_each_other() -> None:
    rects = column_rects(chart((100, 50), (0, 1), (-20, 25)))
    assert [rect.height for rect in rects] == [1000, 500, 0, 10, 0, 250]
    assert all(rect.y + rect.height == 1000 for rect in rects)
    assert all(left.x + left.width <= right.x for left, right in pairwise(rects))


def test_bars_of_one_name_lie_below_each_other() -> None:
    ((first, second),) = bar_rects(chart((10, 5)))
    assert (first.width, second.width) == (1000, 500)
    assert first.y + first.height <= second.y


def test_the_table_says_the_same_and_no_figures_are_no_fault() -> None:
    table = chart_table(chart((1200, 30)))
    assert list(table.rows[0][1:]) == ["1200", "30"]
    assert column_rects(chart()) == [] == bar_rects(chart())
    assert [HeatCell(percent, "").level for percent in (0, 1, 20, 21, 99, 100)] == [0, 1, 1, 2, 5, 5]
