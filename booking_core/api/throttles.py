"""How much one caller and one town may ask for. The counters' keys carry the town (law 3)."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle


class TenantThrottle(SimpleRateThrottle):
    """All callers of one town together: no town can slow down the others."""

    scope = "tenant"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return "api-throttle:all"


class CallerThrottle(SimpleRateThrottle):
    """One key, or one stranger's address."""

    scope = "key"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        if request.auth is not None:
            return f"api-throttle:key:{request.auth.id}"
        return None


class StrangerThrottle(SimpleRateThrottle):
    """Callers without a key, by address."""

    scope = "anonymous"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return None if request.auth is not None else f"api-throttle:from:{self.get_ident(request)}"
