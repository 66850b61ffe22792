"""Time on a page: the week as a table, a day as a bar.

Not here: what is free (the availability engine decides, pages hand in the words).
"""

from collections.abc import Sequence

from django import template

from design_system.contracts import DayStrip, WeekTable

register = template.Library()
Context = dict[str, object]


@register.inclusion_tag("design_system/components/week.html")
def ui_week(week: WeekTable) -> Context:
    """Print hours × days; each free hour is a link that says its own time."""
    return {"week": week, "rows": [(row, list(zip(week.days, row.cells, strict=True))) for row in week.rows]}


@register.inclusion_tag("design_system/components/strip.html")
def ui_strip(strip: DayStrip) -> Context:
    """Print one day as a bar with its sentence."""
    return {"strip": strip}


@register.inclusion_tag("design_system/components/strips.html")
def ui_strips(strips: Sequence[DayStrip], label: str, compact: bool = False) -> Context:
    """Print several days as bars below each other, or side by side (``compact``, for cards)."""
    return {"strips": strips, "label": label, "compact": compact}
