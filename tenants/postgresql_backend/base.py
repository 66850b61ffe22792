"""The connection: one schema and the extensions, nothing else (DESIGN §6, law 1).

Not here: choosing the tenant (``tenants.middleware``, ``tenants.context``).
"""

from typing import Any

import psycopg
from django.core.exceptions import ValidationError
from django_tenants.postgresql_backend.base import DatabaseWrapper as DjangoTenantsWrapper

from tenants.names import is_server_made

EXTENSIONS_SCHEMA = "extensions"


class DatabaseWrapper(DjangoTenantsWrapper):  # type: ignore[misc]  # django-tenants ships no types
    """A missing table is an error here, never another table of the same name in ``public``.

    The path is set once per change of town, not before every statement (``TENANT_LIMIT_SET_CALLS``). Whatever makes the
    server take a ``SET`` back must therefore clear ``search_path_set_schemas``: the library does it for rollbacks,
    savepoints and closed connections, we for a COMMIT that is none.
    """

    def _get_cursor_search_paths(self) -> list[str]:
        schema = self.schema_name
        if schema != "public" and not is_server_made(schema):
            raise ValidationError(f"{schema!r} is not a schema name made by this server")
        return [schema, EXTENSIONS_SCHEMA]

    def set_tenant(self, tenant: Any, include_public: bool = False) -> None:
        """Stand on the tenant's schema; ``include_public`` of the base class is never honoured."""
        super().set_tenant(tenant, include_public=False)

    def _commit(self) -> None:
        """COMMIT after a statement that failed is a rollback: it takes back the path as well."""
        if self.connection is not None:
            status = self.connection.info.transaction_status
            if status == psycopg.pq.TransactionStatus.INERROR:
                self.search_path_set_schemas = None
        super()._commit()
