"""Probes: ``/livez`` (the process answers) and ``/readyz`` (it can serve), on any host.

Not here: health of single towns (operator console). Redis is reported but does not make a process unready:
bookings go on without it.
"""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

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
        return self.get_response(request)


def readiness() -> HttpResponse:
    """503 while the database does not answer; Redis is told beside it."""
    database = _database_answers()
    parts = {"database": database, "redis": _redis_answers()}
    return JsonResponse(
        {"status": "ok" if database else "unavailable", **parts}, status=200 if database else 503
    )


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
