"""How many statements each kind of work takes on the ground. Run as a program on it, prints JSON.

Not here: their names (the tests have them). ``SET search_path`` is counted apart: one per change of town.
"""

import json
import sys
from typing import Any

import django

from infra.benchmarks.contest import KINDS
from infra.benchmarks.ground import Facts
from infra.benchmarks.questions import Question, Questions, Slot
from infra.benchmarks.systems import OurClient, ask

PATH = "SET search_path"


class _InProcess:
    """The application without a server: the same requests, its statements in reach."""

    def __init__(self, headers: dict[str, str]) -> None:
        from django.test import Client

        self._client = Client(headers=headers)

    def ask(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Any:
        if method == "GET":
            answer = self._client.get(path, headers=headers)
        else:
            answer = self._client.post(path, json.dumps(body), "application/json", headers=headers)
        return answer.status_code, answer.content

    def close(self) -> None:
        """Nothing is kept open."""


def main(facts: Facts) -> None:
    """Ask everything twice and count the second time, when the town's facts are in memory."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = OurClient(_InProcess({"Host": facts.host, "Authorization": f"Bearer {facts.key}"}))
    questions = Questions(facts, seed=3)
    counted: dict[str, int] = {}
    for kind in KINDS:
        first: Question
        second: Question
        first, second = next(questions.of(kind)), next(questions.of(kind))
        if isinstance(first, Slot):  # the same person again: somebody new is made once
            second = Slot(first.room, first.end, first.end + (first.end - first.start))
        ask(client, first)
        with CaptureQueriesContext(connection) as taken:
            ask(client, second)
        said = [one["sql"] for one in taken]
        counted[kind] = sum(not sql.startswith(PATH) for sql in said)
        counted[f"{kind}_paths"] = len(said) - counted[kind]
    sys.stdout.write(json.dumps(counted))


if __name__ == "__main__":
    django.setup()
    main(Facts.read(sys.stdin.read()))
