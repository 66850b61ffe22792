"""Probes, on any host: ``/livez`` (the process answers), ``/readyz`` (it can serve), ``/healthz`` (all is well).

Not here: health of single towns (operator console). Each has its own reader: ``livez`` tells whether to start the
process again, ``readyz`` whether to send it visitors, ``healthz`` whether to wake somebody. Without Redis bookings go
on and mails wait, so no process is taken out of service for it (ADR 0014); ``healthz`` is red.
"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from tenants.background import is_background_alive

Handler = Callable[[HttpRequest], HttpResponse]


class ProbeMiddleware:
    """Answer the probes before host, tenant and session are looked at."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/livez":
            return JsonResponse({"status": "ok", "release": settings.RELEASE})
        if request.path == "/readyz":
            return readiness()
        if request.path == "/healthz":
            return health()
        return self.get_response(request)


def readiness() -> HttpResponse:
    """503 while the database does not answer; without Redis 200, and "degraded" in plain sight."""
    parts = {"database": _database_answers(), "redis": _redis_answers()}
    status = "unavailable" if not parts["database"] else "ok" if parts["redis"] else "degraded"
    return _told(status, parts, is_red=not parts["database"])


def health() -> HttpResponse:
    """503 as soon as anything a town needs is missing: database, Redis, or scheduler and workers."""
    parts = {"database": _database_answers(), "redis": _redis_answers()}
    parts["background"] = parts["redis"] and is_background_alive()
    is_well = all(parts.values())
    return _told("ok" if is_well else "degraded", parts, is_red=not is_well)


def _told(status: str, parts: dict[str, bool], *, is_red: bool) -> HttpResponse:
    answer = JsonResponse({"status": status, **parts}, status=503 if is_red else 200)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # whoever asks every ten seconds is told; no error each time
    return answer


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _redis_answers() -> bool:
    try:
        address = str(settings.CACHES["default"]["LOCATION"])
        with redis.Redis.from_url(address, socket_connect_timeout=1, socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
