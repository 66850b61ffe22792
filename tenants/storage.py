"""Files in the town's own folder; a name cannot lead out of it.

Not here: who may read a file (the view that serves it).
"""

from pathlib import Path

from django.core.files.storage import FileSystemStorage

from tenants.context import current_tenant


class TenantFileSystemStorage(FileSystemStorage):
    """``MEDIA_ROOT/<tenant uuid>/…``; refuses to work where no town is chosen."""

    @property
    def base_location(self) -> str:
        return str(Path(super().base_location) / str(current_tenant().uuid))

    @property
    def location(self) -> str:
        return str(Path(self.base_location).resolve())
