"""Sentry: errors with town and release, without anything about people.

Not here: log lines (``settings.logs``) and probes (``middleware.probes``).
"""

from typing import Any, cast

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.types import Event, Hint

from config.redaction import REMOVED, without_tokens

_KEPT_HEADERS = frozenset({"accept", "content-type", "method"})


def start_sentry(dsn: str, *, environment: str, release: str) -> None:
    """Send errors to ``dsn``; an empty one sends nothing."""
    if not dsn:
        return
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        integrations=[DjangoIntegration(), CeleryIntegration()],
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_people,
    )


def without_people(event: Event, _hint: Hint) -> Event:
    """Drop what could name a person: user, cookies, headers, bodies, query strings, and values in messages.

    The path stays (it holds ids, no names), except for tokens in links.
    """
    event.pop("user", None)
    event.pop("extra", None)
    event.pop("breadcrumbs", None)
    request = cast(dict[str, Any], event.get("request") or {})
    for part in ("cookies", "data", "env"):
        request.pop(part, None)
    if "query_string" in request:
        request["query_string"] = REMOVED
    request["headers"] = {
        name: value for name, value in (request.get("headers") or {}).items() if name.lower() in _KEPT_HEADERS
    }
    if "url" in request:
        request["url"] = without_tokens(str(request["url"]))
    if request:
        event["request"] = request
    _tag_tenant(event)
    for exception in ((event.get("exception") or {}).get("values")) or []:
        exception["value"] = REMOVED if exception.get("value") else ""
    return event


def _tag_tenant(event: Event) -> None:
    """Tag the event with the schema the connection stands on: a tag set earlier may belong to other work."""
    from django.db import connection  # noqa: PLC0415 — Sentry starts before Django's database layer

    tags = event.setdefault("tags", {})
    if isinstance(tags, dict):
        tags["tenant"] = str(getattr(connection, "schema_name", "-"))
