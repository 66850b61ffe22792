"""Find the town by host, stand in its schema and wall clock, and leave it again whatever happens.

Not here: who the visitor is. Public facts of the town are loaded once and cached by host (law 2).
"""

from collections.abc import Callable, Iterable
from typing import Any, cast
from zoneinfo import ZoneInfo

import sentry_sdk
import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.utils import timezone

from tenants.links import main_origin
from tenants.models import Domain, Tenant, TenantState
from tenants.town_facts import asking_once, forget_asked, note_version, version_key

_CACHE_SECONDS = 60
_NOTE_SECONDS = 3600
_MOST_HOSTS = 5_000
_schemas: dict[str, str] = {}  # of hosts seen before; only says what to look for, never who answers
log = structlog.get_logger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


def tenant_of_host(host: str) -> Tenant | None:
    """The town that answers on ``host`` (lower case, no port); None where none has proven it to be its own.

    Where this process knows the town already, the version of its facts comes along: one look into the cache.
    """
    key, schema = f"tenant-by-host:{host}", _schemas.get(host)
    if schema is None:
        tenant = cache.get(key)
    else:
        of_facts = version_key(schema)
        found = cache.get_many([key, of_facts])
        tenant = found.get(key)
        if tenant and tenant.schema_name == schema and of_facts in found:
            note_version(schema, found[of_facts])
    if tenant is None:
        domain = (
            Domain.objects.select_related("tenant").filter(domain=host, verified_at__isnull=False).first()
        )
        tenant = domain.tenant if domain else False
        cache.set(key, tenant, _CACHE_SECONDS)
    if tenant and schema != tenant.schema_name:
        if len(_schemas) >= _MOST_HOSTS:
            _schemas.clear()
        _schemas[host] = tenant.schema_name
    return cast(Tenant, tenant) or None


def forget_tenant(tenant: Tenant) -> None:
    """Drop the cached facts after a change. Call while standing in the public schema."""
    forget_hosts(tenant.pk, [domain.domain for domain in tenant.domains.all()])


def forget_hosts(tenant_id: int, hosts: Iterable[str]) -> None:
    """Drop what is cached of a town's ``hosts``, also those it has lost. Call while standing in the public schema."""
    primary = f"primary-domain:{tenant_id}"
    forget_asked(primary)
    cache.delete_many([*(f"tenant-by-host:{host}" for host in hosts), primary])


class TenantMiddleware:
    """Set ``request.tenant`` (None on the main host) and the schema for the time of one request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        connection.set_schema_to_public()  # type: ignore[attr-defined]  # from django-tenants' backend
        try:
            with asking_once():
                return self._answer(request)
        finally:
            connection.set_schema_to_public()  # type: ignore[attr-defined]
            timezone.deactivate()

    def _answer(self, request: HttpRequest) -> HttpResponse:
        host = split_domain_port(request.META.get("HTTP_HOST", ""))[0].rstrip(".")
        if host == settings.BASE_HOST:
            return self._on_main_host(request)
        tenant = tenant_of_host(host) if host else None
        if tenant is None:
            context = {"main_url": f"{main_origin()}/", "site_name": "Biletado"}
            return render(request, "tenants/unknown_host.html", context, status=404)
        response = self._in_town(request, tenant)
        if (
            settings.SECURE_HSTS_SECONDS
            and request.is_secure()
            and not host.endswith(f".{settings.BASE_HOST}")
        ):
            # A town's own domain may have neighbours below it that know no https: it binds itself alone.
            response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        return response

    def _on_main_host(self, request: HttpRequest) -> HttpResponse:
        request.tenant = None  # type: ignore[attr-defined]
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
        return self.get_response(request)

    def _in_town(self, request: HttpRequest, tenant: Tenant) -> HttpResponse:
        request.tenant = tenant  # type: ignore[attr-defined]
        connection.set_tenant(tenant)  # type: ignore[attr-defined]
        timezone.activate(ZoneInfo(str(tenant.time_zone)))
        sentry_sdk.set_tag("tenant", tenant.schema_name)
        structlog.contextvars.bind_contextvars(tenant=tenant.schema_name)
        if tenant.state != TenantState.LIVE:
            return self._not_open(request, tenant)
        return self.get_response(request)

    def _not_open(self, request: HttpRequest, tenant: Tenant) -> HttpResponse:
        suspended = tenant.state == TenantState.SUSPENDED
        context: dict[str, Any] = {"town": tenant, "suspended": suspended, "brand_css_url": ""}
        response = render(request, "tenants/not_open.html", context, status=503)
        response["Retry-After"] = "60"
        _note_closed(tenant)
        response._has_been_logged = True  # type: ignore[attr-defined]  # Django would write an error for each visitor
        return response


def _note_closed(tenant: Tenant) -> None:
    """Say once an hour that a closed town was asked for: nothing is broken, but somebody may wonder."""
    if cache.add("closed-town-noted", 1, _NOTE_SECONDS):
        log.info("town_not_open", state=tenant.state)
