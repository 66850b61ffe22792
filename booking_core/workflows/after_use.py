"""What has to be read or answered after a use, according to the version the booking was quoted with.

Not here: what it comes to (``settle_booking``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from booking_core.engines.ordinance import Document, FactInfo, QuoteRequest
from booking_core.ordinances.queries import document_of_version
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries.settlements import last_readings
from booking_core.reservations.settling import LastReading
from booking_core.workflows.requoting import requests_of_booking

#: Units read off a meter: their figure is the difference of two readings.
METERED_UNITS = frozenset({"kWh", "m3", "km"})


@dataclass(frozen=True, slots=True)
class AfterUse:
    """The questions of one booking after its use, with what was read last time at the same place."""

    figures: tuple[FactInfo, ...]
    last: dict[str, LastReading]

    @property
    def numbers(self) -> tuple[FactInfo, ...]:
        """Figures: meters, counts, amounts."""
        return tuple(fact for fact in self.figures if fact.kind == "number")

    @property
    def answers(self) -> tuple[FactInfo, ...]:
        """Everything that is not a figure."""
        return tuple(fact for fact in self.figures if fact.kind != "number")

    @property
    def has_head_count(self) -> bool:
        """The version asks for the heads counted, so the announced number stays what was announced."""
        return any(fact.unit == "person" for fact in self.numbers)


def after_use_of(booking: BookingView) -> AfterUse:
    """What to ask about one booking. Nothing where no ordinance priced it."""
    requests = requests_of_booking(booking)
    if booking.ordinance_version_id is None or not requests:
        return AfterUse((), {})
    document = document_of_version(booking.ordinance_version_id)
    asked = tuple(dict.fromkeys(fact for one in requests for fact in figures_asked_for(document, one)))
    resource_ids = {item.resource_id for item in booking.items}
    last = last_readings(resource_ids, before=booking.start, exclude_booking_id=booking.id) if asked else {}
    return AfterUse(asked, last)


def is_metered(fact: FactInfo) -> bool:
    """True where two readings of a meter give the figure."""
    return fact.kind == "number" and fact.unit in METERED_UNITS


def figures_asked_for(document: Document, request: QuoteRequest) -> tuple[FactInfo, ...]:
    """The document's ``after_use`` facts that concern this booking's resources, group and purpose."""
    return tuple(fact for fact in questions_for(document, request) if fact.after_use)


def questions_for(document: Document, request: QuoteRequest) -> tuple[FactInfo, ...]:
    """The document's questions that concern this booking's resources, group and purpose."""
    return tuple(
        fact
        for fact in document.facts
        if _concerns(fact.resources, request.resources)
        and _concerns(fact.groups, [request.group])
        and _concerns(fact.purposes, [request.purpose])
    )


def _concerns(named: tuple[str, ...], given: Iterable[str | None]) -> bool:
    return not named or any(one in named for one in given)
