"""The whole way of ``make bench`` on a tiny ground: answers, counts and what is written down; no times.

Not here: the goals. Whether they are met is a matter of machines (``make bench``).
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.bench import QUICK, measured, write
from infra.benchmarks.ground import SMALL, Ground
from infra.benchmarks.rows import Row
from infra.embedded.postgres_binaries import find_binaries
from tests.services import own_redis_number


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """A database of its own beside the test's, migrated already."""
    server, template = os.environ["BILETADO_TEST_SERVER"], os.environ["BILETADO_TEST_TEMPLATE"]
    name = f"bench_{os.getpid()}"
    redis = os.environ["BILETADO_TEST_REDIS"].rsplit("/", 1)[0] + f"/{own_redis_number()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        try:
            yield Ground(tmp_path, server.rsplit("/", 1)[0] + f"/{name}", redis, find_binaries())
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.mark.slow
def test_the_benchmark_measures_right_answers(ground: Ground, tmp_path: Path) -> None:
    """All systems agree (``Disagreement`` else), and what was fought for is stored once."""
    facts = ground.filled(SMALL)
    assert (len(facts.rooms), facts.bookings) == (
        SMALL.resources,
        SMALL.resources * SMALL.days * SMALL.per_day,
    )
    rows = measured(ground, facts, QUICK, fights=2)
    assert [row.name[0] for row in rows] == ["1", "2", "2", "3", "4"]
    fought = rows[-1]
    assert fought.met, fought
    assert {name: row.figures["statements"] <= most for name, row, most in _counted(rows)} == {
        "search": True, "month": True, "day": True, "booking": True
    }  # fmt: skip
    assert ground.filled(SMALL).bookings == facts.bookings, "the ground is as it was"

    write(rows, tmp_path / "bench.json")
    assert [Row(**row) for row in json.loads((tmp_path / "bench.json").read_text())] == rows


def _counted(rows: list[Row]) -> Iterator[tuple[str, Row, int]]:
    """The statements of each kind of work, against what the design allows."""
    yield from zip(("search", "month", "day", "booking"), rows, (4, 5, 5, 12), strict=False)
