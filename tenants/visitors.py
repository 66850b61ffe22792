"""Who is calling, as far as limits care: the address of the client, and counters per key and time.

Not here: what is limited, and what a person who is stopped reads.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, cast

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

# Count each key in turn, and stop at the first that has had too many.
_COUNT = """
for number, key in ipairs(KEYS) do
    local count = redis.call('INCR', key)
    if count == 1 then redis.call('EXPIRE', key, ARGV[2 * number]) end
    if count > tonumber(ARGV[2 * number - 1]) then return number end
end
return 0
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` tries of ``what`` by ``who`` within ``seconds`` of the first. ``who`` is stored as a digest."""

    what: str
    who: str
    most: int
    seconds: int


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
    return may_try_all(Limit(what, who, most, seconds))


def may_try_all(*limits: Limit) -> bool:
    """Count a try against each limit in order, in one round trip; a limit that is reached spares those after it."""
    keys = [cache.make_key(_key(limit)) for limit in limits]
    values = [value for limit in limits for value in (limit.most, limit.seconds)]
    try:
        client = cast(Any, cache).client.get_client(write=True)
        return bool(client.eval(_COUNT, len(keys), *keys, *values) == 0)
    except RedisError as fault:
        log.warning("limits_not_counted", error=str(fault))
        return True


def _key(limit: Limit) -> str:
    digest = hashlib.sha256(limit.who.strip().lower().encode()).hexdigest()[:32]
    return f"tries:{limit.what}:{digest}"
