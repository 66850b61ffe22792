"""A real Chromium in front of a whole Biletado."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from infra.setup.browser import find_browser
from tests.browser import test_story as story_chapters
from tests.browser.stack import Stack, start_stack
from tests.login_provider import oidc_provider

__all__ = ["oidc_provider"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The story first: it starts with an empty platform, the others with the town it makes."""
    items.sort(key=lambda item: "tests/browser/" in item.nodeid and "test_story" not in item.nodeid)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The running application with everything around it."""
    before = dict(os.environ)
    running = start_stack(tmp_path_factory.mktemp("stack"))
    os.environ.update(before)
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, without its attempts to call home."""
    quiet = ("background-networking", "component-update", "sync", "default-apps", "extensions", "gpu")
    return {
        "executable_path": str(find_browser()),
        "args": ["--no-sandbox", "--no-first-run", *(f"--disable-{part}" for part in quiet)],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A German browser in Germany that does not glide: a forced click on a page that still scrolls hits nothing."""
    return {
        "locale": "de-DE",
        "timezone_id": "Europe/Berlin",
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def borgstedt(stack: Stack, browser: Browser, browser_context_args: dict[str, Any]) -> str:
    """The town of the story, played first if it has not been."""
    if "Borgstedt" not in stack.manage("shell", "-c", _TOWNS):
        for chapter in (
            story_chapters.test_a_municipality_signs_itself_up,
            story_chapters.test_a_citizen_finds_the_hall_sees_the_price_and_asks_for_it,
        ):
            context = browser.new_context(**browser_context_args)
            chapter(stack, context.new_page())
            context.close()
    return stack.origin("borgstedt")


_TOWNS = "from tenants.models import Tenant; print(*Tenant.objects.values_list('short_name', flat=True))"
