"""The wizard and a citizen's booking by keyboard alone, on the narrowest phone, in the dark; and without scripts.

Every page on the way is looked at by axe. Not here: creating the site itself (``test_story``).
"""

import re
from collections.abc import Iterator
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.axe import check_page
from tests.browser.keyboard import Keyboard
from tests.browser.stack import Stack
from tests.browser.test_story import code_in, saturday

pytestmark = pytest.mark.browser

NARROW = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark", "reduced_motion": "reduce"}
WITHOUT_SCRIPTS = {
    "viewport": {"width": 375, "height": 800}, "java_script_enabled": False, "reduced_motion": "reduce",
}  # fmt: skip
WIZARD: list[tuple[str, dict[str, str]]] = [
    ("art", {"kind": "municipality"}),
    ("name", {"official_name": "Gemeinde Klein Wittensee", "short_name": "Klein Wittensee"}),
    ("schluessel", {"municipality_key": "01058092"}),
    ("anschrift", {"street": "Dorfstraße 2", "postal_code": "24361", "city": "Klein Wittensee",
                   "contact_email": "gemeinde@wittensee.example"}),
    ("email", {"name": "Bert Bürgermeister", "email": "{who}"}),
    ("code", {"code": "{code}"}),
    ("adresse", {}),
    ("aussehen", {"tagline": "Räume am See"}),
    ("angebote", {"choice": "village_hall"}),
    ("rechtstexte", {}),
    ("vereinbarung", {"accepted_by": "Bert Bürgermeister", "accepted": "on"}),
]  # fmt: skip
CONTACT = {
    "title": "Lesung", "name": "Max Mustermann", "email": "{who}", "street": "Musterweg 3",
    "postal_code": "24794", "city": "Borgstedt",
}  # fmt: skip


class Hands(Protocol):
    """How somebody fills in pages."""

    def write(self, target: Locator, text: str) -> None: ...
    def choose(self, radio: Locator) -> None: ...
    def pick(self, select: Locator, value: str) -> None: ...
    def press(self, target: Locator, key: str = "Enter") -> None: ...


class Mouse:
    """Clicks and types; works without scripts."""

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, radio: Locator) -> None:
        radio.check(force=True)

    def pick(self, select: Locator, value: str) -> None:
        select.select_option(value)

    def press(self, target: Locator, key: str = "Enter") -> None:
        if key != "Space":
            return target.click()
        # A drawn box lies over the real one. A forced click would not wait until the page has stopped scrolling.
        label = target.page.locator(f"label[for={target.get_attribute('id')}]")
        label.click(position={"x": 4, "y": 4})
        return expect(target).to_be_checked()


@pytest.fixture
def narrow(browser: Browser) -> Iterator[Page]:
    """The narrowest phone."""
    yield from _page(browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", **NARROW))  # type: ignore[arg-type]


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A browser that runs no scripts."""
    yield from _page(browser.new_context(locale="de-DE", timezone_id="Europe/Berlin", **WITHOUT_SCRIPTS))  # type: ignore[arg-type]


def _page(context: BrowserContext) -> Iterator[Page]:
    yield context.new_page()
    context.close()


def test_the_wizard_by_keyboard(stack: Stack, narrow: Page) -> None:
    keys = Keyboard(narrow)
    narrow.goto(stack.origin() + "/")
    keys.step()
    narrow.keyboard.press("Enter")  # the skip link, over the menu
    keys.press(narrow.locator("main").get_by_role("link", name="Kommune anmelden").first)
    narrow.wait_for_url("**/anmelden/")
    keys.press(narrow.get_by_role("button", name="Los geht’s"))
    _answer_the_wizard(stack, narrow, keys, who="tastatur@wittensee.example", with_axe=True)
    keys.go_to(narrow.get_by_role("button", name="Seite jetzt einrichten"))
    assert keys.faults == []


def test_the_wizard_without_scripts(stack: Stack, scriptless: Page) -> None:
    scriptless.goto(stack.origin() + "/anmelden/")
    scriptless.get_by_role("button", name="Los geht’s").click()
    _answer_the_wizard(stack, scriptless, Mouse(), who="ohneskript@wittensee.example")
    expect(scriptless.get_by_role("button", name="Seite jetzt einrichten")).to_be_visible()


def test_a_booking_by_keyboard(stack: Stack, borgstedt: str, narrow: Page) -> None:
    keys = Keyboard(narrow)
    narrow.goto(borgstedt + "/")
    check_page(narrow)
    keys.step()
    narrow.keyboard.press("Enter")
    keys.press(narrow.locator("main").get_by_role("link", name="Kleiner Saal").first)
    narrow.wait_for_url("**/raum/kleiner-saal/**")
    check_page(narrow)
    narrow.goto(f"{borgstedt}/raum/kleiner-saal/?woche={saturday().isoformat()}")
    keys.press(narrow.locator("main a[href*='/buchen/'][href*='von=']").first)
    narrow.wait_for_url("**/buchen/**")
    _book(stack, narrow, keys, who="tastatur@example.org", with_axe=True)
    assert keys.faults == []


def test_a_booking_without_scripts(stack: Stack, borgstedt: str, scriptless: Page) -> None:
    scriptless.goto(f"{borgstedt}/buchen/raum-der-jugend/?tag={saturday().isoformat()}&von=11:00&bis=13:00")
    _book(stack, scriptless, Mouse(), who="ohneskript@example.org")


def _answer_the_wizard(stack: Stack, page: Page, hands: Hands, *, who: str, with_axe: bool = False) -> None:
    """All questions up to the summary."""
    for slug, answers in WIZARD:
        page.wait_for_url(f"**/{slug}/")
        if with_axe:
            check_page(page)
        for name, text in answers.items():
            _answer(page, hands, name, _filled(stack, text, who))
        hands.press(page.locator("main form .b-actions button").first)
    page.wait_for_url("**/pruefen/")
    if with_axe:
        check_page(page)


def _book(stack: Stack, page: Page, hands: Hands, *, who: str, with_axe: bool = False) -> None:
    """From the form with a time chosen to the sent request."""

    def go_on(button: str = "^(Weiter|Code prüfen|Bestätigen|Prüfen)", **answers: str) -> None:
        if with_axe:
            check_page(page)
        for name, text in answers.items():
            _answer(page, hands, name, _filled(stack, text, who))
        before = page.url
        hands.press(page.locator("main").get_by_role("button", name=re.compile(button)).first)
        page.wait_for_url(lambda url: url != before)

    go_on(gruppe="private", zweck="private_event")
    go_on(**CONTACT)
    go_on(code="{code}")
    go_on("^Anfrage senden")
    expect(page.locator("main")).to_contain_text(re.compile("Verwaltung prüft|Wie es weitergeht"))
    if with_axe:
        check_page(page)


def _filled(stack: Stack, text: str, who: str) -> str:
    return code_in(stack.wait_for_mail(who, "ode")) if text == "{code}" else text.format(who=who)


def _answer(page: Page, hands: Hands, name: str, text: str) -> None:
    fields = page.locator(f"main [name={name}]")
    kind = fields.first.get_attribute("type") or fields.first.evaluate("element => element.localName")
    if kind == "radio":
        hands.choose(page.locator(f"main [name={name}][value={text}]"))
    elif kind == "checkbox":
        hands.press(fields.first, "Space")
    elif kind == "select":
        hands.pick(fields.first, text)
    else:
        hands.write(fields.first, text)
