"""Which town this thread works for, and how to step into one for a moment.

Not here: finding the town of a web request (``tenants.middleware``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from tenants.models import Tenant

PUBLIC = "public"


class NoTenant(RuntimeError):
    """Something that belongs to one town was asked for while standing in none."""


def current_schema() -> str:
    """The schema the connection stands on; ``public`` on the main host."""
    return str(connection.schema_name)  # type: ignore[attr-defined]  # set by django-tenants' backend


def has_tenant() -> bool:
    return current_schema() != PUBLIC


def current_tenant() -> "Tenant":
    """The town whose schema the connection stands on.

    Raises NoTenant in the public schema, or where only a schema name was set.
    """
    from tenants.models import Tenant  # noqa: PLC0415 — the backend imports this package before apps load

    tenant = connection.tenant  # type: ignore[attr-defined]  # set by django-tenants' backend
    if not isinstance(tenant, Tenant) or tenant.schema_name == PUBLIC:
        raise NoTenant(f"no tenant: the connection stands on {current_schema()!r}")
    return tenant


def tenant_zone() -> ZoneInfo:
    """The wall clock of the current town."""
    return ZoneInfo(current_tenant().time_zone)


@contextmanager
def in_tenant(tenant: "Tenant") -> Iterator["Tenant"]:
    """Stand in ``tenant``'s schema and wall clock; afterwards in whatever was before, also after an error."""
    before = connection.tenant  # type: ignore[attr-defined]  # set by django-tenants' backend
    connection.set_tenant(tenant)  # type: ignore[attr-defined]
    try:
        with timezone.override(ZoneInfo(tenant.time_zone)):
            yield tenant
    finally:
        connection.set_tenant(before)  # type: ignore[attr-defined]


@contextmanager
def in_public() -> Iterator[None]:
    """Stand in the public schema for a moment, to read or write the registry."""
    before = connection.tenant  # type: ignore[attr-defined]  # set by django-tenants' backend
    connection.set_schema_to_public()  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.set_tenant(before)  # type: ignore[attr-defined]
