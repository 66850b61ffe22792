"""A small drawing board over Pillow: shapes in shares of the picture, drawn large and scaled down for smooth edges.

Not here: what is drawn (``illustrations``).
"""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1000
_SCALE = 2
Point = tuple[float, float]


class Canvas:
    """A picture of 1600 × 1000 pixels; all positions are shares of width and height, 0…1."""

    def __init__(self, top: str, bottom: str) -> None:
        size = (WIDTH * _SCALE, HEIGHT * _SCALE)
        ramp = Image.linear_gradient("L").resize(size)
        self.image = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)
        self.draw = ImageDraw.Draw(self.image)

    def at(self, point: Point) -> Point:
        """The pixel of a share."""
        return point[0] * WIDTH * _SCALE, point[1] * HEIGHT * _SCALE

    def box(self, corner: Point, opposite: Point, colour: str, *, radius: float = 0) -> None:
        """A rectangle, its corners rounded by ``radius`` (share of the width)."""
        self.draw.rounded_rectangle(
            [self.at(corner), self.at(opposite)], radius=radius * WIDTH * _SCALE, fill=colour
        )

    def shape(self, points: list[Point], colour: str) -> None:
        """A filled polygon."""
        self.draw.polygon([self.at(point) for point in points], fill=colour)

    def disc(self, centre: Point, radius: float, colour: str) -> None:
        """A circle; ``radius`` is a share of the width."""
        x, y = self.at(centre)
        r = radius * WIDTH * _SCALE
        self.draw.ellipse([x - r, y - r, x + r, y + r], fill=colour)

    def line(self, points: list[Point], colour: str, *, width: float = 0.004) -> None:
        """A line through the points; ``width`` is a share of the picture's width."""
        self.draw.line(
            [self.at(point) for point in points],
            fill=colour,
            width=round(width * WIDTH * _SCALE),
            joint="curve",
        )

    def shadow(self, corner: Point, opposite: Point, *, strength: int = 70, blur: float = 0.012) -> None:
        """A soft dark patch, to set things on the ground."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).ellipse([self.at(corner), self.at(opposite)], fill=strength)
        mask = (
            mask.reduce(4).filter(ImageFilter.GaussianBlur(blur * WIDTH * _SCALE / 4)).resize(self.image.size)
        )
        self.image.paste(Image.new("RGB", self.image.size, "#1d2233"), mask=mask)
        self.draw = ImageDraw.Draw(self.image)

    def light(self, points: list[Point], *, strength: int = 40) -> None:
        """A bright translucent patch, such as sun through a window."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon([self.at(point) for point in points], fill=strength)
        self.image.paste(Image.new("RGB", self.image.size, "#fff6dd"), mask=mask)
        self.draw = ImageDraw.Draw(self.image)

    def jpeg(self) -> bytes:
        """The finished picture."""
        buffer = BytesIO()
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.save(buffer, "JPEG", quality=88)
        return buffer.getvalue()
