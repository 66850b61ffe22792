"""Before anything is timed: every system gives the same answer, and ours keeps what it acknowledges.

Not here: times (``contest``).
"""

from collections.abc import Mapping
from typing import Any

import psycopg

from infra.benchmarks import raw
from infra.benchmarks.ground import Facts
from infra.benchmarks.questions import Questions
from infra.benchmarks.systems import Client, Connect, OurClient


class Disagreement(AssertionError):
    """Two systems answered the same question differently."""


def check_answers(systems: Mapping[str, Connect], questions: Questions, *, times: int) -> int:
    """Compare the answers of all systems to ``times`` questions of each kind; how many resources were found."""
    clients = {name: connect() for name, connect in systems.items()}
    found = 0
    try:
        for _number in range(times):
            search = questions.search()
            ids = _same({name: _ids(client, search) for name, client in clients.items()}, search)
            found += len(ids)
            month = questions.month()
            _same({name: client.month(month) for name, client in clients.items()}, month)
            day = questions.day()
            _same({name: client.day(day) for name, client in clients.items()}, day)
    finally:
        for client in clients.values():
            client.close()
    return found


def _ids(client: Client, search: Any) -> list[str]:
    """All ids, also where a system shows them page by page."""
    if not isinstance(client, OurClient):
        return client.search(search)
    first = client.hits(search, page=1)
    rest = [client.hits(search, page=page) for page in range(2, first["pages"] + 1)]
    return [one["resource"] for page in (first, *rest) for one in page["results"]]


def _same(answers: Mapping[str, Any], question: object) -> Any:
    first, *others = answers.values()
    if any(answer != first for answer in others):
        raise Disagreement(f"{question}\n" + "\n".join(f"{name}: {one}" for name, one in answers.items()))
    return first


def clean(database_url: str, facts: Facts) -> None:
    """Take away whatever measuring has stored."""
    with _connected(database_url, facts) as connection:
        for statement in raw.CLEAN:
            connection.execute(statement, {"last": facts.last_booking})


def stored(database_url: str, facts: Facts) -> int:
    """How many times are taken by bookings that measuring has made."""
    with _connected(database_url, facts) as connection:
        row = connection.execute(raw.STORED, {"last": facts.last_booking}).fetchone()
    return int(row[0]) if row else 0


def _connected(database_url: str, facts: Facts) -> psycopg.Connection[Any]:
    return psycopg.connect(database_url, options=f"-c search_path={facts.schema},extensions")
