"""A booking is paid by card on the clickable Checkout page, in a real browser: there and back, with the real messages.

Not here: everything that can go wrong (``tests.integration.workflows.test_payments_never_twice``).
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import check_page
from tests.browser.stack import Stack

pytestmark = pytest.mark.browser
_PREPARE = "from tests.browser.payment_stage import prepare; prepare()"


def test_a_booking_is_paid_by_card(stack: Stack, borgstedt: str, page: Page) -> None:
    link = stack.manage("shell", "-c", _PREPARE).strip().splitlines()[-1]
    assert link.startswith(borgstedt)
    page.goto(link)
    page.get_by_role("link", name="Online bezahlen").click()
    check_page(page)
    page.get_by_role("button", name=re.compile("90,00 € online bezahlen")).click()
    expect(page.get_by_role("button", name="90,00 € zahlen")).to_be_visible()
    page.get_by_label("Kartennummer").fill("4000 0000 0000 0002")
    page.get_by_role("button", name="90,00 € zahlen").click()
    expect(page.get_by_role("alert")).to_contain_text("abgelehnt")
    page.get_by_label("Kartennummer").fill("4000 0000 0000 3220")
    page.get_by_role("button", name="90,00 € zahlen").click()
    page.get_by_role("button", name="Freigeben").click()
    expect(page.get_by_role("heading", name="Bezahlt")).to_be_visible()
    assert page.url.startswith(borgstedt)
    check_page(page)
    mail = stack.wait_for_mail("erika.mustermann@example.org", "ist angekommen")
    assert "90,00" in mail.text
