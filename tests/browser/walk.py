"""Walk a site from page to page like a visitor who clicks every link once: one visit for each route.

Not here: what is looked at on a page (``axe``).
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

NOT_PAGES = (
    "logout",
    "abmelden",
    "kalender.ics",
    ".pdf",
    ".xml",
    ".svg",
    ".csv",
    ".yaml",
    "mail.html",
    "medien/",
    "openapi.json",
    "schemas/",
    "static/",
)
LEAVING = frozenset({"account_logout", "guest_leave", "brand_css", "media", "tenant_logo"})


def route_of(path: str, urlconf: str) -> str:
    """The name of the route a path leads to; "" for none."""
    try:
        return resolve(path, urlconf=urlconf).view_name
    except Resolver404:
        return ""


def walk(
    page: Page,
    origin: str,
    starts: list[str],
    *,
    urlconf: str,
    look: Callable[[Page, str], None],
    within: tuple[str, ...] = ("/",),
) -> set[str]:
    """Visit every route that can be reached by links from ``starts`` once; call ``look`` on each page.

    Only paths that begin with one of ``within``: what lies beyond is another walk's. Gives back the names of all
    visited routes. A page that does not answer 200 fails the walk.
    """
    waiting, seen = list(starts), set[str]()
    while waiting:
        path = waiting.pop(0)
        name = route_of(urlsplit(path).path, urlconf)
        is_page = name and name not in LEAVING and not any(part in path for part in NOT_PAGES)
        if not is_page or name in seen or not path.startswith(within):
            continue
        seen.add(name)
        answer = page.goto(origin + path)
        assert answer is not None
        assert answer.status == 200, f"{path} answered {answer.status}"
        look(page, path)
        waiting += _links(page, origin)
    return seen


def _links(page: Page, origin: str) -> list[str]:
    """The paths of all links on the page that stay on this host."""
    found: list[str] = page.evaluate("Array.from(document.querySelectorAll('a[href]'), link => link.href)")
    return [link.removeprefix(origin).split("#")[0] for link in found if link.startswith(origin + "/")]
