"""Master test (iii), small: many threads, two towns, rollbacks and errors in between; never a row of the other town.

Seen red with a backend that keeps its search path over ``set_tenant`` (``_handle_search_path`` made to return early):
hundreds of wrong answers. The heavy version is run by ``make prove``.
"""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

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
                disturb = chance.randrange(5)
                if disturb == 0:
                    _rolled_back(towns[0] if town == towns[1] else towns[1])
                elif disturb == 1:
                    _failed(town)
                elif disturb == 2:
                    connection.close()
                elif disturb == 3:
                    with in_public():
                        Tenant.objects.count()
                seen = list(User.objects.filter(email__startswith="kanarie").values_list("email", flat=True))
            if seen != [f"kanarie@{town.slug}.example"]:
                wrong.append(f"{town.slug}: {seen}")
    finally:
        connection.close()
    return wrong


def _rolled_back(other: Tenant) -> None:
    with transaction.atomic():
        point = transaction.savepoint()
        with in_tenant(other):
            User.objects.count()
        transaction.savepoint_rollback(point)
        transaction.set_rollback(True)


def _failed(town: Tenant) -> None:
    try:
        with transaction.atomic():
            User.objects.create_user(f"kanarie@{town.slug}.example")
    except IntegrityError:
        pass


@pytest.mark.parametrize("rounds", [25, pytest.param(500, marks=pytest.mark.slow)])
def test_no_thread_ever_reads_the_other_town(two_towns: tuple[Tenant, Tenant], rounds: int) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        found = pool.map(lambda seed: _wrong_answers(seed, two_towns, rounds), range(THREADS))
        assert [line for lines in found for line in lines] == []
