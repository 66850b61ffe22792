"""What is asked of every measured system, the same of each.

Not here: how each is asked (``systems``).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from infra.benchmarks.ground import Facts, Room

ZONE = ZoneInfo("Europe/Berlin")
PER_PAGE = 100  # resources of a day view
_HALF_HOURS = 26  # bookable ones of a day, 8 to 21 o'clock
_BOOKED_AFTER_DAYS = 400  # measured bookings lie behind the ground's year


@dataclass(frozen=True, slots=True)
class Search:
    """Who is free from 14 to 16, for so many people, with this amenity?"""

    start: datetime
    end: datetime
    capacity: int
    amenity: str


@dataclass(frozen=True, slots=True)
class Month:
    """When is this room free between these days, the last included?"""

    room: Room
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Day:
    """When are the rooms of this page free between 8 and 22 o'clock?"""

    page: int
    rooms: tuple[Room, ...]
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """Book half an hour of this room."""

    room: Room
    start: datetime
    end: datetime


Question = Search | Month | Day | Slot


class Questions:
    """Chances for one run; the same seed asks the same. No slot comes twice."""

    def __init__(self, facts: Facts, seed: int = 1) -> None:
        self._facts = facts
        self._first = date.fromisoformat(facts.first_day)
        self._chance = random.Random(seed)  # noqa: S311 — the same questions each time
        self._slots = count()

    def search(self) -> Search:
        """A window of two hours on a day of the year."""
        day = self._day()
        capacity, amenity = self._chance.choice((4, 8, 10, 20)), self._chance.choice(self._facts.amenities)
        return Search(_at(day, 14), _at(day, 16), capacity, amenity)

    def month(self) -> Month:
        """Thirty days of one room."""
        first = self._first + timedelta(days=self._chance.randrange(max(1, self._facts.days - 30)))
        return Month(self._chance.choice(self._facts.rooms), first, first + timedelta(days=29))

    def day(self) -> Day:
        """A day of one page of rooms."""
        day, pages = self._day(), len(self._facts.rooms) // PER_PAGE
        page = self._chance.randrange(pages) + 1
        rooms = self._facts.rooms[(page - 1) * PER_PAGE : page * PER_PAGE]
        return Day(page, rooms, _at(day, 8), _at(day, 22))

    def slot(self) -> Slot:
        """A free half hour nobody was given before."""
        number = next(self._slots)
        rooms = self._facts.rooms
        room = rooms[number * 7 % len(rooms)]
        nth = number // len(rooms)
        day = self._first + timedelta(days=_BOOKED_AFTER_DAYS + nth // _HALF_HOURS)
        start = _at(day, 8) + timedelta(minutes=30 * (nth % _HALF_HOURS))
        return Slot(room, start, start + timedelta(minutes=30))

    def slots(self, amount: int) -> list[Slot]:
        """So many of them, to be fought for."""
        return [self.slot() for _ in range(amount)]

    def of(self, kind: str) -> Iterator[Question]:
        """Questions of one kind without end."""
        while True:
            question: Question = getattr(self, kind)()
            yield question

    def _day(self) -> date:
        return self._first + timedelta(days=self._chance.randrange(self._facts.days))


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
