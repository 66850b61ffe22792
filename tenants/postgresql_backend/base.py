"""The connection: one schema and the extensions, nothing else (DESIGN §6, law 1).

Not here: choosing the tenant (``tenants.middleware``, ``tenants.context``).
"""

from typing import Any

from django.core.exceptions import ValidationError
from django_tenants.postgresql_backend.base import DatabaseWrapper as DjangoTenantsWrapper

from tenants.names import is_server_made

EXTENSIONS_SCHEMA = "extensions"


class DatabaseWrapper(DjangoTenantsWrapper):  # type: ignore[misc]  # django-tenants ships no types
    """A missing table is an error here, never another table of the same name in ``public``."""

    def _get_cursor_search_paths(self) -> list[str]:
        schema = self.schema_name
        if schema != "public" and not is_server_made(schema):
            raise ValidationError(f"{schema!r} is not a schema name made by this server")
        return [schema, EXTENSIONS_SCHEMA]

    def set_tenant(self, tenant: Any, include_public: bool = False) -> None:
        """Stand on the tenant's schema; ``include_public`` of the base class is never honoured."""
        super().set_tenant(tenant, include_public=False)
