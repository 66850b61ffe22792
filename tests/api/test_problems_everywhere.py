"""Every refusal software can meet is a problem document, also before and beside the interface's own views."""

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from booking_core.api.v1 import offers
from tenants.context import in_public
from tenants.models import Tenant, TenantState
from tests.conftest import MAIN_HOST, client_of, client_of_host

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
PROBLEM = {"accept": "application/problem+json"}


def problem(answer: Any, status: int) -> dict[str, object]:
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    body: dict[str, object] = json.loads(answer.content)
    assert {"type", "title", "status", "detail", "code"} <= set(body)
    assert body["status"] == status
    assert str(body["type"]).startswith("urn:biletado:problem:")
    return body


@pytest.fixture
def suspended(tenant_a: Tenant) -> Tenant:
    with in_public():
        tenant_a.state = TenantState.SUSPENDED
        tenant_a.save()
    return tenant_a


@pytest.mark.parametrize("path", ["/api/v1/resources/", "/api/v1/quotes/", "/api/"])
def test_an_unknown_host(path: str) -> None:
    for method in ("get", "post"):
        body = problem(getattr(client_of_host("nirgendwo.example"), method)(path), 404)
        assert body["code"] == "no-such-host"


@pytest.mark.parametrize("headers", [JSON, PROBLEM])
def test_an_unknown_host_asked_for_json(headers: dict[str, str]) -> None:
    problem(client_of_host("nirgendwo.example").get("/", headers=headers), 404)


def test_people_still_get_pages() -> None:
    for accept in ("text/html,application/xhtml+xml,*/*;q=0.8", "*/*", "text/html, application/json;q=0.5"):
        answer = client_of_host("nirgendwo.example").get("/", headers={"accept": accept})
        assert answer.headers["Content-Type"].startswith("text/html")


def test_a_suspended_town_says_when_to_come_back(suspended: Tenant) -> None:
    answer = client_of(suspended).get("/api/v1/resources/", headers={"accept-language": "en"})
    assert problem(answer, 503)["code"] == "town-not-open"
    assert answer.headers["Retry-After"] == "60"
    assert "municipality" in str(answer.json()["detail"])
    assert client_of(suspended).get("/").headers["Content-Type"].startswith("text/html")


REFUSALS = {
    "no such version": ("get", "/api/v2/", 404),
    "no such address": ("get", "/api/v1/nothing/", 404),
    "no slash": ("get", "/api/v1/resources/x", 404),
    "not for deleting": ("delete", "/api/v1/resources/", 405),
    "a page that takes no posts": ("put", "/api/", 405),
    "no key": ("get", "/api/v1/bookings/", 401),
    "not JSON": ("post", "/api/v1/quotes/", 415),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refusals_below_api(tenant_a: Tenant, case: str) -> None:
    method, path, status = REFUSALS[case]
    problem(getattr(client_of(tenant_a), method)(path), status)


@pytest.mark.parametrize("path", ["/api/", "/api/v1/resources/"])
def test_the_main_host_has_no_interface(path: str) -> None:
    problem(client_of_host(MAIN_HOST).get(path), 404)


def test_broken_json_and_a_foreign_format(tenant_a: Tenant) -> None:
    client = client_of(tenant_a)
    problem(client.post("/api/v1/quotes/", b"{", content_type="application/json"), 400)
    problem(client.get("/api/v1/resources/", headers={"accept": "image/png"}), 406)


def test_a_forged_post(tenant_a: Tenant) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": f"musterstadt.{MAIN_HOST}"})
    problem(client.post("/meine-buchungen/", {"email": "x@example.org"}, headers=JSON, secure=True), 403)


def test_a_crash_is_a_document_without_its_reason(tenant_a: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_arguments: object, **_options: object) -> HttpResponse:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(offers.ResourceList, "get", crash)
    client = client_of(tenant_a)
    client.raise_request_exception = False
    answer = client.get("/api/v1/resources/")
    assert problem(answer, 500)["code"] == "internal-error"
    assert "secret" not in answer.content.decode()


def test_a_host_that_is_none(tenant_a: Tenant) -> None:
    problem(client_of_host("evil.example:99999x").get("/api/v1/resources/"), 404)
