"""The three that are measured, each asked the same: plain SQL, the floor, ours.

Not here: the questions (``questions``), the clock (``contest``).
"""

import http.client
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from urllib.parse import quote, urlencode
from uuid import uuid4

import psycopg

from infra.benchmarks import raw
from infra.benchmarks.ground import Facts
from infra.benchmarks.questions import Day, Month, Question, Search, Slot

CREATED, CONFLICT = 201, 409
Free = list[tuple[datetime, datetime]]


class Failed(RuntimeError):
    """A system answered something that is neither an answer nor a refusal."""


class Client(Protocol):
    """One connection to a system, used by one thread."""

    def search(self, asked: Search) -> list[str]:
        """The uuids of the first resources that are free, in the town's order."""

    def month(self, asked: Month) -> Free:
        """The free stretches of a room."""

    def day(self, asked: Day) -> dict[str, Free]:
        """The free stretches of each room, by uuid."""

    def slot(self, asked: Slot) -> bool:
        """Book; False where somebody was faster."""

    def close(self) -> None:
        """End the connection."""


Connect = Callable[[], Client]


def ask(client: Client, question: Question) -> object:
    """Put a question of any kind."""
    match question:
        case Search():
            return client.search(question)
        case Month():
            return client.month(question)
        case Day():
            return client.day(question)
        case Slot():
            return client.slot(question)


def sql_values(asked: Question, facts: Facts) -> dict[str, Any]:
    """A question as the values of its plain SQL, ready for JSON."""
    match asked:
        case Search():
            return {"start": _iso(asked.start), "end": _iso(asked.end), "capacity": asked.capacity,
                    "amenity": asked.amenity}  # fmt: skip
        case Month():
            return {"unit": asked.room.unit, "first": _iso(asked.first), "last": _iso(asked.last)}
        case Day():
            units = [room.unit for room in asked.rooms]
            return {"start": _iso(asked.start), "end": _iso(asked.end), "units": units}
        case Slot():
            return {"room": asked.room.id, "unit": asked.room.unit, "start": _iso(asked.start),
                    "end": _iso(asked.end), "party": facts.party}  # fmt: skip


class RawClient:
    """psycopg and plain SQL, planned for the values at hand as Django does."""

    def __init__(self, database_url: str, facts: Facts) -> None:
        path = f"-c search_path={facts.schema},extensions -c timezone=Europe/Berlin"
        self._connection = psycopg.connect(
            database_url, options=path, autocommit=True, prepare_threshold=None
        )
        self._facts = facts

    def search(self, asked: Search) -> list[str]:
        return [row[0] for row in self._rows(raw.SEARCH, asked)]

    def month(self, asked: Month) -> Free:
        return self._rows(raw.MONTH, asked)

    def day(self, asked: Day) -> dict[str, Free]:
        return _free_of_day(asked, self._rows(raw.DAY, asked))

    def slot(self, asked: Slot) -> bool:
        values = sql_values(asked, self._facts)
        try:
            with self._connection.transaction():
                self._connection.execute(raw.LOCK, values)
                self._connection.execute(raw.BOOK, values)
        except psycopg.errors.ExclusionViolation:
            return False
        return True

    def close(self) -> None:
        self._connection.close()

    def _rows(self, sql: str, asked: Question) -> list[Any]:
        cursor = psycopg.ClientCursor(self._connection)
        return cursor.execute(sql, sql_values(asked, self._facts)).fetchall()


class FloorClient:
    """The sixty lines of Django, over HTTP."""

    def __init__(self, port: int, facts: Facts) -> None:
        self._web = Connection(port, {"Host": "floor"})
        self._facts = facts

    def search(self, asked: Search) -> list[str]:
        found: list[str] = self._ask("search", asked)["found"]
        return found

    def month(self, asked: Month) -> Free:
        return [(_instant(start), _instant(end)) for start, end in self._ask("month", asked)["free"]]

    def day(self, asked: Day) -> dict[str, Free]:
        taken = [
            (unit, _instant(start), _instant(end)) for unit, start, end in self._ask("day", asked)["taken"]
        ]
        return _free_of_day(asked, taken)

    def slot(self, asked: Slot) -> bool:
        status, _answer = self._web.ask("POST", "/book", sql_values(asked, self._facts))
        return _was_booked(status)

    def close(self) -> None:
        self._web.close()

    def _ask(self, path: str, asked: Question) -> Any:
        return _read(self._web.ask("POST", f"/{path}", sql_values(asked, self._facts)))


class OurClient:
    """The whole application, over its interface and with a key: limits, permission, rules, history, mail."""

    def __init__(self, web: "Web") -> None:
        self._web = web

    @classmethod
    def over(cls, port: int, facts: Facts) -> "OurClient":
        """A client of the server on this port, with the town's key."""
        return cls(Connection(port, {"Host": facts.host, "Authorization": f"Bearer {facts.key}"}))

    def search(self, asked: Search) -> list[str]:
        return [one["resource"] for one in self.hits(asked, page=1)["results"]]

    def hits(self, asked: Search, *, page: int) -> Any:
        """One page of the result, with prices."""
        query = {"start": _iso(asked.start), "end": _iso(asked.end), "persons": asked.capacity,
                 "amenity": asked.amenity, "page": page}  # fmt: skip
        return self._read("offers/", query)

    def month(self, asked: Month) -> Free:
        query = {
            "start": f"{asked.first}T00:00:00+01:00",
            "end": f"{asked.last + timedelta(days=1)}T00:00:00+01:00",
        }
        return _spans(self._read(f"resources/{asked.room.uuid}/free-times/", query)["free"])

    def day(self, asked: Day) -> dict[str, Free]:
        query = {"start": _iso(asked.start), "end": _iso(asked.end), "page": asked.page}
        return {row["resource"]: _spans(row["free"]) for row in self._read("free-times/", query)}

    def slot(self, asked: Slot) -> bool:
        body = {
            "wish": {
                "resources": [asked.room.uuid], "spans": [{"start": _iso(asked.start), "end": _iso(asked.end)}],
                "group": "private", "purpose": "private_event", "persons": 4,
            },
            "contact": {"name": "Erika Mustermann", "email": f"erika{asked.room.id}@example.org"},
            "title": "Probe",
        }  # fmt: skip
        status, _answer = self._web.ask("POST", "/api/v1/bookings/", body, {"Idempotency-Key": uuid4().hex})
        return _was_booked(status)

    def close(self) -> None:
        self._web.close()

    def _read(self, path: str, query: Mapping[str, object]) -> Any:
        return _read(self._web.ask("GET", f"/api/v1/{path}?{urlencode(query, quote_via=quote)}"))


class Web(Protocol):
    """Something that answers HTTP requests with status and content."""

    def ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Send one request; ``body`` goes as JSON."""

    def close(self) -> None:
        """End the connection."""


class Connection:
    """One kept connection to a local server."""

    def __init__(self, port: int, headers: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = headers

    def ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        content = None if body is None else json.dumps(body)
        sent = {
            **self._headers,
            **(headers or {}),
            **({"Content-Type": "application/json"} if content else {}),
        }
        self._connection.request(method, path, content, sent)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        self._connection.close()


def _read(answer: tuple[int, bytes]) -> Any:
    status, content = answer
    if status != http.client.OK:
        raise Failed(f"{status}: {content[:500]!r}")
    return json.loads(content)


def _was_booked(status: int) -> bool:
    if status not in {CREATED, CONFLICT}:
        raise Failed(f"a booking was answered with {status}")
    return status == CREATED


def _free_of_day(asked: Day, taken: list[tuple[int, datetime, datetime]]) -> dict[str, Free]:
    """What is left of the day between the taken stretches, which come ordered by unit and time."""
    of_unit: dict[int, Free] = {}
    for unit, start, end in taken:
        of_unit.setdefault(unit, []).append((start, end))
    return {room.uuid: _gaps(asked, of_unit.get(room.unit, [])) for room in asked.rooms}


def _gaps(asked: Day, taken: Free) -> Free:
    free, at = [], asked.start
    for start, end in taken:
        if start > at:
            free.append((at, start))
        at = max(at, end)
    return [*free, (at, asked.end)] if at < asked.end else free


def _spans(rows: list[dict[str, str]]) -> Free:
    return [(_instant(row["start"]), _instant(row["end"])) for row in rows]


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _iso(moment: date) -> str:
    return moment.isoformat()
