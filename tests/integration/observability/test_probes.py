"""Probes: alive without anything, ready with the database, well with Redis and workers; bookings go on
without Redis.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from booking_core.messaging.models import MessageState, OutboxMessage
from booking_core.messaging.tasks import sweep_outboxes
from booking_core.reservations.models import Booking
from infra.embedded.processes import processes_in
from infra.embedded.redis import EmbeddedRedis
from tenants.models import Tenant
from tests.api.conftest import Program, booking, make_key
from tests.conftest import client_of, client_of_host
from tests.factories.catalogue import make_room

ROOT = Path(__file__).resolve().parents[3]
NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture
def without_redis(settings: object) -> Iterator[None]:
    """Cache and queue point to a port where nobody answers."""
    from config.celery_app import app

    dead = {"default": {**settings.CACHES["default"], "LOCATION": NOWHERE}}  # type: ignore[attr-defined]
    settings.CACHES = dead  # type: ignore[attr-defined]  # pytest-django's settings
    before = app.conf.broker_url
    _use_broker(app, NOWHERE)
    yield
    _use_broker(app, before)


def _use_broker(app: Any, url: str) -> None:
    """Let the next message go to ``url``; Celery keeps its connections in a pool."""
    app.conf.broker_url = url
    app._pool = None
    app.__dict__.pop("amqp", None)


@pytest.mark.parametrize(
    "host", ["biletado.localhost", "musterstadt.biletado.localhost", "10.0.0.7", "unbekannt.test"]
)
def test_probes_answer_on_any_host(db: None, host: str) -> None:
    client = client_of_host(host)
    assert client.get("/livez").json()["status"] == "ok"
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"status": "ok", "database": True, "redis": True})


def test_probes_need_no_https_redirect(db: None) -> None:
    """A load balancer asks over plain HTTP inside the network."""
    assert Client(headers={"host": "10.0.0.7"}).get("/livez").status_code == 200
    assert Client(headers={"host": "10.0.0.7"}).get("/readyz").status_code == 200


def test_a_killed_redis_makes_health_red_and_leaves_the_process_in_service(
    db: None, settings: object, tmp_path: Path
) -> None:
    """With a real server. Seen red with ``readiness`` asking for Redis, and with ``health`` not asking."""
    server = EmbeddedRedis(tmp_path / "redis")
    server.start()
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": server.url}}  # type: ignore[attr-defined]
    client = client_of_host("biletado.localhost")
    try:
        assert _told(client, "/healthz") == (503, "degraded", {"database", "redis"})
        sweep_outboxes()
        assert _told(client, "/healthz") == (200, "ok", {"database", "redis", "background"})
        for pid in processes_in(tmp_path / "redis" / "data"):
            os.kill(pid, signal.SIGKILL)
        assert _told(client, "/livez") == (200, "ok", set())
        assert _told(client, "/readyz") == (200, "degraded", {"database"})
        assert _told(client, "/healthz") == (503, "degraded", {"database"})
    finally:
        server.stop()


def _told(client: Client, path: str) -> tuple[int, str, set[str]]:
    """Status, word, and the parts that answer."""
    answer = client.get(path)
    parts = {name for name, is_there in answer.json().items() if is_there is True}
    return answer.status_code, answer.json()["status"], parts


def test_without_the_database_the_process_is_alive_but_not_ready() -> None:
    program = (
        "import django; django.setup(); from django.test import Client;"
        " c = Client(headers={'host': 'biletado.localhost'});"
        " print(c.get('/livez').status_code, c.get('/readyz').status_code, c.get('/readyz').json()['database'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=False, capture_output=True, text=True,
        env={**os.environ, "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/nothing",
             "DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": f"{ROOT}:{ROOT / 'platform'}"},
    )  # fmt: skip
    assert done.stdout == "200 503 False\n", done.stderr


def test_without_redis_bookings_go_on_and_the_mail_waits(
    without_redis: None, town: Tenant, django_capture_on_commit_callbacks: object
) -> None:
    room = make_room()
    body = booking(room)
    body["wish"] = {**body["wish"], "group": "", "purpose": ""}  # type: ignore[dict-item]  # a wish is a dict
    program = Program(town, make_key())
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's fixture
        answer = program.send("bookings/", body, idempotency_key="k")
    assert answer.status_code == 201, answer.content
    assert Booking.objects.count() == 1
    waiting = OutboxMessage.objects.filter(recipient="erika@example.org")
    assert [message.state for message in waiting] == [MessageState.WAITING]


def test_without_redis_pages_answer(without_redis: None, tenant_a: Tenant) -> None:
    client = client_of(tenant_a)
    assert client.get("/").status_code == 200
    assert client.get("/suche/").status_code == 200
    assert client.get("/konto/login/").status_code == 200


def test_no_request_leaves_the_connection_in_a_town(tenant_a: Tenant) -> None:
    """A thread of the web process serves the next town with the same connection."""
    client = client_of(tenant_a)
    for path in ("/", "/gibt-es-nicht/", "/verwaltung/", "/api/v1/bookings/", "/livez"):
        client.get(path)
        assert connection.schema_name == "public"  # type: ignore[attr-defined]  # from django-tenants' backend
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('search_path')")
            assert tenant_a.schema_name not in cursor.fetchone()[0]
