"""A real Chromium in front of a whole Biletado."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from infra.setup.browser import find_browser
from tests.browser.stack import Stack, start_stack


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
    """A German browser in Germany."""
    return {"locale": "de-DE", "timezone_id": "Europe/Berlin", "viewport": {"width": 1280, "height": 900}}
