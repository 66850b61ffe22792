"""Row 9: what the first visit to a page costs on a phone, in a real browser with an empty cache.

Not here: how quickly the server answers (``bench_pages``). The proxy compresses pages (``infra/deploy``); what the demo
sends plain is counted as the proxy would send it.
"""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Response, ViewportSize, sync_playwright

from infra.benchmarks.rows import Row
from infra.demo_process import RunningDemo
from infra.screenshot_pages import Page
from infra.setup.browser import find_browser

MOST_KILOBYTES, MOST_SHIFT = 150.0, 0.0
_PHONE = ViewportSize(width=375, height=812)
_TEXTS = ("text/", "application/javascript", "application/json", "image/svg")
_LEAST_TEXT = 80  # letters of the main part that can be read before any script runs
# What has moved since the page began, except after somebody touched it.
_SHIFT = """() => new Promise(resolve => {
  let moved = 0;
  const see = list => { for (const one of list) if (!one.hadRecentInput) moved += one.value; };
  const observer = new PerformanceObserver(list => see(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => { see(observer.takeRecords()); resolve(moved); }, 400);
})"""


@dataclass(frozen=True, slots=True)
class Visit:
    """One first visit."""

    kilobytes: float
    shift: float
    letters: int


def phone_row(demo: RunningDemo, pages: Iterable[Page]) -> Row:
    """Visit each page that needs no sign-in, with nothing kept from the one before."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        visits = {page.name: _visit(browser, demo, page) for page in pages if not page.signed_in}
        browser.close()
    return row_of(visits)


def row_of(visits: dict[str, Visit]) -> Row:
    """The worst page decides."""
    heaviest = max(one.kilobytes for one in visits.values())
    most_moved = max(one.shift for one in visits.values())
    fewest = min(one.letters for one in visits.values())
    figures = {f"{name}_kb": one.kilobytes for name, one in visits.items()}
    figures |= {"most_layout_shift": most_moved, "fewest_letters_without_scripts": fewest}
    goal = f"≤ {MOST_KILOBYTES:.0f} KB compressed, no layout shift, readable before scripts"
    met = heaviest <= MOST_KILOBYTES and most_moved <= MOST_SHIFT and fewest >= _LEAST_TEXT
    return Row("9 · a page on a phone, first visit", figures, None, goal, met=met)


def _visit(browser: Browser, demo: RunningDemo, wanted: Page) -> Visit:
    address = _address(browser, demo, wanted)
    context = _phone(browser, with_scripts=True)
    page, answers = context.new_page(), list[Response]()
    page.on("response", answers.append)
    page.goto(address, wait_until="load")
    moved = float(page.evaluate(_SHIFT))
    kilobytes = sum(_bytes(one) for one in answers) / 1000
    context.close()
    return Visit(round(kilobytes, 1), round(moved, 4), _letters(browser, address))


def _address(browser: Browser, demo: RunningDemo, wanted: Page) -> str:
    """Where the page is; for one that is reached by a link, where that leads."""
    start = demo.main_address if wanted.host == "main" else demo.town_addresses[0]
    address = start.rstrip("/") + wanted.path
    if not wanted.follow:
        return address
    context = _phone(browser, with_scripts=False)
    page = context.new_page()
    page.goto(address)
    found = page.locator(f'main a[href^="{wanted.follow}"]').first.get_attribute("href")
    context.close()
    return start.rstrip("/") + str(found)


def _letters(browser: Browser, address: str) -> int:
    context = _phone(browser, with_scripts=False)
    page = context.new_page()
    page.goto(address)
    letters = len(page.locator("main").inner_text())
    context.close()
    return letters


def _phone(browser: Browser, *, with_scripts: bool) -> BrowserContext:
    return browser.new_context(
        viewport=_PHONE, java_script_enabled=with_scripts, locale="de-DE", is_mobile=True
    )


def _bytes(answer: Response) -> int:
    """Headers and body as they travel."""
    sizes = answer.request.sizes()
    kind = answer.headers.get("content-type", "")
    if "content-encoding" in answer.headers or not kind.startswith(_TEXTS) or not answer.ok:
        return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])
    return len(gzip.compress(answer.body(), 6)) + int(sizes["responseHeadersSize"])
