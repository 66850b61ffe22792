"""The connection: one schema and the extensions, nothing else (DESIGN §6, law 1).

Not here: choosing the tenant (``tenants.middleware``, ``tenants.context``).
"""

import select
import time
from typing import Any

import psycopg
from django.core.exceptions import ValidationError
from django_tenants.postgresql_backend.base import DatabaseWrapper as DjangoTenantsWrapper

from tenants.names import is_server_made

EXTENSIONS_SCHEMA = "extensions"
_TRUSTED_SECONDS = 30.0


class DatabaseWrapper(DjangoTenantsWrapper):  # type: ignore[misc]  # django-tenants ships no types
    """A missing table is an error here, never another table of the same name in ``public``.

    The path is set where the server has another one, not before every statement (``TENANT_LIMIT_SET_CALLS``):
    ``search_path_set_schemas`` is what the server has, None where nobody knows. Whatever makes the server take a
    ``SET`` back must therefore clear it: the library does it for rollbacks, savepoints and closed connections, we for a
    COMMIT that is none.
    """

    search_path_set_schemas: list[str] | None
    health_check_done: bool
    _asked_at = 0.0

    def _get_cursor_search_paths(self) -> list[str]:
        schema = self.schema_name
        if schema != "public" and not is_server_made(schema):
            raise ValidationError(f"{schema!r} is not a schema name made by this server")
        return [schema, EXTENSIONS_SCHEMA]

    def set_tenant(self, tenant: Any, include_public: bool = False) -> None:
        """Stand on the tenant's schema; ``include_public`` of the base class is never honoured."""
        on_the_server = self.search_path_set_schemas
        super().set_tenant(tenant, include_public=False)
        self.search_path_set_schemas = on_the_server

    def _handle_search_path(self, cursor: Any = None) -> None:
        """Set the path unless the server has the very one this town needs."""
        if self.search_path_set_schemas != self._get_cursor_search_paths():
            self.search_path_set_schemas = None
        super()._handle_search_path(cursor)

    def close_if_health_check_failed(self) -> None:
        """Trust a connection that worked a moment ago and has heard nothing since; ask all others as Django does.

        A server that ended, restarted or threw us out has said so on the socket. Only a lost network says nothing: so
        the trust is short.
        """
        if self.connection is not None and not self.health_check_done and not self.pool:
            was_asked_at, self._asked_at = self._asked_at, time.monotonic()
            if self._asked_at - was_asked_at < _TRUSTED_SECONDS and _is_quiet(self.connection):
                self.health_check_done = True
        super().close_if_health_check_failed()

    def _commit(self) -> None:
        """COMMIT after a statement that failed is a rollback: it takes back the path as well."""
        if self.connection is not None:
            status = self.connection.info.transaction_status
            if status == psycopg.pq.TransactionStatus.INERROR:
                self.search_path_set_schemas = None
        super()._commit()


def _is_quiet(connection: psycopg.Connection[Any]) -> bool:
    """Whether nothing waits to be read: an idle server speaks only when it ends the connection."""
    if connection.closed:
        return False
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN | select.POLLPRI)
    return not waiting.poll(0)
