"""The floor: the least a Django application on the same tables can do. No login, no middleware, no rules, no mail.

Not here: the application that is measured against it. Served by gunicorn like that one.
"""

import json
import os
from typing import Any

import dj_database_url
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import path

if not settings.configured:
    schema = os.environ["FLOOR_SCHEMA"]
    settings.configure(
        ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[], USE_TZ=True, SECRET_KEY="floor",  # noqa: S106 — no sessions
        DATABASES={"default": {
            **dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=600),
            "OPTIONS": {"options": f"-c search_path={schema},extensions -c timezone=Europe/Berlin"},
            "TIME_ZONE": "Europe/Berlin",
        }},
    )  # fmt: skip

from django.core.wsgi import get_wsgi_application
from django.db import IntegrityError, connection, transaction

from infra.benchmarks import raw

application = get_wsgi_application()


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def search(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"found": [one for (one,) in _rows(raw.SEARCH, json.loads(request.body))]})


def month(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"free": _rows(raw.MONTH, json.loads(request.body))})


def day(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"taken": _rows(raw.DAY, json.loads(request.body))})


def book(request: HttpRequest) -> JsonResponse:
    values = json.loads(request.body)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(raw.LOCK, values)
            cursor.execute(raw.BOOK, values)
    except IntegrityError:
        return JsonResponse({}, status=409)
    return JsonResponse({}, status=201)


urlpatterns = [path("search", search), path("month", month), path("day", day), path("book", book)]
