"""Pictures: is this file one we can show, and the same picture upright, without metadata, in three widths.

Not here: rows and storage (``photos``).
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from booking_core.catalog.errors import PhotoRefused

WIDTHS = (480, 960, 1600)
LARGEST_FILE_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in its stored widths (pixels → WebP bytes); ``width`` × ``height`` is the largest."""

    width: int
    height: int
    files: dict[int, bytes]


def read_picture(upload: IO[bytes]) -> Picture:
    """Read an uploaded picture by its content, whatever its name says. Raises PhotoRefused."""
    content = upload.read(LARGEST_FILE_BYTES + 1)
    if len(content) > LARGEST_FILE_BYTES:
        raise PhotoRefused(_("Das Bild ist größer als 15 MB. Verkleinern Sie es bitte."), field="photo")
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _resized(_opened(content))
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
            raise PhotoRefused(
                _("Diese Datei ist kein Bild. Erlaubt sind JPEG, PNG und WebP."), field="photo"
            ) from error
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise _too_many_pixels() from error


def _opened(content: bytes) -> Image.Image:
    Image.open(BytesIO(content), formats=_FORMATS).verify()
    image = Image.open(BytesIO(content), formats=_FORMATS)
    if image.width * image.height > MOST_PIXELS:  # known from the header, before anything is unpacked
        raise _too_many_pixels()
    image.load()
    return image


def _too_many_pixels() -> PhotoRefused:
    return PhotoRefused(_("Das Bild hat mehr als 40 Megapixel. Verkleinern Sie es bitte."), field="photo")


def _resized(image: Image.Image) -> Picture:
    upright = ImageOps.exif_transpose(image)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    widths = [width for width in WIDTHS if width <= plain.width] or [plain.width]
    files: dict[int, bytes] = {}
    height = plain.height
    for width in widths:
        height = max(1, round(plain.height * width / plain.width))
        files[width] = _webp(plain.resize((width, height), Image.Resampling.LANCZOS))
    return Picture(widths[-1], height, files)


def _webp(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=_QUALITY, method=4, exif=b"", icc_profile=None)
    return out.getvalue()
