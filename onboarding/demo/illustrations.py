"""Pictures of the demo's places, drawn when the demo is set up: flat, friendly, in few colours.

Not here: drawing itself (``canvas``). A picture of a real hall would need its owner's leave; these need nobody's.
"""

from collections.abc import Callable

from onboarding.demo import houses
from onboarding.demo.canvas import Canvas

_INK = "#2b3147"
_WOOD, _WOOD_DARK, _WOOD_LIGHT = "#b98352", "#8f6038", "#d8ab78"
_GLASS = "#cfe8f3"


def draw(scene: str) -> bytes:
    """The JPEG of one scene by name (see ``SCENES``)."""
    return SCENES[scene]().jpeg()


def _festive_hall() -> Canvas:
    """A bright hall set with long tables."""
    canvas = _room("#f3e7d3", "#e7d4b5", _WOOD)
    for left in (0.08, 0.3, 0.62, 0.84):
        _tall_window(canvas, left)
    canvas.line([(0.1, 0.1), (0.3, 0.17), (0.5, 0.1), (0.7, 0.17), (0.9, 0.1)], "#8f7a55", width=0.002)
    for lamp, colour in enumerate(
        ("#e8b04a", "#d9684f", "#5aa58b", "#e8b04a", "#d9684f", "#5aa58b", "#e8b04a")
    ):
        canvas.disc((0.14 + lamp * 0.12, 0.155 if lamp % 2 else 0.135), 0.011, colour)
    for row, (y, inset) in enumerate(((0.66, 0.2), (0.76, 0.12), (0.88, 0.03))):
        _long_table(canvas, inset, 0.47 - row * 0.01, y)
        _long_table(canvas, 0.53 + row * 0.01, 1 - inset, y)
    return canvas


def _small_hall() -> Canvas:
    """A small light room with a round table."""
    canvas = _room("#e6efe6", "#d3e2d2", _WOOD_LIGHT)
    for left in (0.14, 0.68):
        _tall_window(canvas, left)
    canvas.box((0.42, 0.2), (0.58, 0.42), "#ffffff", radius=0.004)
    canvas.shape([(0.44, 0.4), (0.49, 0.28), (0.52, 0.34), (0.54, 0.31), (0.57, 0.4)], "#7fae8b")
    canvas.shadow((0.28, 0.76), (0.72, 0.95))
    for x in (0.26, 0.36, 0.6, 0.7):
        _chair(canvas, x, 0.72, "#3f7d6b")
    canvas.draw.ellipse(
        [canvas.at((0.3, 0.66)), canvas.at((0.7, 0.84))], fill="#f7efe0", outline="#c9b48d", width=8
    )
    canvas.box((0.49, 0.83), (0.51, 0.93), _WOOD_DARK)
    return canvas


def _youth_room() -> Canvas:
    """Sofas, a table football, a string of lights."""
    canvas = _room("#39466b", "#2d3757", "#8c6f58")
    canvas.box((0.08, 0.2), (0.34, 0.48), "#f08a4b", radius=0.01)
    canvas.disc((0.21, 0.34), 0.05, "#ffd479")
    for bulb in range(12):
        canvas.disc((0.42 + bulb * 0.047, 0.16 + (0.025 if bulb % 2 else 0)), 0.007, "#ffe9a8")
    canvas.shadow((0.05, 0.78), (0.5, 0.92))
    canvas.box((0.07, 0.6), (0.46, 0.74), "#3fa796", radius=0.02)
    canvas.box((0.05, 0.7), (0.48, 0.86), "#2f8a7b", radius=0.02)
    canvas.box((0.11, 0.64), (0.2, 0.73), "#ffd479", radius=0.012)
    canvas.shadow((0.56, 0.86), (0.96, 0.97))
    canvas.box((0.58, 0.6), (0.94, 0.72), "#2c7a4b", radius=0.008)
    canvas.box((0.57, 0.7), (0.95, 0.78), _WOOD_DARK, radius=0.006)
    for rod in range(6):
        x = 0.62 + rod * 0.057
        canvas.line([(x, 0.57), (x, 0.75)], "#d8dde6", width=0.003)
        canvas.disc((x, 0.655), 0.008, "#e4572e" if rod % 2 else "#4a7bd0")
    for leg in (0.6, 0.91):
        canvas.box((leg, 0.78), (leg + 0.015, 0.93), _WOOD_DARK)
    return canvas


def _kitchen() -> Canvas:
    """A kitchen with counter, oven and shelves of cups."""
    canvas = _room("#f6f1e7", "#e9e0cf", "#c4a27b")
    canvas.box((0.06, 0.14), (0.44, 0.17), _WOOD)
    for cup in range(7):
        canvas.box(
            (0.08 + cup * 0.05, 0.095),
            (0.11 + cup * 0.05, 0.14),
            ("#d9684f", "#5aa58b", "#e8b04a")[cup % 3],
            radius=0.004,
        )
    _tall_window(canvas, 0.58)
    canvas.box((0.04, 0.5), (0.96, 0.54), "#5b6478", radius=0.003)
    canvas.box((0.05, 0.54), (0.95, 0.86), "#8fb3a6")
    for door in (0.05, 0.2, 0.5, 0.65, 0.8):
        canvas.box((door + 0.008, 0.56), (door + 0.142, 0.84), "#a5c5b9", radius=0.004)
        canvas.box((door + 0.06, 0.585), (door + 0.09, 0.595), _INK)
    canvas.box((0.355, 0.56), (0.488, 0.84), "#3c4356", radius=0.006)
    canvas.box((0.37, 0.63), (0.473, 0.79), "#1f2433", radius=0.006)
    for knob in range(4):
        canvas.disc((0.38 + knob * 0.028, 0.59), 0.006, "#d8dde6")
    canvas.box((0.38, 0.43), (0.45, 0.5), "#c7ccd6", radius=0.006)
    canvas.line([(0.7, 0.5), (0.7, 0.4), (0.745, 0.4), (0.745, 0.43)], "#9aa3b3", width=0.006)
    return canvas


def _club_room() -> Canvas:
    """A panelled club room with pennants and a long table."""
    canvas = _room("#efe4cf", "#c79f6f", _WOOD_DARK)
    canvas.box((0, 0.34), (1, 0.6), "#a87847")
    for plank in range(21):
        canvas.line([(plank * 0.05, 0.34), (plank * 0.05, 0.6)], "#946538", width=0.0015)
    for pennant, colour in enumerate(("#2f6b5d", "#c9a227", "#8e3b46", "#2f6b5d", "#c9a227")):
        x = 0.12 + pennant * 0.17
        canvas.shape([(x, 0.1), (x + 0.09, 0.1), (x + 0.045, 0.28)], colour)
    canvas.shadow((0.1, 0.82), (0.9, 0.98))
    for x in (0.14, 0.3, 0.46, 0.62, 0.78):
        _chair(canvas, x, 0.66, "#5a3d22")
    _long_table(canvas, 0.08, 0.92, 0.76)
    return canvas


def _great_hall() -> Canvas:
    """A hall with a stage and a curtain."""
    canvas = _room("#efe9df", "#dccfb9", _WOOD)
    canvas.box((0.16, 0.12), (0.84, 0.58), "#6d1f2c")
    for fold in range(17):
        canvas.line([(0.16 + fold * 0.0425, 0.12), (0.16 + fold * 0.0425, 0.58)], "#571722", width=0.005)
    canvas.shape([(0.36, 0.58), (0.4, 0.2), (0.6, 0.2), (0.64, 0.58)], "#2a1a22")
    canvas.light([(0.46, 0.14), (0.54, 0.14), (0.66, 0.6), (0.34, 0.6)], strength=60)
    canvas.box((0.12, 0.56), (0.88, 0.64), _WOOD_DARK)
    canvas.box((0.12, 0.56), (0.88, 0.575), _WOOD_LIGHT)
    for row in range(3):
        for seat in range(9 + row):
            step = (0.76 + row * 0.08) / (9 + row)
            _chair(canvas, 0.12 - row * 0.04 + seat * step, 0.69 + row * 0.095, "#8e3b46")
    return canvas


def _meeting_room() -> Canvas:
    """A table, chairs and a screen with a chart."""
    canvas = _room("#e9eef4", "#d5dee8", "#a9a18f")
    canvas.box((0.32, 0.14), (0.68, 0.46), _INK, radius=0.008)
    canvas.box((0.335, 0.165), (0.665, 0.435), "#f5f8fb")
    for bar, height in enumerate((0.08, 0.14, 0.11, 0.19, 0.16)):
        x = 0.38 + bar * 0.05
        canvas.box((x, 0.41 - height), (x + 0.03, 0.41), "#3f7fb5" if bar % 2 else "#5aa58b")
    _tall_window(canvas, 0.08)
    _tall_window(canvas, 0.8)
    for x in (0.2, 0.34, 0.48, 0.62, 0.76):
        _chair(canvas, x, 0.62, "#3f5f8a")
    canvas.shadow((0.12, 0.8), (0.88, 0.96))
    canvas.shape([(0.2, 0.72), (0.8, 0.72), (0.92, 0.84), (0.08, 0.84)], "#f2e6d0")
    canvas.shape([(0.08, 0.84), (0.92, 0.84), (0.92, 0.865), (0.08, 0.865)], "#cbb690")
    for leg in (0.14, 0.84):
        canvas.box((leg, 0.865), (leg + 0.02, 0.97), _WOOD_DARK)
    return canvas


def _sports_hall(parts: int = 3, shown: int = 0) -> Canvas:
    """A sports hall; with ``shown`` only one of three parts is lit, curtains hang between them."""
    canvas = _room("#dfe7ec", "#c4d2db", "#d9a05b")
    canvas.box((0, 0.06), (1, 0.16), "#b9c7d1")
    for lamp in range(8):
        canvas.box((0.04 + lamp * 0.125, 0.085), (0.11 + lamp * 0.125, 0.11), "#fffbe6", radius=0.004)
    canvas.box((0, 0.46), (1, 0.6), "#b07d45")
    canvas.line([(0.02, 0.66), (0.98, 0.66), (1.1, 0.98), (-0.1, 0.98), (0.02, 0.66)], "#ffffff", width=0.004)
    canvas.line([(0.5, 0.66), (0.5, 0.98)], "#ffffff", width=0.004)
    canvas.draw.ellipse([canvas.at((0.4, 0.73)), canvas.at((0.6, 0.9))], outline="#2f6f9f", width=12)
    for x in (0.1, 0.9):
        canvas.box((x - 0.05, 0.26), (x + 0.05, 0.38), "#f7fafc", radius=0.003)
        canvas.box((x - 0.02, 0.31), (x + 0.02, 0.36), "#f7fafc")
        canvas.draw.ellipse(
            [canvas.at((x - 0.022, 0.375)), canvas.at((x + 0.022, 0.395))], outline="#e4572e", width=9
        )
    for curtain in range(1, parts if shown else 0):
        x = curtain / parts
        canvas.shape([(x - 0.012, 0.12), (x + 0.012, 0.12), (x + 0.02, 1), (x - 0.02, 1)], "#5f7488")
    if shown:
        canvas.light(
            [
                ((shown - 1) / parts + 0.02, 0.12),
                (shown / parts - 0.02, 0.12),
                (shown / parts, 1),
                ((shown - 1) / parts, 1),
            ],
            strength=75,
        )
    canvas.disc((0.3 if shown != 1 else 0.16, 0.9), 0.024, "#e4762e")
    return canvas


def _music_room() -> Canvas:
    """A piano, stands and notes on the wall."""
    canvas = _room("#f1e6ea", "#e0cfd6", _WOOD)
    for line in range(5):
        canvas.line([(0.1, 0.18 + line * 0.035), (0.9, 0.18 + line * 0.035)], "#b9a3ad", width=0.0022)
    for note, (x, y) in enumerate(
        ((0.2, 0.29), (0.32, 0.25), (0.44, 0.22), (0.56, 0.27), (0.68, 0.2), (0.8, 0.24))
    ):
        canvas.disc((x, y), 0.012, "#6b2f4d")
        canvas.line([(x + 0.011, y), (x + 0.011, y - 0.12 + 0.01 * note)], "#6b2f4d", width=0.003)
    canvas.shadow((0.06, 0.84), (0.52, 0.97))
    canvas.box((0.08, 0.48), (0.5, 0.88), "#23202b", radius=0.008)
    canvas.box((0.06, 0.66), (0.52, 0.72), "#37323f", radius=0.004)
    canvas.box((0.09, 0.67), (0.49, 0.7), "#fbfaf5")
    for key in range(20):
        if key % 7 not in (2, 6):
            canvas.box((0.105 + key * 0.0195, 0.67), (0.115 + key * 0.0195, 0.688), "#23202b")
    for x in (0.62, 0.76, 0.9):
        canvas.line([(x, 0.6), (x, 0.9)], _INK, width=0.005)
        canvas.line([(x - 0.05, 0.94), (x, 0.86), (x + 0.05, 0.94)], _INK, width=0.005)
        canvas.shape([(x - 0.055, 0.52), (x + 0.055, 0.52), (x + 0.065, 0.63), (x - 0.065, 0.63)], "#fbfaf5")
    return canvas


def _room(wall_top: str, wall_bottom: str, floor: str) -> Canvas:
    """A wall, a skirting board and a floor with boards that run to the horizon."""
    canvas = Canvas(wall_top, wall_bottom)
    canvas.box((0, 0.6), (1, 1), floor)
    for board in range(-6, 27):
        canvas.line(
            [(0.5 + (board - 10) * 0.055, 0.6), (0.5 + (board - 10) * 0.12, 1)], _darker(floor), width=0.0015
        )
    canvas.box((0, 0.585), (1, 0.605), "#fbf8f1")
    return canvas


def _tall_window(canvas: Canvas, left: float) -> None:
    canvas.box((left, 0.16), (left + 0.12, 0.5), "#fbf8f1", radius=0.004)
    canvas.box((left + 0.008, 0.175), (left + 0.112, 0.485), _GLASS)
    canvas.shape(
        [
            (left + 0.008, 0.4),
            (left + 0.05, 0.36),
            (left + 0.112, 0.42),
            (left + 0.112, 0.485),
            (left + 0.008, 0.485),
        ],
        "#9cc48d",
    )
    canvas.line([(left + 0.06, 0.17), (left + 0.06, 0.49)], "#fbf8f1", width=0.004)
    canvas.line([(left, 0.32), (left + 0.12, 0.32)], "#fbf8f1", width=0.004)
    canvas.light([(left, 0.62), (left + 0.12, 0.62), (left + 0.2, 0.95), (left + 0.04, 0.95)], strength=36)


def _long_table(canvas: Canvas, left: float, right: float, y: float) -> None:
    canvas.box((left, y), (right, y + 0.025), "#fffdf7", radius=0.003)
    canvas.box((left, y + 0.02), (right, y + 0.06), "#efe6d4")
    steps = max(2, round((right - left) / 0.09))
    for place in range(1, steps):
        x = left + (right - left) * place / steps
        canvas.disc((x, y - 0.004), 0.008, "#d9684f" if place % 2 else "#5aa58b")
        canvas.box((x - 0.002, y - 0.02), (x + 0.002, y), "#7fae8b")


def _chair(canvas: Canvas, x: float, y: float, colour: str) -> None:
    canvas.box((x - 0.024, y - 0.05), (x + 0.024, y + 0.02), colour, radius=0.008)
    canvas.box((x - 0.028, y + 0.012), (x + 0.028, y + 0.034), _darker(colour), radius=0.005)
    for leg in (x - 0.024, x + 0.018):
        canvas.box((leg, y + 0.03), (leg + 0.006, y + 0.08), _INK)


def _darker(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part * 0.88):02x}" for part in parts)


SCENES: dict[str, Callable[[], Canvas]] = {
    "house_by_the_water": houses.house_by_the_water,
    "village_hall": houses.village_hall,
    "sports_hall_outside": houses.sports_hall_outside,
    "festive_hall": _festive_hall,
    "small_hall": _small_hall,
    "youth_room": _youth_room,
    "kitchen": _kitchen,
    "club_room": _club_room,
    "great_hall": _great_hall,
    "meeting_room": _meeting_room,
    "sports_hall": _sports_hall,
    "sports_hall_1": lambda: _sports_hall(shown=1),
    "sports_hall_2": lambda: _sports_hall(shown=2),
    "sports_hall_3": lambda: _sports_hall(shown=3),
    "music_room": _music_room,
}
