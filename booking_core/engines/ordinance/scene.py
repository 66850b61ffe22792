"""What a rule looks at: the booking as a whole, and the resources, dates and day part in question.

Not here: the rules.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from booking_core.engines.ordinance.calendar import LocalSpan
from booking_core.engines.ordinance.contracts import FactValue, PriceLine, QuoteRequest
from booking_core.engines.ordinance.language.model import Ordinance

NO_LINES: tuple[PriceLine, ...] = ()


class Booking:
    """One request, read once: wall clocks, answers with their defaults, readings in force."""

    __slots__ = ("dates", "facts", "group", "known", "ordinance", "readings", "request", "resources")

    def __init__(self, ordinance: Ordinance, request: QuoteRequest, defaults: "Defaults") -> None:
        self.ordinance = ordinance
        self.request = request
        zone = request.zone
        self.dates = tuple(LocalSpan.from_span(span, zone) for span in sorted(request.spans))
        self.facts: Mapping[str, FactValue] = (
            {**defaults.facts, **request.facts} if request.facts else defaults.facts
        )
        self.readings: Mapping[str, str] = (
            {**defaults.readings, **request.readings} if request.readings else defaults.readings
        )
        self.known = defaults.resources
        self.resources = tuple(dict.fromkeys(request.resources))
        self.group = request.group

    @property
    def first_day(self) -> date:
        return self.dates[0].first_day


class Defaults:
    """What a document says before anybody asks: default answers and readings, resources by id."""

    __slots__ = ("claims", "facts", "readings", "resources")

    def __init__(self, ordinance: Ordinance) -> None:
        self.facts: dict[str, FactValue] = {
            fact.id: fact.default for fact in ordinance.facts if fact.default is not None
        }
        self.readings = {ambiguity.id: ambiguity.default for ambiguity in ordinance.ambiguities}
        self.resources = {resource.id: resource for resource in ordinance.resources}
        inside = _directly_inside(ordinance)
        self.claims = {resource.id: _comprised(resource.id, inside) for resource in ordinance.resources}


class Scene:
    """A booking, and what of it is in question. ``lines`` holds what was priced before, for shares of it."""

    __slots__ = ("booking", "dates", "lines", "part", "quantity", "resources")

    def __init__(
        self,
        booking: Booking,
        *,
        resources: tuple[str, ...] | None = None,
        dates: tuple[LocalSpan, ...] | None = None,
        part: str | None = None,
    ) -> None:
        self.booking = booking
        self.resources = booking.resources if resources is None else resources
        self.dates = booking.dates if dates is None else dates
        self.part = part
        self.quantity = Decimal(1)
        self.lines = NO_LINES

    def about(
        self,
        *,
        resources: tuple[str, ...] | None = None,
        dates: tuple[LocalSpan, ...] | None = None,
        part: str | None = None,
    ) -> "Scene":
        """The same booking with another question."""
        scene = Scene(
            self.booking,
            resources=self.resources if resources is None else resources,
            dates=self.dates if dates is None else dates,
            part=self.part if part is None else part,
        )
        scene.quantity = self.quantity
        scene.lines = self.lines
        return scene

    def area(self) -> Decimal | None:
        """Floor area of the resources in question together; None where one is unknown."""
        total = Decimal(0)
        for name in self.resources:
            resource = self.booking.known.get(name)
            if resource is None or resource.area_m2 is None:
                return None
            total += resource.area_m2
        return total

    def pieces(self) -> Decimal:
        """Pieces booked of the resources in question."""
        counted = self.booking.request.pieces
        return Decimal(sum(counted.get(name, 1) for name in self.resources))


def _directly_inside(ordinance: Ordinance) -> dict[str, set[str]]:
    """For each resource its parts and what it comprises, one level down."""
    inside: dict[str, set[str]] = {resource.id: set(resource.comprises) for resource in ordinance.resources}
    for resource in ordinance.resources:
        if resource.part_of is not None:
            inside.setdefault(resource.part_of, set()).add(resource.id)
    return inside


def _comprised(name: str, inside: Mapping[str, set[str]]) -> frozenset[str]:
    """The resource itself, its parts and what it comprises, all the way down."""
    claimed = {name}
    waiting = [name]
    while waiting:
        found = inside.get(waiting.pop(), set()) - claimed
        claimed |= found
        waiting.extend(found)
    return frozenset(claimed)
