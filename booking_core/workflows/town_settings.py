"""What an administrator sets for the whole town; every change leaves a line in the audit trail.

Not here: states and domains of a town (``operator_console``), colours that keep their contrast (``design_system``).
"""

import warnings
from io import BytesIO
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput
from tenants.context import current_tenant
from tenants.services import keep_logo, update_tenant

_LARGEST_LOGO_BYTES = 2 * 1024 * 1024
_MOST_PIXELS = 20_000_000
_SIDE = 320


@transaction.atomic
def save_town_settings(facts: dict[str, object], *, actor: Actor, logo: IO[bytes] | None = None) -> None:
    """Change facts of the current town, and its logo if one is given. Raises InvalidInput (not a picture)."""
    changed = dict(facts)
    if logo is not None:
        changed["logo"] = keep_logo(_png(logo))
    update_tenant(current_tenant().pk, **changed)
    audit("settings.changed", actor=actor, subject_type="town", data={"fields": sorted(changed)})


def _png(upload: IO[bytes]) -> bytes:
    content = upload.read(_LARGEST_LOGO_BYTES + 1)
    if len(content) > _LARGEST_LOGO_BYTES:
        raise InvalidInput(_("Die Datei ist größer als 2 MB. Verkleinern Sie das Bild bitte."), field="logo")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _small(content)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as fault:
        raise InvalidInput(_("Diese Datei ist kein PNG oder JPEG."), field="logo") from fault
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as fault:
        raise InvalidInput(
            _("Das Bild hat zu viele Bildpunkte. Verkleinern Sie es bitte."), field="logo"
        ) from fault


def _small(content: bytes) -> bytes:
    image = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
    if image.width * image.height > _MOST_PIXELS:
        raise Image.DecompressionBombError
    plain = ImageOps.exif_transpose(image).convert("RGBA")
    plain.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    out = BytesIO()
    plain.save(out, "PNG", optimize=True)
    return out.getvalue()
