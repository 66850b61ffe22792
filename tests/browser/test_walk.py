"""Every page a link leads to: axe finds nothing on a desktop in light and on a phone in the dark, nothing scrolls
sideways, not even at 320 px. Citizens, the administrator of a town, strangers on the main host, and operators.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import test_story as story_chapters
from tests.browser.axe import faults_of, is_too_wide, is_too_wide_at
from tests.browser.stack import Stack
from tests.browser.walk import walk

pytestmark = pytest.mark.browser

TENANT, PUBLIC = "config.urls_tenant", "config.urls_public"
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 375, "height": 800}, "color_scheme": "dark"}
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
    """Collects what is wrong on each page in one look, so that one run tells everything."""

    def __init__(self, how: str) -> None:
        self.how = how
        self.faults: dict[str, list[str]] = {}

    def __call__(self, page: Page, path: str) -> None:
        found = faults_of(page)
        if is_too_wide(page):
            found.append("scrolls sideways")
        if is_too_wide_at(page, NARROWEST):
            found.append(f"scrolls sideways at {NARROWEST} px")
        if found:
            self.faults[f"{path} ({self.how})"] = found


def _pages(
    browser: Browser, device: dict[str, object], cookies: list[dict[str, object]] | None = None
) -> Page:
    context = browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", **device)  # type: ignore[arg-type]
    if cookies:
        context.add_cookies(cookies)  # type: ignore[arg-type]
    return context.new_page()


@pytest.mark.parametrize(("how", "device"), [("desktop, light", DESKTOP), ("phone, dark", PHONE)])
def test_citizens_pages(borgstedt: str, browser: Browser, how: str, device: dict[str, object]) -> None:
    look = Looker(how)
    page = _pages(browser, device)
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


@pytest.mark.parametrize(("how", "device"), [("desktop, light", DESKTOP), ("phone, dark", PHONE)])
def test_back_office_pages(
    borgstedt: str, browser: Browser, signed_in: BrowserContext, how: str, device: dict[str, object]
) -> None:
    look = Looker(how)
    page = _pages(browser, device, signed_in.cookies())  # type: ignore[arg-type]
    starts = ["/verwaltung/", "/verwaltung/eingang/", "/willkommen/", "/konto/"]
    seen = walk(page, borgstedt, starts, urlconf=TENANT, look=look)
    page.context.close()
    assert look.faults == {}
    assert len([name for name in seen if name.startswith("backoffice_")]) >= FEWEST_OFFICE_PAGES, sorted(seen)


@pytest.mark.parametrize(("how", "device"), [("desktop, light", DESKTOP), ("phone, dark", PHONE)])
def test_pages_of_the_main_host(stack: Stack, browser: Browser, how: str, device: dict[str, object]) -> None:
    look = Looker(how)
    page = _pages(browser, device)
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


@pytest.mark.parametrize(("how", "device"), [("desktop, light", DESKTOP), ("phone, dark", PHONE)])
def test_pages_of_operators(
    stack: Stack, borgstedt: str, browser: Browser, how: str, device: dict[str, object]
) -> None:
    told = stack.manage("shell", "-c", _OPERATOR)
    _word, name, key = next(line for line in told.splitlines() if line.startswith("KEY ")).split()
    look = Looker(how)
    page = _pages(browser, device, [{"name": name, "value": key, "url": stack.origin()}])
    seen = walk(page, stack.origin(), ["/betrieb/"], urlconf=PUBLIC, look=look)
    page.context.close()
    assert look.faults == {}
    console = [route for route in seen if route.startswith("operator_")]
    assert len(console) >= FEWEST_OPERATOR_PAGES, sorted(seen)
