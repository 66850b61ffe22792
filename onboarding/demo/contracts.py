"""The shapes in which a demo town is written down.

Not here: the towns themselves (``borgstedt``, ``nussbaum``, ``friedrichshafen``), building them (``founding``).
"""

from dataclasses import dataclass, field, replace
from datetime import date

from booking_core.catalog.contracts import LocationData
from tenants.provisioning.plans import BirthPlan

ALL_WEEK = tuple((weekday, 0, 1440) for weekday in range(7))


def daily(opens_hour: int, closes_hour: int) -> tuple[tuple[int, int, int], ...]:
    """The same hours on all seven days, as (weekday, minute, minute)."""
    return tuple((weekday, opens_hour * 60, closes_hour * 60) for weekday in range(7))


@dataclass(frozen=True, slots=True)
class Picture:
    """A scene of ``illustrations`` and its alternative text."""

    scene: str
    alt: str


@dataclass(frozen=True, slots=True)
class DemoRoom:
    """A resource. ``facts`` are further fields of ResourceData; ``codes`` are the ordinance's ids.

    ``parts_of``: names of rooms whose units it claims instead of a unit of its own.
    """

    name: str
    kind: str
    codes: tuple[str, ...]
    pictures: tuple[Picture, ...]
    facts: dict[str, object] = field(default_factory=dict)
    parts_of: tuple[str, ...] = ()
    hours: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A location with its hours, pictures and rooms. A special day is (first, last, why), closed all day."""

    data: LocationData
    hours: tuple[tuple[int, int, int], ...]
    pictures: tuple[Picture, ...]
    rooms: tuple[DemoRoom, ...]
    closed: tuple[tuple[date, date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A member of the staff (with ``roles``) or a citizen with an account (without)."""

    name: str
    email: str
    roles: tuple[str, ...] = ()
    place: str = ""
    organisation: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class DemoBooking:
    """A booking relative to the day the demo is set up.

    ``days`` from today, then on to the next ``weekday`` (0 is Monday) if one is given; clock times by the town's
    wall clock, the end ``nights`` days later. ``then`` are steps: confirm, decline:…, cancel, ask:…, answer:…, note:….
    ``who`` is (name, address, organisation).
    """

    title: str
    rooms: tuple[str, ...]
    days: int
    start: str
    end: str
    who: tuple[str, str, str]
    group: str
    purpose: str
    persons: int
    then: tuple[str, ...] = ()
    weekday: int | None = None
    nights: int = 0
    message: str = ""
    extras: tuple[str, ...] = ()


def again(booking: DemoBooking, *, every_days: int, times: int) -> tuple[DemoBooking, ...]:
    """The same booking further and further back: what has been in the past months."""
    return tuple(replace(booking, days=booking.days - turn * every_days) for turn in range(times))


@dataclass(frozen=True, slots=True)
class DemoTown:
    """One town with everything in it."""

    plan: BirthPlan
    ordinance: str
    in_force: date
    places: tuple[DemoPlace, ...]
    people: tuple[DemoPerson, ...]
    bookings: tuple[DemoBooking, ...]
