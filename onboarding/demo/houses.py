"""The houses of the demo, seen from outside.

Not here: the rooms inside (``illustrations``), drawing itself (``canvas``).
"""

from onboarding.demo.canvas import Canvas


def house_by_the_water() -> Canvas:
    """A brick village house with a thatched roof, a canal and reeds before it."""
    canvas = Canvas("#a9d3ea", "#f4e9d4")
    canvas.disc((0.8, 0.2), 0.05, "#fff3c4")
    canvas.shape([(0, 0.62), (0.3, 0.5), (0.62, 0.6), (1, 0.48), (1, 0.8), (0, 0.8)], "#a5c48d")
    canvas.shape([(0, 0.72), (0.5, 0.66), (1, 0.7), (1, 1), (0, 1)], "#7fae6e")
    _trees(canvas, ((0.1, 0.66), (0.17, 0.68), (0.9, 0.64)))
    canvas.shadow((0.2, 0.7), (0.84, 0.8))
    canvas.box((0.24, 0.47), (0.8, 0.76), "#b4553f")
    for row in range(6):
        canvas.line([(0.24, 0.51 + row * 0.042), (0.8, 0.51 + row * 0.042)], "#a34a36", width=0.0012)
    canvas.shape([(0.2, 0.49), (0.31, 0.24), (0.73, 0.24), (0.84, 0.49)], "#8a7350")
    canvas.shape([(0.31, 0.24), (0.73, 0.24), (0.745, 0.275), (0.295, 0.275)], "#6f5b3d")
    _windows(canvas, (0.3, 0.39, 0.6, 0.69), top=0.55, size=(0.055, 0.11))
    canvas.box((0.485, 0.53), (0.555, 0.76), "#2f6b5d", radius=0.004)
    canvas.disc((0.545, 0.65), 0.004, "#f2d16b")
    canvas.shape([(0.44, 1), (0.5, 0.76), (0.54, 0.76), (0.64, 1)], "#d9cdb6")
    canvas.shape([(0, 0.86), (0.42, 0.84), (0.4, 1), (0, 1)], "#6fb0cc")
    canvas.line([(0.03, 0.92), (0.16, 0.915)], "#d5edf6")
    canvas.line([(0.2, 0.96), (0.33, 0.955)], "#d5edf6")
    return canvas


def village_hall() -> Canvas:
    """A white community hall with a gable and tall windows among vineyards."""
    canvas = Canvas("#8fc7e8", "#fbe9d2")
    canvas.shape([(0, 0.55), (0.35, 0.32), (0.7, 0.52), (1, 0.36), (1, 0.8), (0, 0.8)], "#8db37a")
    for row in range(9):
        canvas.line(
            [(0.02 + row * 0.035, 0.55 - row * 0.022), (0.1 + row * 0.04, 0.64)], "#6f9a5d", width=0.002
        )
    canvas.shape([(0, 0.7), (1, 0.64), (1, 1), (0, 1)], "#b6c98f")
    canvas.shadow((0.14, 0.72), (0.9, 0.84))
    canvas.box((0.2, 0.44), (0.86, 0.78), "#f7f2e8")
    canvas.shape([(0.17, 0.46), (0.53, 0.2), (0.89, 0.46)], "#9c4f3c")
    canvas.shape([(0.3, 0.46), (0.53, 0.295), (0.76, 0.46)], "#f7f2e8")
    canvas.disc((0.53, 0.4), 0.024, "#cfe8f3")
    _windows(canvas, (0.26, 0.345, 0.64, 0.725), top=0.53, size=(0.06, 0.19))
    canvas.box((0.455, 0.55), (0.605, 0.78), "#5c6f4a", radius=0.004)
    canvas.line([(0.53, 0.55), (0.53, 0.78)], "#46563a")
    canvas.shape([(0.4, 0.8), (0.66, 0.8), (0.8, 1), (0.26, 1)], "#e5dac6")
    _trees(canvas, ((0.07, 0.72), (0.95, 0.7)))
    return canvas


def sports_hall_outside() -> Canvas:
    """A modern hall of wood and glass with mountains behind."""
    canvas = Canvas("#9ccbe9", "#eef3f6")
    canvas.shape(
        [
            (0, 0.52),
            (0.16, 0.34),
            (0.3, 0.46),
            (0.5, 0.26),
            (0.7, 0.44),
            (0.86, 0.32),
            (1, 0.5),
            (1, 0.7),
            (0, 0.7),
        ],
        "#9fb4c8",
    )
    canvas.shape([(0.44, 0.325), (0.5, 0.26), (0.56, 0.315), (0.52, 0.34), (0.48, 0.33)], "#f8fbfd")
    canvas.shape([(0, 0.66), (1, 0.62), (1, 1), (0, 1)], "#8dbb74")
    canvas.shadow((0.08, 0.76), (0.94, 0.88))
    canvas.box((0.12, 0.42), (0.9, 0.82), "#d8ab78")
    for plank in range(26):
        canvas.line([(0.12 + plank * 0.03, 0.42), (0.12 + plank * 0.03, 0.82)], "#b98352", width=0.0012)
    canvas.shape([(0.09, 0.43), (0.12, 0.37), (0.93, 0.33), (0.93, 0.43)], "#4a5670")
    canvas.box((0.17, 0.5), (0.7, 0.62), "#cfe8f3")
    for post in range(9):
        canvas.line([(0.17 + post * 0.066, 0.5), (0.17 + post * 0.066, 0.62)], "#7d95a5", width=0.002)
    canvas.box((0.74, 0.58), (0.86, 0.82), "#cfe8f3")
    canvas.line([(0.8, 0.58), (0.8, 0.82)], "#7d95a5", width=0.003)
    canvas.shape([(0.7, 0.82), (0.9, 0.82), (1, 1), (0.56, 1)], "#d6d9dd")
    return canvas


def _windows(canvas: Canvas, lefts: tuple[float, ...], *, top: float, size: tuple[float, float]) -> None:
    for left in lefts:
        canvas.box((left, top), (left + size[0], top + size[1]), "#fbf8f1", radius=0.003)
        canvas.box((left + 0.006, top + 0.01), (left + size[0] - 0.006, top + size[1] - 0.01), "#cfe8f3")
        middle = left + size[0] / 2
        canvas.line([(middle, top), (middle, top + size[1])], "#fbf8f1", width=0.003)


def _trees(canvas: Canvas, feet: tuple[tuple[float, float], ...]) -> None:
    for x, y in feet:
        canvas.box((x - 0.008, y - 0.08), (x + 0.008, y + 0.06), "#7a5a3c")
        for dx, dy, radius in ((0, -0.18, 0.05), (-0.035, -0.12, 0.04), (0.035, -0.12, 0.04)):
            canvas.disc((x + dx, y + dy), radius, "#5f8f4f")
        canvas.disc((x - 0.015, y - 0.2), 0.022, "#76a662")
