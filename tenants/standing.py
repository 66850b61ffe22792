"""Whether the town this thread works for may change things, or only be looked at.

Not here: why a town became read-only (``subscriptions``), what is refused then (``config.middleware.read_only``,
``reservations.services.occupy``, ``tenants.tasks``).
"""

from django.db import connection

READ_ONLY = "read_only"  # models.Standing.READ_ONLY; tasks are imported before there are models


def is_read_only() -> bool:
    """True while the town may be seen, exported and left, but not changed. False on the main host."""
    tenant = connection.tenant  # type: ignore[attr-defined]  # set by django-tenants' backend
    return getattr(tenant, "standing", "") == READ_ONLY
