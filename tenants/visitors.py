"""Who is calling, as far as limits care: the address of the client, and counters per key and time.

Not here: what is limited, and what a person who is stopped reads.
"""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's IP address; behind ``TRUSTED_PROXIES`` proxies the entry the outermost of them wrote."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    if not proxies:
        return direct
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return chain[-proxies] if len(chain) >= proxies else direct


def may_try(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count a try and tell whether it is among the first ``most`` of its time window.

    ``who`` is stored as a digest only. Without Redis nobody is stopped: limits protect, they must not lock out.
    """
    digest = hashlib.sha256(who.strip().lower().encode()).hexdigest()[:32]
    key = f"tries:{what}:{digest}"
    if cache.add(key, 1, seconds):
        return most >= 1
    try:
        count = cache.incr(key)
    except ValueError:  # the window ended between the two calls, or Redis is gone
        return True
    return count is None or count <= most
