"""How much one caller and one town may ask for. The counters' keys carry the town (law 3).

Not here: the counting itself (``tenants.visitors``). Without Redis nobody is stopped.
"""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from booking_core.identity.contracts import ApiKeyView
from tenants.visitors import client_address, may_try

_WINDOW_SECONDS = 60


class CallerAndTown(BaseThrottle):
    """First the caller's own limit (key, or a stranger's address), then that of all such callers of the town.

    In this order a caller who is stopped does not use up what is left for the town. Strangers and keys count apart:
    however many strangers come, the town's own software gets through. Other towns have counters of their own.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        key: object = request.auth
        if isinstance(key, ApiKeyView):
            return _may("key", str(key.id)) and _may("keys-of-town", "all")
        return _may("stranger", client_address(request._request)) and _may("strangers-of-town", "all")

    def wait(self) -> float:
        return _WINDOW_SECONDS


def may_be_refused_again(address: str) -> bool:
    """Count a wrong key from ``address``; False once there were too many."""
    return _may("stranger", f"refused {address}")


def _may(who: str, which: str) -> bool:
    return may_try(f"api-{who}", which, most=settings.API_LIMITS_PER_MINUTE[who], seconds=_WINDOW_SECONDS)
