"""``make screenshots``: pictures of the main pages, wide and narrow, light and dark, into ``var/screenshots``.

Not here: which pages (``screenshot_pages``).
"""

import re
import sys
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from infra.demo_process import VAR, RunningDemo, running_demo
from infra.screenshot_pages import PAGES
from infra.screenshot_pages import Page as Wanted
from infra.setup.browser import find_browser

Scheme = Literal["light", "dark"]
WIDTHS = (1280, 375)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
HEIGHT = 900
# How the demo's greeting names its logins; the first one is an administrator of the first town.
LOGIN = re.compile(r"[\w.+-]+@[\w.-]+")
PASSWORD = re.compile(r"Passwort[^:]*: (\S+)")


def main() -> int:
    """Start a demo, take all pictures, stop it; return 1 if a page could not be pictured."""
    folder = VAR / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    with running_demo("screenshots-demo") as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox", "--lang=de-DE"]
        )
        for width, scheme in product(WIDTHS, SCHEMES):
            failed += _take_all(browser, demo, folder, width=width, scheme=scheme)
        browser.close()
    print(f"pictures in {folder}")
    return 1 if failed else 0


def _take_all(browser: Browser, demo: RunningDemo, folder: Path, *, width: int, scheme: Scheme) -> int:
    failed = 0
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, locale="de-DE"
    )
    page = context.new_page()
    signed_in = False
    for wanted in PAGES:
        if wanted.signed_in and not signed_in:
            _sign_in(page, demo)
            signed_in = True
        address = _address(demo, wanted)
        answer = page.goto(address, wait_until="load")
        if wanted.follow:
            page.locator(f'main a[href^="{wanted.follow}"]').first.click()
            page.wait_for_load_state("load")
        if answer is None or not answer.ok:
            print(
                f"{wanted.name}: {address} answers {answer.status if answer else 'nothing'}", file=sys.stderr
            )
            failed += 1
            continue
        page.screenshot(path=folder / f"{wanted.name}-{width}-{scheme}.png", full_page=True)
    context.close()
    return failed


def _address(demo: RunningDemo, wanted: Wanted) -> str:
    start = demo.main_address if wanted.host == "main" else demo.town_addresses[0]
    return start.rstrip("/") + wanted.path


def _sign_in(page: Page, demo: RunningDemo) -> None:
    login, password = LOGIN.search(demo.output), PASSWORD.search(demo.output)
    if login is None or password is None:
        raise RuntimeError("the demo named no login")
    page.goto(demo.town_addresses[0] + "konto/login/")
    page.fill('input[name="login"]', login[0])
    page.fill('input[name="password"]', password[1])
    page.click('main button[type="submit"]')
    page.wait_for_load_state("load")


if __name__ == "__main__":
    sys.exit(main())
