"""Requests written as data: those of examples, and those from outside as JSON or YAML.

Not here: requests of the booking pages (``ordinances``).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from booking_core.engines.ordinance.answers import wrong_answers_of
from booking_core.engines.ordinance.contracts import DocumentInvalid, DocumentProblem, QuoteRequest
from booking_core.engines.ordinance.language.examples import BookingFacts, BookingRequest
from booking_core.engines.ordinance.language.model import Ordinance
from booking_core.engines.ordinance.mistakes import Mistake, mistakes_of
from booking_core.engines.ordinance.references import unknown_names
from booking_core.kernel.spans import Span


def request_from_data(data: Mapping[str, object], zone: ZoneInfo) -> QuoteRequest:
    """Read a request in the words of the document language; times are on the wall clock of ``zone``.

    Raises ``DocumentInvalid`` with a path and what was expected for each mistake; lines are always 1.
    """
    booking = _validated(data)
    return request_of(booking, zone, booking.readings)


def request_for(ordinance: Ordinance, data: object) -> QuoteRequest:
    """Read a request against a document; raise ``DocumentInvalid`` also for names it does not know."""
    booking = _validated(data)
    found = (*unknown_names(booking, ordinance), *wrong_answers_of(booking, ordinance))
    if found:
        raise _invalid(found)
    return request_of(booking, ZoneInfo(ordinance.zone), booking.readings)


def _validated(data: object) -> BookingRequest:
    try:
        return BookingRequest.model_validate(data)
    except ValidationError as error:
        raise _invalid(mistakes_of(error, BookingRequest)) from error


def _invalid(found: tuple[Mistake, ...]) -> DocumentInvalid:
    problems = tuple(DocumentProblem(1, 1, one.path_in_words(), one.message) for one in found)
    return DocumentInvalid(problems, source="request")


def request_of(
    booking: BookingFacts, zone: ZoneInfo, readings: Mapping[str, str] | None = None
) -> QuoteRequest:
    """The request a booking of the document language describes."""
    return QuoteRequest(
        resources=booking.resources,
        spans=tuple(_spans(booking, zone)),
        zone=zone,
        group=booking.group,
        purpose=booking.purpose,
        persons=booking.persons,
        extras=booking.extras,
        facts=booking.facts,
        requested_at=_aware(booking.requested_at, zone),
        cancelled_at=_aware(booking.cancelled_at, zone),
        paid_at=_aware(booking.paid_at, zone),
        measured=booking.measured,
        history=booking.history,
        readings=readings or {},
        pieces=booking.pieces,
        further_groups=booking.further_groups,
    )


def _aware(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=zone)


def _spans(booking: BookingFacts, zone: ZoneInfo) -> Iterator[Span]:
    for dated in booking.spans:
        yield Span(dated.start.replace(tzinfo=zone), dated.end.replace(tzinfo=zone))
    if booking.start is None or booking.end is None:
        return
    series = booking.series
    step = timedelta(days=7 if series is not None and series.every == "week" else 1)
    for index in range(series.dates if series is not None else 1):
        shift = step * index
        yield Span((booking.start + shift).replace(tzinfo=zone), (booking.end + shift).replace(tzinfo=zone))
