"""How much one caller and one town may ask for. The counters' keys carry the town (law 3).

Not here: the counting itself (``tenants.visitors``). Without Redis nobody is stopped.
"""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from booking_core.identity.contracts import ApiKeyView
from tenants.visitors import Limit, client_address, may_try_all

_WINDOW_SECONDS = 60


class CallerAndTown(BaseThrottle):
    """First the caller's own limit (key, or a stranger's address), then that of all such callers of the town.

    In this order a caller who is stopped does not use up what is left for the town. Strangers and keys count apart:
    however many strangers come, the town's own software gets through. Other towns have counters of their own.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        key: object = request.auth
        if isinstance(key, ApiKeyView):
            return may_try_all(_limit("key", str(key.id)), _limit("keys-of-town", "all"))
        address = client_address(request._request)
        return may_try_all(_limit("stranger", address), _limit("strangers-of-town", "all"))

    def wait(self) -> float:
        return _WINDOW_SECONDS


def may_be_refused_again(address: str) -> bool:
    """Count a wrong key from ``address``; False once there were too many."""
    return may_try_all(_limit("stranger", f"refused {address}"))


def _limit(who: str, which: str) -> Limit:
    return Limit(f"api-{who}", which, settings.API_LIMITS_PER_MINUTE[who], _WINDOW_SECONDS)
