"""A town's colour made safe to read: contrast by WCAG 2.2, lightness moved in OKLCH until it suffices.

Not here: where the colour is stored (tenants), the rest of the look (``frontend/css``).
Sources: WCAG 2.2 §1.4.3 and "relative luminance"; B. Ottosson, "A perceptual color space for image processing".
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

Rgb = tuple[float, float, float]

TEXT_CONTRAST = 4.5
WHITE, BLACK = "#ffffff", "#000000"
#: What the accent is read on: our page and surface colours (``frontend/css/tokens.css``); the tint lies on the first.
LIGHT_GROUNDS = ("#ffffff", "#f3f4f7")
DARK_GROUNDS = ("#1d2030", "#12131c")
_LINEAR_BELOW, _GAMMA_BELOW = 0.04045, 0.0031308  # where sRGB's curve begins
_TINT_SHARE = 0.09
_HOVER_STEP = 0.06
_LIGHTNESS_STEP = 0.005


class InvalidColourError(ValueError):
    """The text is not a colour like ``#1a7f3c``."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The accent on one kind of page (light or dark), all as ``#rrggbb``."""

    accent: str
    hover: str
    active: str
    on_accent: str
    tint: str


@dataclass(frozen=True, slots=True)
class BrandPalette:
    """A town's colours. ``has_changed``: the accent on light pages is not exactly what was asked for."""

    wanted: str
    light: Scheme
    dark: Scheme
    has_changed: bool


def parse_hex(text: str) -> Rgb:
    """Read ``#rgb`` or ``#rrggbb`` (with or without #) as red, green, blue in 0…1.

    >>> parse_hex("#fff")
    (1.0, 1.0, 1.0)
    """
    digits = text.strip().removeprefix("#")
    if not re.fullmatch(r"[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", digits):
        raise InvalidColourError(f"not a colour: {text!r}")
    if len(digits) == len("rgb"):
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def to_hex(rgb: Rgb) -> str:
    """Write red, green, blue in 0…1 as ``#rrggbb``, cut to what a screen can show."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02x}" for part in rgb)


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours, 1…21.

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    brighter, darker = sorted((_luminance(parse_hex(one)), _luminance(parse_hex(other))), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=2_000)
def guard(colour: str) -> BrandPalette:
    """Make a palette from a town's colour in which every text keeps a contrast of at least 4.5:1.

    Only lightness moves, as little as needed; hue stays the town's. Raises InvalidColourError.

    >>> guard("#ffd500").has_changed, guard("#1a4f8c").has_changed
    (True, False)
    """
    wanted = to_hex(parse_hex(colour))
    light = _scheme(wanted, LIGHT_GROUNDS, step=-_LIGHTNESS_STEP)
    dark = _scheme(wanted, DARK_GROUNDS, step=_LIGHTNESS_STEP)
    return BrandPalette(wanted=wanted, light=light, dark=dark, has_changed=light.accent != wanted)


def brand_css(palette: BrandPalette) -> str:
    """Write the style sheet that puts the palette over KERN's variables, for light, dark and both by hand."""
    light, dark = _declarations(palette.light), _declarations(palette.dark)
    return (
        f":root,[data-kern-theme=light],.kern-light{{{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-kern-theme=light]){{{dark}}}}}\n"
        f"[data-kern-theme=dark],.kern-dark{{{dark}}}\n"
    )


def css_variables(scheme: Scheme) -> dict[str, str]:
    """Return the CSS variables a scheme sets; the wizard's live preview asks for them as JSON."""
    return {
        "--kern-color-action-default": scheme.accent,
        "--kern-color-action-on-default": scheme.on_accent,
        "--kern-color-action-state-indicator-default": scheme.accent,
        "--kern-color-action-state-indicator-shade-hover": scheme.hover,
        "--kern-color-action-state-indicator-shade-active": scheme.active,
        "--b-accent-tint": scheme.tint,
    }


def _declarations(scheme: Scheme) -> str:
    return ";".join(f"{name}:{value}" for name, value in css_variables(scheme).items())


def _scheme(wanted: str, grounds: tuple[str, ...], step: float) -> Scheme:
    """Move lightness by ``step`` until the accent reads on every ground, on its tint, and under its text."""
    lightness, chroma, hue = _to_oklch(parse_hex(wanted))
    accent = wanted
    while True:
        tint = _mixed(accent, grounds[0], _TINT_SHARE)
        on_accent = max((WHITE, BLACK), key=lambda text: contrast(text, accent))
        if all(contrast(accent, ground) >= TEXT_CONTRAST for ground in (*grounds, tint)):
            break
        lightness = min(1.0, max(0.0, lightness + step))
        accent = to_hex(_from_oklch(lightness, chroma, hue))
    return Scheme(
        accent=accent,
        hover=_shaded(accent, on_accent, _HOVER_STEP),
        active=_shaded(accent, on_accent, 2 * _HOVER_STEP),
        on_accent=on_accent,
        tint=tint,
    )


def _shaded(accent: str, on_accent: str, step: float) -> str:
    """Move away from the text's lightness, so a pressed button reads better, never worse."""
    lightness, chroma, hue = _to_oklch(parse_hex(accent))
    away = -step if on_accent == WHITE else step
    return to_hex(_from_oklch(min(1.0, max(0.0, lightness + away)), chroma, hue))


def _mixed(colour: str, ground: str, share: float) -> str:
    pairs = zip(parse_hex(colour), parse_hex(ground), strict=True)
    red, green, blue = (one * share + other * (1 - share) for one, other in pairs)
    return to_hex((red, green, blue))


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return part * 12.92 if part <= _GAMMA_BELOW else 1.055 * part ** (1 / 2.4) - 0.055


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (_linear(part) for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklch(rgb: Rgb) -> tuple[float, float, float]:
    red, green, blue = (_linear(part) for part in rgb)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    red, green, blue = (_gamma(min(1.0, max(0.0, part))) for part in linear)
    return red, green, blue
