"""Structured logs: one JSON object a line, with request and tenant id. Not here: Sentry (``config.observability``)."""

import logging
import time
from collections.abc import MutableMapping

import structlog

from config.redaction import without_addresses, without_tokens

_MINUTE = 60.0
Event = MutableMapping[str, object]


def _add_tenant(_logger: object, _name: str, event: Event) -> Event:
    """Tag each line with the schema the connection stands on, and nothing about people."""
    from django.db import connection  # noqa: PLC0415 — settings are read before the database layer can be

    event["tenant"] = getattr(connection, "schema_name", None) or "-"
    return event


def _drop_people(_logger: object, _name: str, event: Event) -> Event:
    """Take addresses of people, tokens and query strings out of every text of the line."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = without_addresses(value)
    if isinstance(request := event.get("request"), str):
        method, _space, path = request.partition(" ")
        event["request"] = f"{method} {without_tokens(path)}"
    return event


class _OncePerMinute(logging.Filter):
    """While Redis is gone every access to the cache would write a stack trace; one line a minute says it all."""

    def __init__(self) -> None:
        super().__init__()
        self._next_at = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        if now < self._next_at:
            return False
        self._next_at = now + _MINUTE
        record.msg, record.args = "redis_unreachable: %s", (record.exc_info[1] if record.exc_info else "",)
        record.exc_info = None
        record.exc_text = None
        return True


def logging_config(*, level: str, renderer: str) -> dict[str, object]:
    """Configure structlog and return Django's ``LOGGING``."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _add_tenant,
        _drop_people,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    final: structlog.types.Processor = (
        structlog.processors.JSONRenderer() if renderer == "json" else structlog.dev.ConsoleRenderer()
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": final,
                "foreign_pre_chain": shared,
            }
        },
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "filters": {"once_per_minute": {"()": _OncePerMinute}},
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stream"], "level": level, "propagate": False},
            "django.request": {
                "level": "ERROR"
            },  # refusals are told once, with request id, by request_finished
            "django_redis.cache": {"filters": ["once_per_minute"]},
            "django.db.backends": {"level": logging.getLevelName(logging.WARNING)},
            "pikepdf": {"level": logging.getLevelName(logging.WARNING)},  # greets at every start
        },
    }
