"""Laws for every template and for the build: nothing inline, nothing from elsewhere.

Not here: what a single component says (``test_tags``).
"""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from design_system.contracts import NavGroup, NavItem, SiteFace

ROOT = Path(__file__).resolve().parents[3]
APP = ROOT / "platform" / "design_system"
TEMPLATES = sorted((APP / "templates").rglob("*.html"))
BASES = ["base", "base_citizen", "base_backoffice", "base_operator", "base_wizard"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_obeys_the_content_security_policy(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\sstyle=", source)
    assert not re.search(r"\son[a-z]+=", source)
    assert "javascript:" not in source
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)
    assert not re.search(r"(src|href)=\"(https?:)?//", source)


@pytest.mark.parametrize("name", BASES)
def test_a_base_stands_without_any_context(name: str) -> None:
    html = render_to_string(f"design_system/{name}.html")
    assert html.count('id="inhalt"') == 1
    assert html.count("<main") == 1
    assert '<html lang="de"' in html
    assert 'href="#inhalt"' in html


def test_a_base_shows_the_towns_face() -> None:
    context = {
        "site": SiteFace("Gemeinde Musterdorf", logo_url="/wappen.svg", imprint_url="/impressum"),
        "brand_css_url": "/marke.css",
        "theme": "dark",
        "main_nav": [NavItem("Räume", "/raeume", is_current=True)],
        "side_nav": [NavGroup("Buchungen", [NavItem("Eingang", "/eingang", count=3)])],
    }
    html = render_to_string("design_system/base_backoffice.html", context)
    assert "Gemeinde Musterdorf</title>" in html
    for expected in (
        'href="/marke.css"',
        'data-kern-theme="dark"',
        'src="/wappen.svg"',
        'href="/impressum"',
        "/eingang",
    ):
        assert expected in html


def test_a_base_speaks_english() -> None:
    with translation.override("en"):
        html = render_to_string("design_system/base.html")
    assert '<html lang="en"' in html
    assert "Skip to content" in html


@pytest.mark.parametrize("status", [500, 503])
def test_the_last_error_pages_need_nothing_but_their_file(status: int) -> None:
    source = (APP / "templates" / f"{status}.html").read_text()
    assert set(re.findall(r"{%\s*(\w+)", source)) == {"load", "static"}
    assert "{{" not in source
    assert "<h1>" in render_to_string(f"{status}.html")


def test_the_lock_file_holds_no_addresses() -> None:
    assert "://" not in (ROOT / "package-lock.json").read_text()


def test_the_stand_in_colours_of_the_guard_are_those_of_the_style_sheet() -> None:
    from design_system.colours import DARK_GROUNDS, LIGHT_GROUNDS

    tokens = (APP / "frontend" / "css" / "tokens.css").read_text()
    for ground in (LIGHT_GROUNDS[1], *DARK_GROUNDS):
        assert ground in tokens
