"""Absolute addresses: always the verified primary domain, never the Host header (law 4)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from tenants.context import current_tenant, in_public
from tenants.town_facts import ask_once

if TYPE_CHECKING:
    from tenants.models import Tenant


def main_origin() -> str:
    """Scheme, host and port of the main host, without a slash at the end."""
    return f"{settings.PUBLIC_SCHEME}://{settings.BASE_HOST}{settings.PUBLIC_PORT_SUFFIX}"


def origin_of_host(host: str) -> str:
    """Scheme, ``host`` and port, for a host known to be a verified domain."""
    return f"{settings.PUBLIC_SCHEME}://{host}{settings.PUBLIC_PORT_SUFFIX}"


def tenant_origin(tenant: "Tenant | None" = None) -> str:
    """Scheme, primary domain and port of ``tenant`` (default: the current one)."""
    of = tenant or current_tenant()
    host = ask_once(f"primary-domain:{of.pk}", lambda: _primary_host(of))
    return f"{settings.PUBLIC_SCHEME}://{host}{settings.PUBLIC_PORT_SUFFIX}"


def _primary_host(tenant: "Tenant") -> str:
    key = f"primary-domain:{tenant.pk}"
    with in_public():
        host: str | None = cache.get(key)
        if host is None:
            host = str(tenant.domains.get(is_primary=True).domain)
            cache.set(key, host, 300)
    return host


def tenant_url(name: str, *args: object, **kwargs: object) -> str:
    """The absolute address of the named page of the current town."""
    return tenant_origin() + reverse(name, urlconf=settings.ROOT_URLCONF, args=args, kwargs=kwargs)


def main_url(name: str, *args: object, **kwargs: object) -> str:
    """The absolute address of the named page of the main host."""
    return main_origin() + reverse(name, urlconf=settings.PUBLIC_SCHEMA_URLCONF, args=args, kwargs=kwargs)
