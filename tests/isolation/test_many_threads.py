"""Master test (iii), small: many threads, two towns, rollbacks and errors in between; never a row of the other town.

This is what ``TENANT_LIMIT_SET_CALLS`` rests on: savepoints, rollbacks, errors that somebody swallows before COMMIT,
lost connections and psycopg's pool. Seen red with a backend that keeps its search path over ``set_tenant``,
``rollback``, ``savepoint_rollback``, ``close`` or a failed COMMIT, one at a time. The heavy version is run by
``make prove``.
"""

import contextlib
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction

from booking_core.identity.models import User
from tenants.context import in_public, in_tenant
from tenants.models import Tenant

THREADS = 20


@pytest.fixture
def two_towns(django_db_blocker: Any) -> Iterator[tuple[Tenant, Tenant]]:
    """Each town with one committed account that names it."""
    with django_db_blocker.unblock():
        connection.set_schema_to_public()
        towns = (Tenant.objects.get(slug="musterstadt"), Tenant.objects.get(slug="nachbarort"))
        for town in towns:
            with in_tenant(town):
                User.objects.create_user(f"kanarie@{town.slug}.example")
        try:
            yield towns
        finally:
            for town in towns:
                with in_tenant(town):
                    kanaries = User.objects.filter(email__startswith="kanarie")
                    kanaries._raw_delete(kanaries.db)  # type: ignore[attr-defined]  # operators are no town's table
            connection.close()


def _wrong_answers(seed: int, towns: tuple[Tenant, Tenant], rounds: int) -> list[str]:
    chance, wrong = random.Random(seed), []  # noqa: S311 — the same mixture each time
    try:
        for _ in range(rounds):
            town = chance.choice(towns)
            with in_tenant(town):
                chance.choice(_DISTURBANCES)(town, towns[0] if town == towns[1] else towns[1])
                seen = _kanaries()
            if seen != [f"kanarie@{town.slug}.example"]:
                wrong.append(f"{town.slug}: {seen}")
    finally:
        connection.close()
    return wrong


def _kanaries() -> list[str]:
    return list(User.objects.filter(email__startswith="kanarie").values_list("email", flat=True))


def _rolled_back(_town: Tenant, other: Tenant) -> None:
    with transaction.atomic():
        point = transaction.savepoint()
        with in_tenant(other):
            User.objects.count()
        transaction.savepoint_rollback(point)
        transaction.set_rollback(True)


def _rolled_back_to_a_savepoint(town: Tenant, other: Tenant) -> None:
    """The path of ``town`` is set after the savepoint and goes with it."""
    with in_tenant(other), transaction.atomic():
        point = transaction.savepoint()
        with in_tenant(town):
            User.objects.count()
            transaction.savepoint_rollback(point)
            assert _kanaries() == [f"kanarie@{town.slug}.example"]


def _failed(town: Tenant, _other: Tenant) -> None:
    with contextlib.suppress(IntegrityError), transaction.atomic():
        User.objects.create_user(f"kanarie@{town.slug}.example")


def _failed_and_swallowed(_town: Tenant, other: Tenant) -> None:
    """COMMIT of a failed transaction is a rollback, and Django does not know."""
    with in_tenant(other):
        User.objects.count()
    with transaction.atomic(), contextlib.suppress(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM no_such_table")


def _lost(_town: Tenant, _other: Tenant) -> None:
    User.objects.count()
    connection.close()


def _in_public(_town: Tenant, _other: Tenant) -> None:
    with in_public():
        Tenant.objects.count()


def _streamed(town: Tenant, other: Tenant) -> None:
    """A cursor on the server is read while the thread looks into the other town."""
    with transaction.atomic():
        rows = User.objects.filter(email__startswith="kanarie").iterator(chunk_size=1)
        with in_tenant(other):
            User.objects.count()
        assert [user.email for user in rows] == [f"kanarie@{town.slug}.example"]


def _undisturbed(_town: Tenant, _other: Tenant) -> None:
    User.objects.count()


_DISTURBANCES: tuple[Callable[[Tenant, Tenant], None], ...] = (
    _rolled_back,
    _rolled_back_to_a_savepoint,
    _failed,
    _failed_and_swallowed,
    _lost,
    _in_public,
    _streamed,
    _undisturbed,
)


@pytest.fixture(params=["own connections", "pool"])
def connecting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each thread has its own connection, or threads take turns with a few that others have left behind."""
    if request.param == "pool":
        connection.close()
        shared = connections.settings["default"]  # type: ignore[attr-defined]  # what new threads connect by
        pool = {"min_size": 2, "max_size": 6, "timeout": 60}
        monkeypatch.setitem(shared, "OPTIONS", {**shared["OPTIONS"], "pool": pool})
        monkeypatch.setitem(shared, "CONN_MAX_AGE", 0)
        yield "pool"
        connections.create_connection("default").close_pool()  # type: ignore[attr-defined]
    else:
        yield "own connections"


@pytest.mark.parametrize("rounds", [25, pytest.param(500, marks=pytest.mark.slow)])
def test_no_thread_ever_reads_the_other_town(
    connecting: str, two_towns: tuple[Tenant, Tenant], rounds: int
) -> None:
    assert settings.TENANT_LIMIT_SET_CALLS  # else this proves less than it says
    with ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(lambda seed: _wrong_answers(seed, two_towns, rounds), range(THREADS))
        assert [line for lines in found for line in lines] == []
