"""Photos of this town, from its own folder of the storage; nothing else in it is served.

Not here: the logo (``tenants.views``), files for some people only.
"""

import mimetypes
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

_PUBLIC_FOLDERS = frozenset({"photos"})
_TYPES = frozenset({"image/webp", "image/jpeg", "image/png"})
_A_YEAR = 365 * 24 * 3600


@require_safe
def media(_request: HttpRequest, path: str) -> HttpResponseBase:
    """One picture. Names are never used again for other content, so browsers may keep it for a year."""
    parts = PurePosixPath(path).parts
    kind = mimetypes.guess_type(path)[0] or ("image/webp" if path.endswith(".webp") else "")
    if not parts or parts[0] not in _PUBLIC_FOLDERS or ".." in parts or kind not in _TYPES:
        raise Http404
    try:
        file = default_storage.open("/".join(parts))
    except (FileNotFoundError, IsADirectoryError, SuspiciousFileOperation) as fault:
        raise Http404 from fault
    answer = FileResponse(file, content_type=kind)
    answer["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    return answer
