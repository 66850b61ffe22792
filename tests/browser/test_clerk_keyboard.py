"""A clerk without a mouse: decides requests, edits a room and its hours, invites a colleague; axe looks at every page.

Not here: citizens and the wizard by keyboard (``test_keyboard``).
Seen red with the summary keeping the focus after its key (the reason was read as shortcuts).
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import check_page
from tests.browser.keyboard import Keyboard
from tests.browser.stack import Stack
from tests.browser.test_story import ADMINISTRATOR, sign_in_by_code

pytestmark = pytest.mark.browser
SHORTCUTS_AS_WORDS = "Jubel kam bei aller Reparatur"
REQUESTS = """
from datetime import datetime, timedelta
from django.utils import timezone
from booking_core.catalog.queries import published_resources
from booking_core.identity.contracts import Actor
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import Contact
from booking_core.workflows.contracts import Wish
from booking_core.workflows.enter_booking import enter_booking
from tenants.context import in_tenant
from tenants.models import Tenant
with in_tenant(Tenant.objects.get(short_name="Borgstedt")):
    (room,) = [one for one in published_resources() if one.slug == "raum-der-jugend"]
    start = timezone.now().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=80)
    for number, title in enumerate(("Erste Probe", "Zweite Probe", "Dritte Probe")):
        span = Span(start + timedelta(days=number), start + timedelta(days=number, hours=2))
        enter_booking(
            wish=Wish((room.id,), (span,), group="private", purpose="private_event", persons=10),
            contact=Contact(name="Paula Probe", email="paula@example.org"), title=title, message="", language="de",
            is_confirmed=False, actor=Actor("Paula Probe"), now=timezone.now(),
        )
"""


@pytest.fixture(scope="module")
def desk(stack: Stack, borgstedt: str, browser: Browser) -> Iterator[Page]:
    """The administrator's browser in the dark, three requests in the inbox."""
    stack.manage("shell", "-c", REQUESTS)
    context = browser.new_context(
        locale="de-DE", timezone_id="Europe/Berlin", color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    sign_in_by_code(stack, page, ADMINISTRATOR)
    yield page
    context.close()


def test_requests_are_decided_by_single_keys(stack: Stack, borgstedt: str, desk: Page) -> None:
    keys = Keyboard(desk)
    desk.goto(borgstedt + "/verwaltung/eingang/")
    _open(desk, "Erste Probe")
    desk.keyboard.press("j")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Zweite Probe")
    desk.keyboard.press("k")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Erste Probe")
    check_page(desk)
    desk.keyboard.press("a")
    keys.step("Shift+Tab")
    desk.keyboard.press("Escape")
    summary = desk.locator("summary[data-key=a]")
    expect(summary).to_be_focused()
    expect(summary.locator("..")).not_to_have_attribute("open", "")
    desk.keyboard.press("a")
    keys.write(desk.locator("#declineform_reason"), SHORTCUTS_AS_WORDS)
    expect(desk.locator("#declineform_reason")).to_have_value(SHORTCUTS_AS_WORDS)
    check_page(desk)
    keys.press(desk.get_by_role("button", name="Mit diesem Grund ablehnen"))
    expect(desk.get_by_role("status").first).to_contain_text("abgelehnt")
    assert SHORTCUTS_AS_WORDS in stack.wait_for_mail("paula@example.org", "abgelehnt").text
    _open(desk, "Zweite Probe")
    desk.keyboard.press("r")
    desk.keyboard.type(SHORTCUTS_AS_WORDS)
    keys.press(desk.get_by_role("button", name="Frage senden"))
    expect(desk.get_by_role("status").first).to_contain_text("Ihre Frage")
    _open(desk, "Zweite Probe")
    desk.keyboard.down("b")
    desk.keyboard.down("b")  # held down: the repeated key must not decide the next request
    expect(desk.get_by_role("status").first).to_contain_text("bestätigt")
    desk.keyboard.down("b")
    desk.keyboard.up("b")
    expect(desk.locator(".b-inbox__list")).to_contain_text("Dritte Probe")
    assert keys.faults == []


def test_a_room_and_its_hours_are_edited(borgstedt: str, desk: Page) -> None:
    keys = Keyboard(desk)
    desk.goto(borgstedt + "/verwaltung/")
    keys.step()
    desk.keyboard.press("Enter")  # the skip link, over the menu
    desk.goto(borgstedt + "/verwaltung/angebote/")
    keys.press(desk.locator("main").get_by_role("link", name="Teeküche").first)
    desk.wait_for_url(re.compile(r"/angebote/\d+/$"))
    keys.write(desk.locator("main [name=summary]"), "Für Proben und Treffen")
    keys.press(desk.locator("main").get_by_role("button", name="Speichern"))
    expect(desk.get_by_role("status").first).to_contain_text("ist gespeichert")
    keys.press(desk.locator("main").get_by_role("link", name="Öffnungszeiten").first)
    desk.wait_for_url("**/oeffnungszeiten/")
    check_page(desk)
    for name, digits in (("opens_0_0", "0800PM"), ("closes_0_0", "1000PM")):
        keys.go_to(desk.locator(f"[name={name}]"))
        desk.keyboard.type(digits)
    desk.keyboard.press("Enter")  # sends the form; its button comes only after 40 more times of day
    expect(desk.get_by_role("status").first).to_contain_text("Öffnungszeiten sind gespeichert")
    expect(desk.locator("[name=opens_0_0]")).to_have_value(re.compile("^(20|08):00$"))
    keys.press(desk.get_by_role("link", name="Zu den besonderen Tagen"))
    keys.write(desk.locator("main [name=reason]"), "Betriebsausflug")
    for name in ("first_on", "last_on"):
        keys.go_to(desk.locator(f"main [name={name}]"))
        desk.keyboard.type("12122027")  # the same in every order of day and month
    keys.press(desk.get_by_role("button", name="Eintragen"))
    expect(desk.locator("main")).to_contain_text("12. Dezember 2027 Betriebsausflug")
    keys.press(desk.get_by_role("button", name=re.compile("^Löschen: Betriebsausflug")))
    expect(desk.get_by_role("status").first).to_contain_text("gelöscht")
    assert keys.faults == []


def test_a_colleague_is_invited(stack: Stack, borgstedt: str, desk: Page) -> None:
    keys = Keyboard(desk)
    desk.goto(borgstedt + "/verwaltung/team/")
    check_page(desk)
    keys.press(desk.locator("main").get_by_role("link", name="Einladen"))
    desk.wait_for_url("**/team/einladen/")
    keys.press(desk.get_by_role("button", name="Einladung senden"))
    expect(desk.locator("[data-error-summary]")).to_be_focused()
    check_page(desk)
    keys.press(desk.locator("[data-error-summary] a").first)
    expect(desk.locator("main [name=email]")).to_be_focused()
    keys.write(desk.locator("main [name=email]"), "klara@borgstedt.example")
    keys.write(desk.locator("main [name=name]"), "Klara Kollegin")
    keys.press(desk.locator("main [name=roles][value=clerk]"), "Space")
    keys.press(desk.get_by_role("button", name="Einladung senden"))
    expect(desk.get_by_role("status").first).to_contain_text(
        "Die Einladung an klara@borgstedt.example ist unterwegs."
    )
    stack.wait_for_mail("klara@borgstedt.example", "")
    assert keys.faults == []


def _open(page: Page, title: str) -> None:
    """By j to a request further down the list, or the first one by Enter."""
    titles = page.locator(".b-inbox__entry strong").all_inner_texts()
    chosen = page.locator(".b-inbox__entry[aria-current]")
    start = titles.index(chosen.locator("strong").inner_text()) if chosen.count() else 0
    for wanted in titles[start + 1 : titles.index(title) + 1]:
        page.keyboard.press("j")
        expect(page.get_by_role("heading", level=1)).to_have_text(wanted)
    if titles.index(title) <= start:
        keys = Keyboard(page)
        keys.press(page.locator(".b-inbox__entry").filter(has_text=title))
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
