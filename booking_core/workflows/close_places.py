"""Close places, and settle with everybody whose booking lies in the way: move, cancel free of charge, or let stay.

Not here: taking the time (``reservations.services.closures``), one move or one cancellation (their own workflows).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.queries import published_resources
from booking_core.engines.availability import contains, subtract
from booking_core.identity.contracts import Actor
from booking_core.identity.parties import lock_parties
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.spans import Span, at_wall_clock
from booking_core.messaging import composing
from booking_core.messaging.outbox import queue_mail
from booking_core.reservations.closure_contracts import ClosureView
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries.free_time import free_times
from booking_core.reservations.queries.hits import bookings_hit, closed_units
from booking_core.reservations.services.closures import close, hold_still_for_closing
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.move_booking import move_booking, refuse_stale
from booking_core.workflows.series_dates import drop_dates
from tenants.context import tenant_zone

_DAYS_LATER = 28
_MOST_WITH_PROPOSAL = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A resource, or a whole location (``resource_id`` None)."""

    location_id: int
    resource_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClosureWish:
    """What shall be closed, when (several spans where it comes every year), and why."""

    places: tuple[Place, ...]
    spans: tuple[Span, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a booking could go instead."""

    resource_id: int
    resource_name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A booking in the way, and what could be done for it. None: nothing near is free. ``slots``: of a series."""

    booking: BookingView
    proposal: Proposal | None
    slots: frozenset[str] = frozenset()

    @property
    def is_partly(self) -> bool:
        """Some dates of a series are hit, others are not."""
        return bool(self.slots) and bool({item.slot for item in self.booking.items} - self.slots)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The times that are hit."""
        hit = [item for item in self.booking.items if not self.slots or item.slot in self.slots]
        return tuple(sorted({item.span for item in hit}))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a clerk settles for one booking: ``kind`` move (with a proposal), cancel or keep.

    ``version`` is that of the booking the clerk saw.
    """

    kind: str
    version: int
    proposal: Proposal | None = None


def preview_closure(wish: ClosureWish, *, now: datetime) -> tuple[Hit, ...]:
    """Everyone the closure would hit, each with the nearest thing that is free. Raises InvalidInput."""
    _check(wish, now=now)
    bookings = bookings_hit(_units(wish), wish.spans)
    if not bookings:
        return ()
    finder = _finder(wish, [one for one, _slots in bookings], now=now)
    return tuple(
        Hit(one, finder.proposal_for(one) if number < _MOST_WITH_PROPOSAL else None, slots)
        for number, (one, slots) in enumerate(bookings)
    )


@with_retries
def close_places(
    wish: ClosureWish, decisions: Mapping[UUID, Decision], *, actor: Actor, now: datetime
) -> tuple[ClosureView, ...]:
    """Settle with everybody hit, then close: all in one transaction, mails through the outbox.

    A booking in the way without a decision, or moved into the closure, stops it all: ClosureHitsBookings; one that is
    no longer what the clerk saw stops it too: Stale. Who is moved never pays more than before, who is cancelled pays
    nothing, who stays is told. Raises what moving and cancelling raise, InvalidInput.
    """
    _check(wish, now=now)
    seen = bookings_hit(_units(wish), wish.spans)
    lock_parties({one.party_id for one, _slots in seen})  # before their bookings, as everybody who moves does
    hold_still_for_closing([one.uuid for one, _slots in seen], {place.location_id for place in wish.places})
    for booking, slots in bookings_hit(_units(wish), wish.spans):
        hit = Hit(booking, None, slots)
        _settle(hit, decisions.get(booking.uuid), reason=wish.reason, actor=actor, now=now)
    stay = [uuid for uuid, decision in decisions.items() if decision.kind == "keep"]
    return tuple(
        close(place.location_id, place.resource_id, span, wish.reason, actor=actor, agreed=stay)
        for place in wish.places
        for span in wish.spans
    )


def _settle(hit: Hit, decision: Decision | None, *, reason: str, actor: Actor, now: datetime) -> None:
    if decision is None:
        return
    booking = hit.booking
    refuse_stale(booking, decision.version)
    if decision.kind == "keep":
        queue_mail(composing.closed_around(booking, spans=hit.spans, reason=reason))
        return
    words = _("Geschlossen: %(reason)s") % {"reason": reason}
    if decision.kind == "cancel":
        if hit.is_partly:
            drop_dates(
                booking.uuid,
                hit.slots,
                actor=actor,
                now=now,
                expected_version=booking.version,
                reason=words,
            )
            return
        cancel_booking(booking.uuid, actor=actor, reason=words, now=now)
        return
    if decision.proposal is None:
        raise InvalidInput(_("Für diese Buchung gibt es keinen Vorschlag. Wählen Sie etwas anderes."))
    move_booking(
        booking.uuid,
        spans=[decision.proposal.span],
        resource_ids=[decision.proposal.resource_id],
        actor=actor,
        expected_version=booking.version,
        now=now,
        never_dearer=True,
        reason=words,
    )


def _check(wish: ClosureWish, *, now: datetime) -> None:
    if not wish.places or not wish.spans:
        raise InvalidInput(_("Wählen Sie, was geschlossen wird und wann."), field="places")
    if not wish.reason.strip():
        raise InvalidInput(_("Nennen Sie den Grund der Schließung."), field="reason")
    if any(span.end <= now for span in wish.spans):
        raise InvalidInput(_("Diese Zeit ist schon vorbei."), field="end_on_0")


def _units(wish: ClosureWish) -> frozenset[int]:
    return closed_units(
        {place.location_id for place in wish.places if place.resource_id is None},
        {place.resource_id for place in wish.places if place.resource_id is not None},
    )


@dataclass(frozen=True, slots=True)
class _Finder:
    """Free time of everything in the houses concerned, the closure taken out, and what has been proposed so far."""

    resources: Mapping[int, ResourceView]
    free: Mapping[int, Sequence[Span]]
    zone: ZoneInfo
    proposed: list[tuple[int, Span]] = field(default_factory=list)

    def proposal_for(self, booking: BookingView) -> Proposal | None:
        if len(booking.items) != 1 or booking.series is not None:
            return None
        item = booking.items[0]
        for resource_id, span in self._candidates(booking):
            if item.quantity == 1 and self._is_free(resource_id, span):
                self.proposed.append((resource_id, span))
                return Proposal(resource_id, self.resources[resource_id].name, span)
        return None

    def _is_free(self, resource_id: int, span: Span) -> bool:
        """Free, and not just proposed to somebody else, set-up and cleaning included."""
        if not contains(self.free.get(resource_id, ()), span):
            return False
        wanted, units = self._with_buffers(resource_id, span)
        return not any(
            units & others and wanted.overlaps(given)
            for given, others in (self._with_buffers(*one) for one in self.proposed)
        )

    def _with_buffers(self, resource_id: int, span: Span) -> tuple[Span, frozenset[int]]:
        resource = self.resources[resource_id]
        before, after = resource.buffer_before_minutes, resource.buffer_after_minutes
        units = frozenset(claim.unit_id for claim in resource.claims)
        return span.widened(timedelta(minutes=before), timedelta(minutes=after)), units

    def _candidates(self, booking: BookingView) -> Iterator[tuple[int, Span]]:
        """The same time in another room of the kind, then the same room on later days at the same hour."""
        item = booking.items[0]
        own = self.resources.get(item.resource_id)
        if own is None:
            return
        for other in self.resources.values():
            is_alike = other.kind == own.kind and other.id != own.id and other.most_pieces == 1
            if is_alike and (other.capacity or 0) >= (booking.persons or 0):
                yield other.id, item.span
        for days in range(1, _DAYS_LATER + 1):
            yield own.id, _later(item.span, days, self.zone)


def _later(span: Span, days: int, zone: ZoneInfo) -> Span:
    """The same hours by the clock some days later."""
    start = span.start.astimezone(zone)
    begins = at_wall_clock(start.date() + timedelta(days=days), start.time(), zone)
    return Span(begins, begins + span.duration)


def _finder(wish: ClosureWish, bookings: Sequence[BookingView], *, now: datetime) -> _Finder:
    places = {item.location_id for one in bookings for item in one.items}
    resources = {one.id: one for one in published_resources() if one.location.id in places}
    window = Span(
        max(now, min(one.start for one in bookings)),
        max(one.end for one in bookings) + timedelta(days=_DAYS_LATER),
    )
    closed = _units(wish)
    free = {
        resource_id: subtract(spans, wish.spans)
        if closed & {claim.unit_id for claim in resources[resource_id].claims}
        else spans
        for resource_id, spans in free_times(resources, window, now=now).items()
    }
    return _Finder(resources, free, tenant_zone())
