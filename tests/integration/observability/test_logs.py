"""Log lines: one JSON object each, with request and town, without people."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.conf import settings as configured
from django.http import HttpRequest, HttpResponse
from django.test import Client

from config.settings.logs import logging_config
from tenants.models import Tenant
from tests.conftest import client_of

ADDRESS = "erika.mustermann@example.org"


class Lines(io.StringIO):
    """What was logged, parsed."""

    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """The project's own formatter on every line from INFO on, as in production."""
    stream = Lines()
    handler = logging.StreamHandler(stream)
    formatter = logging_config(level="INFO", renderer="json")["formatters"]["structured"]  # type: ignore[index]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=formatter["processor"], foreign_pre_chain=formatter["foreign_pre_chain"]
        )
    )
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_request_is_logged_with_id_and_town_and_without_its_query(tenant_a: Tenant, lines: Lines) -> None:
    answer = client_of(tenant_a).get("/suche/", {"q": ADDRESS}, headers={"x-request-id": "made-up"})
    assert answer.status_code == 200
    started, finished = [line for line in lines.all() if line["event"].startswith("request_")]
    assert finished["event"] == "request_finished"
    assert finished["code"] == 200
    assert finished["request"] == "GET /suche/"
    assert finished["tenant"] == tenant_a.schema_name
    assert finished["request_id"] == started["request_id"] != "made-up"
    assert ADDRESS not in lines.getvalue()
    assert "127.0.0.1" not in lines.getvalue()


def test_two_requests_have_two_ids(tenant_a: Tenant, tenant_b: Tenant, lines: Lines) -> None:
    client_of(tenant_a).get("/")
    client_of(tenant_b).get("/")
    finished = [line for line in lines.all() if line["event"] == "request_finished"]
    assert [line["tenant"] for line in finished] == [tenant_a.schema_name, tenant_b.schema_name]
    assert len({line["request_id"] for line in finished}) == 2


def test_tokens_of_links_are_not_logged(tenant_a: Tenant, lines: Lines) -> None:
    client_of(tenant_a).get("/buchung/eyJib29raW5nIjoxfQ:1abcde:geheim/")
    assert "geheim" not in lines.getvalue()
    assert "/buchung/[entfernt]/" in lines.getvalue()


def test_an_error_is_logged_with_its_place_and_without_people(
    tenant_a: Tenant, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    from booking_core.web.citizen.urls import urlpatterns

    def broken(request: HttpRequest) -> HttpResponse:
        raise ValueError(f"cannot search for {ADDRESS}")

    broken.access = _search_door(urlpatterns).callback.access  # type: ignore[attr-defined]
    monkeypatch.setattr(_search_door(urlpatterns), "callback", broken)
    client: Client = client_of(tenant_a)
    client.raise_request_exception = False
    assert client.get("/suche/").status_code == 500
    failed = [line for line in lines.all() if line["level"] == "error"]
    assert failed
    assert any("ValueError" in str(line.get("exception", "")) for line in failed)
    assert any(line.get("request_id") and line["tenant"] == tenant_a.schema_name for line in failed)
    assert ADDRESS not in lines.getvalue()
    assert "[entfernt]" in lines.getvalue()


def _search_door(patterns: list[Any]) -> Any:
    return next(pattern for pattern in patterns if pattern.name == "search")


def test_names_and_accounts_are_no_part_of_a_line(tenant_a: Tenant, lines: Lines) -> None:
    assert configured.DJANGO_STRUCTLOG_USER_ID_FIELD is None
    client = client_of(tenant_a)
    client.post("/konto/login/", {"login": ADDRESS, "password": "falsch geraten"})
    text = lines.getvalue()
    assert ADDRESS not in text
    assert "falsch geraten" not in text
    assert not any("user_id" in line or "ip" in line for line in lines.all())


def test_while_redis_is_gone_one_line_says_so(tenant_a: Tenant, lines: Lines, settings: Any) -> None:
    from django.core.cache import cache

    gone = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    settings.CACHES = gone
    logger = logging.getLogger("django_redis.cache")
    for once in logger.filters:
        once.__init__()  # type: ignore[misc]  # forget what other tests logged
    for number in range(5):
        assert cache.get(f"key {number}") is None
    told = [line for line in lines.all() if line["logger"] == "django_redis.cache"]
    assert len(told) == 1
    assert "redis_unreachable" in told[0]["event"]
    assert "exception" not in told[0]
