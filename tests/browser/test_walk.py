"""Every page a link leads to: axe finds nothing on a desktop in light and on a phone in the dark, nothing scrolls
sideways, not even at 320 px. Citizens, the administrator of a town, strangers on the main host, and operators.

Each page is opened once and looked at both ways: opening it costs more than turning it.
"""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser import test_story as story_chapters
from tests.browser.axe import faults_of, is_too_wide
from tests.browser.stack import Stack
from tests.browser.walk import walk

pytestmark = pytest.mark.browser

TENANT, PUBLIC = "config.urls_tenant", "config.urls_public"
WAYS: tuple[tuple[Literal["light", "dark"], ViewportSize], ...] = (
    ("light", {"width": 1280, "height": 900}),
    ("dark", {"width": 375, "height": 800}),
)
OFFICE = ("/verwaltung/", "/willkommen/", "/konto/", "/meine-buchungen/", "/buchung")
NARROWEST = 320  # WCAG 1.4.10: a window of 1280 px at 400 %
FEWEST_OFFICE_PAGES, FEWEST_CITIZEN_PAGES, FEWEST_MAIN_PAGES = 30, 9, 6


@pytest.fixture(scope="module")
def signed_in(stack: Stack, browser: Browser, borgstedt: str) -> Iterator[BrowserContext]:
    """The administrator's browser."""
    context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin")
    page = context.new_page()
    story_chapters.sign_in_by_code(stack, page, story_chapters.ADMINISTRATOR)
    page.close()
    yield context
    context.close()


class Looker:
    """Collects what is wrong on each page, so that one run tells everything."""

    def __init__(self) -> None:
        self.faults: dict[str, list[str]] = {}

    def __call__(self, page: Page, path: str) -> None:
        for scheme, size in WAYS:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size(size)
            found = faults_of(page)
            if is_too_wide(page):
                found.append("scrolls sideways")
            if found:
                self.faults[f"{path} ({scheme}, {size['width']} px)"] = found
        page.set_viewport_size({"width": NARROWEST, "height": 800})
        if is_too_wide(page):
            self.faults[f"{path} ({NARROWEST} px)"] = ["scrolls sideways"]


def _page(browser: Browser, cookies: list[dict[str, object]] | None = None) -> Page:
    context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin")
    if cookies:
        context.add_cookies(cookies)  # type: ignore[arg-type]
    return context.new_page()


def test_citizens_pages(borgstedt: str, browser: Browser) -> None:
    look = Looker()
    page = _page(browser)
    seen = walk(
        page,
        borgstedt,
        ["/", "/suche/", "/konto/login/", "/konto/signup/"],
        urlconf=TENANT,
        look=look,
    )
    page.context.close()
    assert look.faults == {}
    assert len(seen) >= FEWEST_CITIZEN_PAGES, sorted(seen)


def test_back_office_pages(borgstedt: str, browser: Browser, signed_in: BrowserContext) -> None:
    look = Looker()
    page = _page(browser, signed_in.cookies())  # type: ignore[arg-type]
    starts = ["/verwaltung/", "/verwaltung/eingang/", "/willkommen/", "/konto/"]
    seen = walk(page, borgstedt, starts, urlconf=TENANT, look=look, within=OFFICE)
    page.context.close()
    assert look.faults == {}
    assert len([name for name in seen if name.startswith("backoffice_")]) >= FEWEST_OFFICE_PAGES, sorted(seen)


def test_pages_of_the_main_host(stack: Stack, browser: Browser) -> None:
    look = Looker()
    page = _page(browser)
    starts = ["/", "/anmelden/", "/komponenten/", "/konto/login/", "/vereinbarung/", "/anmelden/fortsetzen/"]
    seen = walk(page, stack.origin(), starts, urlconf=PUBLIC, look=look)
    page.context.close()
    assert look.faults == {}
    assert len(seen) >= FEWEST_MAIN_PAGES, sorted(seen)


# What signing in with a second factor leaves in a session; the way there is tested in tests/web/operator.
_OPERATOR = """
import time
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from booking_core.identity.contracts import SYSTEM
from booking_core.identity.models import User
from operator_console.services import make_operator
make_operator("olga@partnerschaft.example", name="Olga Operator", actor=SYSTEM)
user = User.objects.get(email="olga@partnerschaft.example")
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
session["account_authentication_methods_user"] = str(user.pk)
session.create()
print("KEY", settings.SESSION_COOKIE_NAME, session.session_key)
"""
FEWEST_OPERATOR_PAGES = 4


def test_pages_of_operators(stack: Stack, borgstedt: str, browser: Browser) -> None:
    told = stack.manage("shell", "-c", _OPERATOR)
    _word, name, key = next(line for line in told.splitlines() if line.startswith("KEY ")).split()
    look = Looker()
    page = _page(browser, [{"name": name, "value": key, "url": stack.origin()}])
    seen = walk(page, stack.origin(), ["/betrieb/"], urlconf=PUBLIC, look=look, within=("/betrieb/",))
    page.context.close()
    assert look.faults == {}
    console = [route for route in seen if route.startswith("operator_")]
    assert len(console) >= FEWEST_OPERATOR_PAGES, sorted(seen)
