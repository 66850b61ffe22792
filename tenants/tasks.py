"""The base of all background tasks: a task knows its town, or says that it needs none.

Not here: the Celery app (``config.celery_app``).
"""

from typing import Any

import structlog
from django.utils import timezone
from tenant_schemas_celery.task import TenantTask as SchemaTask

from tenants.context import PUBLIC, current_schema, current_tenant, tenant_zone
from tenants.standing import is_read_only

log = structlog.get_logger(__name__)


class TenantRequired(RuntimeError):
    """A task of one town was sent or started while standing in none."""


class TenantTask(SchemaTask):  # type: ignore[misc]  # the library ships no types
    """Runs in the town it was sent from; refuses to be sent or to run without one (law 3).

    A task that ``creates`` something new for people (an offer, a booking) rests while the town is read-only.
    """

    abstract = True
    creates = False

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        schema = (options.get("headers") or {}).get("_schema_name") or current_schema()
        if schema == PUBLIC:
            raise TenantRequired(f"{self.name} was sent without a tenant")
        return super().apply_async(args, kwargs, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if current_schema() == PUBLIC:
            raise TenantRequired(f"{self.name} was started without a tenant")
        current_tenant()
        if self.creates and is_read_only():
            log.info("task_rests", task=self.name)
            return None
        with timezone.override(tenant_zone()):
            return super().__call__(*args, **kwargs)


class PublicTask(SchemaTask):  # type: ignore[misc]  # the library ships no types
    """Works on the registry; always runs in the public schema, wherever it was sent from."""

    abstract = True

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        options["headers"] = {**(options.get("headers") or {}), "_schema_name": PUBLIC}
        return super().apply_async(args, kwargs, **options)
