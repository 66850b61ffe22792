"""The ground under the browser tests: pages come, and axe can see faults."""

import pytest
from playwright.sync_api import Page

from tests.browser.axe import faults_of
from tests.browser.stack import Stack

pytestmark = pytest.mark.browser


def test_a_town_answers(stack: Stack, page: Page) -> None:
    answer = page.goto(stack.origin("musterstadt") + "/")
    assert answer is not None
    assert answer.status == 200
    assert "Musterstadt" in page.title()


def test_an_unknown_town_is_a_friendly_404(stack: Stack, page: Page) -> None:
    answer = page.goto(stack.origin("gibt-es-nicht") + "/")
    assert answer is not None
    assert answer.status == 404


def test_axe_sees_a_fault_when_there_is_one(page: Page) -> None:
    page.set_content("<html lang='de'><title>x</title><main><h1>x</h1><img src='data:,'></main></html>")
    assert any("image-alt" in fault for fault in faults_of(page))
