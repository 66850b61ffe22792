"""What a rule looks at: the booking as a whole, and the resources, dates and day part in question.

Not here: the rules.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from booking_core.engines.ordinance.calendar import LocalSpan
from booking_core.engines.ordinance.contracts import FactValue, PriceLine, QuoteRequest
from booking_core.engines.ordinance.language.model import Ordinance, Resource

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
        self.claims = {resource.id: _comprised(resource, ordinance) for resource in ordinance.resources}


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


def _comprised(resource: Resource, ordinance: Ordinance) -> frozenset[str]:
    """The resource itself, its parts and what it comprises, all the way down."""
    claimed = {resource.id}
    waiting = [resource.id]
    while waiting:
        name = waiting.pop()
        for other in ordinance.resources:
            is_inside = other.part_of == name or any(
                other.id in entry.comprises for entry in ordinance.resources if entry.id == name
            )
            if is_inside and other.id not in claimed:
                claimed.add(other.id)
                waiting.append(other.id)
    return frozenset(claimed)
