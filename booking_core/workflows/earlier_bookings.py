"""What a person used before, for ordinances that ask: read from the bookings, or as a booking was priced with it.

Not here: what an ordinance makes of it (``engines.ordinance.earlier_use``). Documents without quotas and accounts
cost no statement.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from booking_core.engines.ordinance import (
    EarlierUse,
    QuoteRequest,
    history_of,
    period_looked_at,
    request_from_stored,
)
from booking_core.identity.parties import known_party_id
from booking_core.kernel.spans import Span
from booking_core.ordinances.contracts import Past, StoredVersion
from booking_core.reservations.contracts import BookingView, Contact
from booking_core.reservations.queries.earlier import Earlier, earlier_of
from booking_core.workflows.contracts import Viewer

NOTHING: Mapping[str, Decimal] = {}


class EarlierBookings:
    """The ``Past`` of a viewer. Read once per ordinance, however many requests are priced with it.

    ``around``: all the time that will be asked about. With ``adds_up`` everything priced with it is one booking: its
    dates in other rooms find the dates before them.
    """

    def __init__(self, viewer: Viewer, around: Iterable[Span], *, adds_up: bool = True) -> None:
        self.viewer = viewer
        self.around = tuple(around)
        self.adds_up = adds_up
        self._known: dict[int, Earlier] = {}
        self._parts: list[tuple[tuple[str, ...], tuple[Span, ...]]] = []

    def __call__(self, version: StoredVersion, request: QuoteRequest) -> Mapping[str, Decimal]:
        """What ``QuoteRequest.history`` has to hold."""
        earlier = self._earlier(version, request.zone)
        own = self._parts_before((request.resources, request.spans)) if self.adds_up else []
        return history_of(version.document, request, (*earlier.uses, *own), earlier.balances)

    def _parts_before(self, part: tuple[tuple[str, ...], tuple[Span, ...]]) -> list[EarlierUse]:
        """The parts of the same booking priced before this one; asked twice, for another group, it is the same part."""
        if part not in self._parts:
            self._parts.append(part)
        before = self._parts[: self._parts.index(part)]
        return [EarlierUse(resources, span) for resources, spans in before for span in spans]

    def _earlier(self, version: StoredVersion, zone: ZoneInfo) -> Earlier:
        if version.id not in self._known:
            party_id = party_of(self.viewer)
            within = period_looked_at(version.document, self.around, zone)
            self._known[version.id] = (
                earlier_of(party_id, version.ordinance_id, within, apart=self.viewer.changes)
                if party_id is not None
                else Earlier()
            )
        return self._known[version.id]


def party_of(viewer: Viewer) -> int | None:
    """Whose earlier bookings count; None for strangers."""
    if viewer.party_id is not None:
        return viewer.party_id
    return known_party_id(email=viewer.email, user_id=viewer.user_id)


def party_of_contact(contact: Contact, viewer: Viewer) -> int | None:
    """Whose bookings they are that are made for this contact; None where it is somebody new."""
    return known_party_id(
        email=contact.email, organisation_name=contact.organisation_name, user_id=viewer.user_id
    )


def kept_past(booking: BookingView) -> Past:
    """The past as the booking was priced with it. Its price stays the same, whatever was booked since."""
    requests = [request_from_stored(one) for one in booking.priced_requests or ()]

    def past(version: StoredVersion, request: QuoteRequest) -> Mapping[str, Decimal]:
        fitting = [one for one in requests if set(one.resources) == set(request.resources)]
        return next((one.history for one in (*fitting, *requests)), NOTHING)

    return past


def past_of_booking(booking: BookingView, spans: Iterable[Span]) -> Past:
    """What counts as earlier where a booking is priced anew at ``spans``.

    As it was priced with, where it takes place when it took place then; else what the party has booked by now.
    """
    asked = tuple(spans)
    priced = {span for one in booking.priced_requests or () for span in request_from_stored(one).spans}
    if priced.issuperset(asked):
        return kept_past(booking)
    return EarlierBookings(Viewer(party_id=booking.party_id, changes=booking.uuid), asked)
