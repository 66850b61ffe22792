"""Sentry events carry town and release and nobody's data: a real event, read by a local sink over HTTP."""

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import sentry_sdk
from django.db import connection

from config.observability import start_sentry
from tenants.context import in_tenant
from tenants.models import Tenant

SECRET = "erika.mustermann@example.org"  # stands for anything personal


class Sink(ThreadingHTTPServer):
    """A Sentry that remembers the events it was sent."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    def events(self) -> list[dict[str, Any]]:
        lines = [line for body in self.bodies for line in body.splitlines() if line.startswith(b"{")]
        parsed = [json.loads(line) for line in lines]
        return [item for item in parsed if "exception" in item or "message" in item]


class _Handler(BaseHTTPRequestHandler):
    server: Sink

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        packed = self.headers.get("Content-Encoding") == "gzip"
        self.server.bodies.append(gzip.decompress(body) if packed else body)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture
def sink() -> Iterator[Sink]:
    server = Sink()
    Thread(target=server.serve_forever, daemon=True).start()
    start_sentry(f"http://key@127.0.0.1:{server.server_port}/1", environment="test", release="r1")
    yield server
    sentry_sdk.get_client().close()
    sentry_sdk.init()
    server.shutdown()


def test_an_error_carries_the_town_and_no_person(sink: Sink, tenant_a: Tenant) -> None:
    with in_tenant(tenant_a):
        sentry_sdk.set_user({"email": SECRET})
        sentry_sdk.set_extra("form", {"email": SECRET})
        try:
            raise ValueError(f"cannot book for {SECRET}")
        except ValueError as error:
            address = SECRET  # a local variable
            sentry_sdk.capture_exception(error)
    sentry_sdk.flush()
    (event,) = sink.events()
    assert event["tags"]["tenant"] == tenant_a.schema_name
    assert event["release"] == "r1"
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert address.encode() not in b"".join(sink.bodies)


def test_a_request_keeps_its_path_but_not_its_query_cookies_or_tokens(sink: Sink, tenant_a: Tenant) -> None:
    with in_tenant(tenant_a), sentry_sdk.new_scope() as scope:

        def as_a_request(event: Any, _hint: Any) -> Any:
            event["request"] = {
                "url": f"https://musterstadt.example/buchung/token:of:{SECRET}/?q={SECRET}",
                "query_string": f"q={SECRET}",
                "cookies": {"session": SECRET},
                "data": {"name": SECRET},
                "headers": {"Cookie": SECRET, "Accept": "text/html"},
            }
            return event

        scope.add_event_processor(as_a_request)
        sentry_sdk.capture_message("boom")
    sentry_sdk.flush()
    (event,) = sink.events()
    assert event["request"]["url"].startswith("https://musterstadt.example/buchung/")
    assert SECRET.encode() not in b"".join(sink.bodies)


def test_a_failing_task_names_its_town_and_no_person(sink: Sink, tenant_a: Tenant) -> None:
    """A worker stands in the town its message names; the event says which one that was."""
    from celery.app.trace import build_tracer
    from sentry_sdk.integrations.celery import _wrap_tracer

    from config.celery_app import app

    @app.task(name="tests.failing_task")  # type: ignore[untyped-decorator]  # Celery ships no types
    def failing_task() -> None:
        raise ValueError(f"cannot send to {SECRET}")

    try:
        trace = _wrap_tracer(failing_task, build_tracer(failing_task.name, failing_task, app=app))
        trace("id", (), {}, {"id": "id", "headers": {"_schema_name": tenant_a.schema_name}, "retries": 0})
    finally:
        app.tasks.pop("tests.failing_task")
    sentry_sdk.flush()
    (event,) = sink.events()
    assert event["tags"]["tenant"] == tenant_a.schema_name
    assert event["exception"]["values"][0]["type"] == "ValueError"
    assert SECRET.encode() not in b"".join(sink.bodies)
    assert connection.schema_name == "public"  # type: ignore[attr-defined]  # from django-tenants' backend
