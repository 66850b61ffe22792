"""A town's logo: checked by its content, made small, kept as PNG without metadata.

Not here: serving it (``tenants.views``). While the town is not born, the picture waits as text in the sign-up.
"""

import base64
import warnings
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from onboarding.errors import LogoRefused

LARGEST_BYTES = 2 * 1024 * 1024
_MOST_PIXELS = 20_000_000
_SIDE = 320  # shown at most 56 px high; enough for three times that on fine screens


def read_logo(upload: IO[bytes]) -> str:
    """The picture as base64 text of a PNG. Raises LogoRefused; SVG is refused because it can carry programs."""
    content = upload.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise LogoRefused(_("Die Datei ist größer als 2 MB. Verkleinern Sie das Bild bitte."), field="logo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return base64.b64encode(_as_png(content)).decode()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
        raise LogoRefused(
            _(
                "Diese Datei ist kein PNG oder JPEG. SVG-Dateien nehmen wir nicht an:"
                " Sie können Programme enthalten."
            ),
            field="logo",
        ) from fault
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as fault:
        raise LogoRefused(
            _("Das Bild hat zu viele Bildpunkte. Verkleinern Sie es bitte."), field="logo"
        ) from fault


def png_of(logo: str) -> bytes:
    """The picture that ``read_logo`` kept."""
    return base64.b64decode(logo)


def _as_png(content: bytes) -> bytes:
    image = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
    if image.width * image.height > _MOST_PIXELS:
        raise Image.DecompressionBombError
    upright = ImageOps.exif_transpose(image)
    plain = upright.convert("RGBA")
    plain.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    plain.save(out, "PNG", optimize=True)
    return out.getvalue()
