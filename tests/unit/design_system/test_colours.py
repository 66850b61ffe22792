"""The colour guard: every colour of a town comes out readable, on light and dark pages.

Not here: where a town's colour is stored.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from design_system.colours import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    InvalidColourError,
    Scheme,
    brand_css,
    contrast,
    guard,
    parse_hex,
    to_hex,
)

WCAG_AA = 4.5
colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        pytest.param("#000000", "#ffffff", 21.0, id="black-white"),
        pytest.param("#777777", "#ffffff", 4.48, id="grey-just-short"),
        pytest.param("#767676", "#ffffff", 4.54, id="grey-just-enough"),
        pytest.param("#ff0000", "#ffffff", 4.0, id="red"),
        pytest.param("#123456", "#123456", 1.0, id="same"),
    ],
)
def test_contrast_is_the_ratio_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize("text", ["#fff", "fff", " #FFFFFF "])
def test_hex_is_read_in_all_usual_spellings(text: str) -> None:
    assert to_hex(parse_hex(text)) == "#ffffff"


@pytest.mark.parametrize("text", ["", "#ff", "rot", "#gggggg", "#1234567", "url(x)"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(InvalidColourError):
        guard(text)


def assert_readable(scheme: Scheme, grounds: tuple[str, ...]) -> None:
    for ground in (*grounds, scheme.tint):
        assert contrast(scheme.accent, ground) >= WCAG_AA
    for surface in (scheme.accent, scheme.hover, scheme.active):
        assert contrast(scheme.on_accent, surface) >= WCAG_AA


@given(colours)
def test_every_colour_gives_readable_text(colour: str) -> None:
    palette = guard(colour)
    assert_readable(palette.light, LIGHT_GROUNDS)
    assert_readable(palette.dark, DARK_GROUNDS)


@given(colours)
def test_the_guard_tells_whether_it_changed_the_colour(colour: str) -> None:
    palette = guard(colour)
    assert palette.has_changed == (palette.light.accent != colour)
    assert palette.wanted == colour


@given(colours)
def test_a_guarded_colour_needs_no_second_guard(colour: str) -> None:
    assert not guard(guard(colour).light.accent).has_changed


def test_a_good_colour_stays_as_it_is_and_a_bright_one_keeps_its_hue() -> None:
    assert guard("#1f6f54").light.accent == "#1f6f54"
    red, green, blue = parse_hex(guard("#ffd500").light.accent)
    assert red > green > blue


@given(colours)
def test_the_style_sheet_sets_kerns_variables_and_nothing_else(colour: str) -> None:
    css = brand_css(guard(colour))
    names = set(re.findall(r"(--[a-z0-9-]+):", css))
    assert "--kern-color-action-default" in names
    assert all(name.startswith(("--kern-color-action-", "--b-accent-")) for name in names)
    assert css.count("{") == css.count("}")
