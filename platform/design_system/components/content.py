"""What pages show: cards, places, photos, tables, answers, prices.

Not here: time on a page (``schedule``), states (``feedback``).
"""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from design_system.comparisons import ComparisonTable
from design_system.contracts import (
    Cell,
    Fact,
    Photo,
    PlaceCard,
    PriceTable,
    SummaryRow,
    Table,
)

register = template.Library()
Context = dict[str, object]


@register.inclusion_tag("design_system/components/card.html")
def ui_card(title: str, url: str = "", text: str = "", icon: str = "", note: str = "") -> Context:
    """Print a card; with ``url`` the whole card is the link. Put cards into ``<ul class="b-cards">``."""
    return {"title": title, "url": url, "text": text, "icon": icon, "note": note}


@register.simple_block_tag
def ui_panel(
    content: SafeString, title: str = "", level: int = 2, tone: str = "", icon: str = ""
) -> SafeString:
    """Print a framed part of a page: ``{% ui_panel "Titel" %}…{% endui_panel %}``. ``tone``: "", quiet, accent."""
    context = {"content": content, "title": title, "level": level, "tone": tone, "icon": icon}
    return render_to_string("design_system/components/panel.html", context)


@register.inclusion_tag("design_system/components/place_card.html")
def ui_place_card(place: PlaceCard, level: int = 3, wide: bool = False) -> Context:
    """Print a place with photo, facts, price and its next free days; ``wide`` for result lists."""
    return {"place": place, "level": level, "wide": wide}


@register.inclusion_tag("design_system/components/photo.html")
def ui_photo(photo: Photo | None, sizes: str = "100vw", lazy: bool = True, shape: str = "") -> Context:
    """Print a photo with its size reserved. ``shape``: "", card, wide, square. None prints a quiet stand-in."""
    return {"photo": photo, "sizes": sizes, "lazy": lazy, "shape": shape}


@register.inclusion_tag("design_system/components/facts.html")
def ui_facts(facts: Sequence[Fact]) -> Context:
    """Print short truths in a row, each with its icon."""
    return {"facts": facts}


@register.inclusion_tag("design_system/components/summary.html")
def ui_summary(rows: Sequence[SummaryRow], label: str = "") -> Context:
    """Print answers to check, each with its "Ändern" link."""
    return {"rows": rows, "label": label}


@register.inclusion_tag("design_system/components/table.html")
def ui_table(table: Table) -> Context:
    """Print a table that scrolls inside its own region, or stacks into cards on phones (``is_stacked``)."""
    rows = [
        [_headed(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    footer = [_headed(cell, column) for cell, column in zip(table.footer, table.columns, strict=False)]
    return {"table": table, "rows": rows, "footer": footer}


@register.simple_block_tag
def ui_table_region(content: SafeString, label: str, is_stacked: bool = False) -> SafeString:
    """Give a hand-written ``<table class="kern-table">`` its scroll region; ``is_stacked``: cards on phones."""
    return render_to_string(
        "design_system/components/table_region.html",
        {"content": content, "label": label, "is_stacked": is_stacked},
    )


@register.inclusion_tag("design_system/components/comparison.html")
def ui_comparison(comparison: ComparisonTable) -> Context:
    """Print figures before and after as a table; the bars beside are for the eye alone."""
    return {"comparison": comparison}


@register.inclusion_tag("design_system/components/price_table.html")
def ui_price(price: PriceTable, open: bool = False) -> Context:  # noqa: A002 — the HTML attribute's own name
    """Print a quote: lines with their paragraph, total, deposit apart, and why the price is what it is."""
    return {"price": price, "is_open": open}


@register.simple_block_tag
def ui_details(content: SafeString, title: str, is_open: bool = False) -> SafeString:
    """Print content that opens on demand: ``{% ui_details "Warum?" %}…{% endui_details %}``."""
    context = {"content": content, "title": title, "is_open": is_open}
    return render_to_string("design_system/components/details.html", context)


@register.simple_block_tag(takes_context=True)
def ui_confirm(context: template.Context, content: SafeString, **options: str) -> SafeString:
    """Print "are you sure" as a form of its own page.

    ``options``: ``submit``, ``cancel_url``, ``cancel_label``, ``action``,
    ``tone`` ("danger" for what cannot be undone).
    """
    values = {"content": content, "csrf_token": context.get("csrf_token", ""), **options}
    return render_to_string("design_system/components/confirm.html", values)


def _headed(cell: Cell | str, column: object) -> Context:
    shown = cell if isinstance(cell, Cell) else Cell(str(cell))
    return {"cell": shown, "column": column, "is_empty": not shown.text and not shown.note}
