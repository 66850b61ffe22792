"""Ask axe about the page in front of us: no violation of WCAG 2.2 AA, nothing wider than the window."""

from functools import lru_cache
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@lru_cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def faults_of(page: Page) -> list[str]:
    """What axe finds, one line per rule with the first places."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    return [
        f"{fault['id']} ({fault['impact']}): " + "; ".join(str(node["target"]) for node in fault["nodes"][:3])
        for fault in found["violations"]
    ]


def is_too_wide(page: Page) -> bool:
    """Whether the page itself scrolls sideways."""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    )


def check_page(page: Page, where: str = "") -> None:
    """Fail with everything axe found here, and where the page is wider than the window."""
    faults = faults_of(page)
    if is_too_wide(page):
        faults.append("the page scrolls sideways")
    assert faults == [], f"{where or page.url}: {faults}"
