"""Who gets in: a key, its scopes, its town; everyone else is told in the same words."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from booking_core.identity.api_keys import api_keys, create_api_key, revoke_api_key
from booking_core.identity.contracts import SYSTEM
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.api.conftest import Program, make_key, refused

NOWHERE = "00000000-0000-4000-8000-000000000001"  # a booking that is not there
CLOSED = [("GET", "bookings/"), ("POST", "bookings/"), ("GET", f"bookings/{NOWHERE}/"),
          ("POST", f"bookings/{NOWHERE}/cancel/")]  # fmt: skip
WRITING = {"POST"}


def _call(program: Program, method: str, path: str) -> object:
    return program.send(path, {}) if method in WRITING else program.read(path)


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_bookings_need_a_key(stranger: Program, method: str, path: str) -> None:
    answer = _call(stranger, method, path)
    refused(answer, 401, "api-key-refused")
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("scope", ["read", "bookings.read", "bookings.write"])
@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_a_key_opens_only_what_its_scope_names(town: Tenant, scope: str, method: str, path: str) -> None:
    answer = _call(Program(town, make_key(scope)), method, path)
    needed = "bookings.write" if method in WRITING else "bookings.read"
    if scope != needed:
        assert needed in refused(answer, 403, "not-allowed")["detail"]
    else:
        assert answer.status_code in {200, 404, 422}


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer bil_12345678_falsch",
        "Bearer a b",
        "Bearer ü",
        "Bearer " + "x" * 5000,
    ],
)
@pytest.mark.parametrize("path", ["resources/", "bookings/"])
def test_a_wrong_key_is_refused_everywhere(town: Tenant, header: str, path: str) -> None:
    program = Program(town, authorization=header.encode("utf-8").decode("latin-1"))
    refused(program.read(path), 401, "api-key-refused")


def test_another_way_to_sign_in_is_no_key(town: Tenant) -> None:
    refused(Program(town, authorization="Basic ZXJpa2E6Z2VoZWlt").read("bookings/"), 401, "api-key-refused")


def test_a_revoked_key_ends_at_once(town: Tenant) -> None:
    key, secret = create_api_key("Alt", ["bookings.read"], actor=SYSTEM)
    program = Program(town, secret)
    assert program.read("bookings/").status_code == 200
    revoke_api_key(key.id, actor=SYSTEM)
    refused(program.read("bookings/"), 401, "api-key-refused")


def test_an_expired_key_is_refused(town: Tenant) -> None:
    soon = timezone.now() + timedelta(hours=1)
    assert Program(town, make_key(expires_at=soon)).read("bookings/").status_code == 200
    past = timezone.now() - timedelta(seconds=1)
    refused(Program(town, make_key(expires_at=past)).read("bookings/"), 401, "api-key-refused")


def test_another_towns_key_opens_nothing(tenant_b: Tenant, tenant_a: Tenant) -> None:
    with in_tenant(tenant_b):
        secret = make_key()
        assert Program(tenant_b, secret).read("bookings/").status_code == 200
    with in_tenant(tenant_a):
        refused(Program(tenant_a, secret).read("bookings/"), 401, "api-key-refused")


def test_all_refused_keys_are_told_alike(town: Tenant) -> None:
    """Whoever tries keys must not learn which ones once were right."""
    past = timezone.now() - timedelta(seconds=1)
    wrong = Program(town, "bil_falsch").read("bookings/").json()
    assert Program(town, make_key(expires_at=past)).read("bookings/").json() == wrong


def test_use_of_a_key_is_remembered_but_not_with_every_call(town: Tenant) -> None:
    program = Program(town, make_key())
    assert api_keys()[0].last_used_at is None
    program.read("bookings/")
    first = api_keys()[0].last_used_at
    assert first is not None
    program.read("bookings/")
    assert api_keys()[0].last_used_at == first
    cache.clear()


def test_the_interface_is_not_on_the_main_host(main_client: Program) -> None:
    assert main_client.get("/api/v1/resources/").status_code == 404
    assert main_client.get("/api/").status_code == 404


def test_pages_of_a_signed_in_clerk_give_no_rights_here(town: Tenant) -> None:
    """A cookie must not open what needs a key, or any page on the web could book with it."""
    from booking_core.identity.services import invite_staff

    clerk = invite_staff(email="chefin@example.org", name="Chris", roles=["administrator"], actor=SYSTEM)
    program = Program(town)
    program.force_login(clerk)
    refused(program.read("bookings/"), 401, "api-key-refused")
