"""Limits per caller and per town; counters belong to a town."""

import pytest
from django.core.cache import cache

from tenants.context import in_tenant
from tenants.models import Tenant
from tests.api.conftest import Program, make_key, refused


@pytest.fixture
def limits(settings: object) -> dict[str, int]:
    """Small limits, to change in the test."""
    small = {"stranger": 3, "strangers-of-town": 100, "key": 3, "keys-of-town": 100}
    settings.API_LIMITS_PER_MINUTE = small  # type: ignore[attr-defined]  # pytest-django's settings
    return small


def _statuses(program: Program, count: int) -> list[int]:
    return [program.read("resources/").status_code for _ in range(count)]


def test_a_stranger_is_stopped_with_a_sentence_and_a_time(limits: dict[str, int], stranger: Program) -> None:
    assert _statuses(stranger, 4) == [200, 200, 200, 429]
    answer = stranger.read("resources/")
    refused(answer, 429, "too-many-requests")
    assert 1 <= int(answer["Retry-After"]) <= 61


def test_another_address_is_not_stopped(limits: dict[str, int], town: Tenant, stranger: Program) -> None:
    assert _statuses(stranger, 4)[-1] == 429
    assert stranger.get("/api/v1/resources/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_made_up_forwarding_header_gives_no_new_address(limits: dict[str, int], town: Tenant) -> None:
    found = [
        Program(town, **{"x-forwarded-for": f"192.0.2.{number}"}).read("resources/").status_code
        for number in range(4)
    ]
    assert found == [200, 200, 200, 429]


def test_keys_count_apart_from_each_other_and_from_strangers(limits: dict[str, int], town: Tenant) -> None:
    first, second = Program(town, make_key()), Program(town, make_key())
    assert _statuses(first, 4) == [200, 200, 200, 429]
    assert _statuses(second, 3) == [200, 200, 200]
    assert _statuses(Program(town), 3) == [200, 200, 200]


def test_a_town_has_a_limit_of_its_own(limits: dict[str, int], town: Tenant) -> None:
    limits["keys-of-town"] = 4
    assert _statuses(Program(town, make_key()), 3) == [200, 200, 200]
    assert _statuses(Program(town, make_key()), 2) == [200, 429]


def test_a_stopped_caller_uses_up_nothing_of_the_towns(limits: dict[str, int], town: Tenant) -> None:
    limits["strangers-of-town"] = 4
    assert _statuses(Program(town), 10).count(200) == 3
    assert Program(town).get("/api/v1/resources/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_strangers_cannot_use_up_what_keys_need(limits: dict[str, int], town: Tenant) -> None:
    limits["strangers-of-town"] = 1
    assert _statuses(Program(town), 2) == [200, 429]
    assert _statuses(Program(town, make_key()), 3) == [200, 200, 200]


def test_another_town_is_not_affected(limits: dict[str, int], tenant_a: Tenant, tenant_b: Tenant) -> None:
    with in_tenant(tenant_a):
        assert _statuses(Program(tenant_a), 4)[-1] == 429
    with in_tenant(tenant_b):
        assert _statuses(Program(tenant_b), 3) == [200, 200, 200]


def test_whoever_tries_keys_is_stopped(limits: dict[str, int], town: Tenant) -> None:
    found = [Program(town, f"bil_{number}").read("bookings/").status_code for number in range(5)]
    assert found == [401, 401, 401, 429, 429]
    assert Program(town, make_key()).read("bookings/").status_code == 200


def test_every_counter_carries_the_town(town: Tenant, stranger: Program) -> None:
    stranger.read("resources/")
    Program(town, make_key()).read("resources/")
    raw = cache.client.get_client()  # type: ignore[attr-defined]  # django-redis
    keys = [key.decode() for key in raw.keys("*api-*")]
    assert len(keys) == 4
    assert all(key.startswith(f"{town.schema_name}:") for key in keys), keys
    assert not any("127.0.0.1" in key for key in keys)
