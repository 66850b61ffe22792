"""A request as plain JSON values, and back, so that a booking can be quoted again years later.

Not here: quotes (``storing``), requests people write (``requests``), where it is kept.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import cast
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance.contracts import FactValue, QuoteRequest
from booking_core.kernel.spans import Span

FORMAT = 1
Data = Mapping[str, object]


def request_to_data(request: QuoteRequest) -> dict[str, object]:
    """Return the request as plain JSON values; ``request_from_stored`` gives back an equal request."""
    return {
        "format": FORMAT,
        "resources": list(request.resources),
        "spans": [[span.start.isoformat(), span.end.isoformat()] for span in request.spans],
        "zone": request.zone.key,
        "group": request.group,
        "purpose": request.purpose,
        "persons": request.persons,
        "extras": _numbers_to_data(request.extras),
        "facts": {name: _fact_to_data(value) for name, value in request.facts.items()},
        "requested_at": _moment_to_data(request.requested_at),
        "cancelled_at": _moment_to_data(request.cancelled_at),
        "paid_at": _moment_to_data(request.paid_at),
        "measured": _numbers_to_data(request.measured),
        "history": _numbers_to_data(request.history),
        "readings": dict(request.readings),
        "pieces": dict(request.pieces),
        "further_groups": list(request.further_groups),
    }


def request_from_stored(data: Data) -> QuoteRequest:
    """Rebuild a request from ``request_to_data``; raise ``ValueError`` for another format."""
    if data.get("format") != FORMAT:
        raise ValueError(f"request format {FORMAT} expected, not {data.get('format')!r}")
    spans = cast(Sequence[tuple[str, str]], data["spans"])
    return QuoteRequest(
        resources=_words(data["resources"]),
        spans=tuple(Span(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in spans),
        zone=ZoneInfo(str(data["zone"])),
        group=cast(str | None, data["group"]),
        purpose=cast(str | None, data["purpose"]),
        persons=cast(int | None, data["persons"]),
        extras=_numbers(data["extras"]),
        facts={name: _fact(value) for name, value in cast(Data, data["facts"]).items()},
        requested_at=_moment(data["requested_at"]),
        cancelled_at=_moment(data["cancelled_at"]),
        paid_at=_moment(data["paid_at"]),
        measured=_numbers(data["measured"]),
        history=_numbers(data["history"]),
        readings={name: str(value) for name, value in cast(Data, data["readings"]).items()},
        pieces={name: int(str(value)) for name, value in cast(Data, data["pieces"]).items()},
        further_groups=_words(data["further_groups"]),
    )


def _numbers_to_data(numbers: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: str(number) for name, number in numbers.items()}


def _numbers(data: object) -> dict[str, Decimal]:
    return {name: Decimal(str(number)) for name, number in cast(Data, data).items()}


def _fact_to_data(value: FactValue) -> object:
    """A number is wrapped, so that it does not come back as a text."""
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return list(value) if isinstance(value, tuple) else value


def _fact(value: object) -> FactValue:
    if isinstance(value, Mapping):
        return Decimal(str(value["number"]))
    return _words(value) if isinstance(value, list) else cast(FactValue, value)


def _words(data: object) -> tuple[str, ...]:
    return tuple(str(word) for word in cast(Sequence[object], data))


def _moment_to_data(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(data: object) -> datetime | None:
    return None if data is None else datetime.fromisoformat(str(data))
