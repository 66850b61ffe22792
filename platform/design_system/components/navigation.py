"""Ways to other pages: crumbs, tabs, pages of a list, filters, menus.

Not here: buttons (``actions``).
"""

from collections.abc import Sequence

from django import template
from django.core.paginator import Page
from django.template.context import Context as TemplateContext

from design_system.contracts import Crumb, FilterGroup, NavGroup, NavItem

register = template.Library()
Context = dict[str, object]


@register.inclusion_tag("design_system/components/breadcrumbs.html")
def ui_breadcrumbs(crumbs: Sequence[Crumb] | None) -> Context:
    """Print the way to this page."""
    return {"crumbs": crumbs or ()}


@register.inclusion_tag("design_system/components/back_link.html")
def ui_back_link(url: str, label: str = "") -> Context:
    """Print "Zurück" at the top of a step."""
    return {"url": url, "label": label}


@register.inclusion_tag("design_system/components/tabs.html")
def ui_tabs(items: Sequence[NavItem], label: str) -> Context:
    """Print tabs as plain links; the current one is said to be so."""
    return {"items": items, "label": label}


@register.inclusion_tag("design_system/components/nav_list.html")
def ui_nav_list(items: Sequence[NavItem] | None) -> Context:
    """Print the links of a navigation as list items."""
    return {"items": items or ()}


@register.inclusion_tag("design_system/components/side_nav.html")
def ui_side_nav(groups: Sequence[NavGroup] | None, prefix: str = "side") -> Context:
    """Print the side navigation; ``prefix`` keeps ids apart when it is printed twice."""
    return {"groups": groups or (), "prefix": prefix}


@register.inclusion_tag("design_system/components/pagination.html", takes_context=True)
def ui_pagination(context: TemplateContext, page: Page[object], parameter: str = "page") -> Context:
    """Print the pages of a list; other parts of the query stay as they are."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def url(number: int) -> str:
        if query is None:
            return f"?{parameter}={number}"
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    entries = [
        (number, url(number) if isinstance(number, int) else "")
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "entries": entries,
        "previous_url": url(page.number - 1) if page.has_previous() else "",
        "next_url": url(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("design_system/components/filters.html")
def ui_filters(groups: Sequence[FilterGroup], reset_url: str = "", label: str = "") -> Context:
    """Print filters as plain links; the ones in force are pressed and go away with a click."""
    return {"groups": groups, "reset_url": reset_url, "label": label}
