"""Bookings an ordinance priced, in batches: for working their price out anew. Constant statements per batch.

Not here: working it out (``workflows.simulate``).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import DateTimeField, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking, BookingItem, BookingState, Settlement
from booking_core.reservations.presenting import booking_view
from booking_core.reservations.queries.bookings import WITH_ITEMS, local_midnight
from booking_core.reservations.queries.settlements import settlement_view
from booking_core.reservations.settling import SettlementView

_OPEN = (BookingState.REQUESTED, BookingState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class PricedBooking:
    """A booking with what it came to; ``settlement`` is the last one, None before."""

    booking: BookingView
    settlement: SettlementView | None


@dataclass(frozen=True, slots=True)
class UsePeriod:
    """Bookings whose use begins in ``[window)``, priced by any version of one ordinance."""

    ordinance_id: int
    window: Span


def days_as_window(first_on: date, last_on: date) -> Span:
    """Whole days of the town's wall clock, both included."""
    return Span(local_midnight(first_on), local_midnight(date.fromordinal(last_on.toordinal() + 1)))


def count_priced(period: UsePeriod) -> int:
    """How many bookings lie in the period. One statement."""
    return _in_period(period).count()


def priced_batch(period: UsePeriod, *, after_id: int, limit: int) -> tuple[PricedBooking, ...]:
    """The next bookings by id, confirmed ones and open requests. Three statements however many there are."""
    return _with_settlements(_in_period(period).filter(pk__gt=after_id).order_by("pk")[:limit])


def used_from(since: datetime, *, limit: int) -> tuple[PricedBooking, ...]:
    """What is used at ``since`` or later and costs something, however it was priced. By id; three statements.

    Cancelled bookings are among them where cancelling cost something.
    """
    later = BookingItem.objects.filter(booking=OuterRef("pk"), span__endswith__gt=since)
    costs = Q(total_cents__gt=0) | Q(
        Exists(Settlement.objects.filter(booking=OuterRef("pk"), total_cents__gt=0))
    )
    given_up = Q(state=BookingState.CANCELLED, cancellation_cents__gt=0)
    found = Booking.objects.filter(Q(state__in=_OPEN) & costs | given_up, Exists(later))
    return _with_settlements(found.order_by("pk")[:limit])


def _with_settlements(found: QuerySet[Booking]) -> tuple[PricedBooking, ...]:
    rows = list(found.select_related("party", "series").prefetch_related(*WITH_ITEMS))
    settled = _last_settlements([row.pk for row in rows])
    return tuple(PricedBooking(booking_view(row, with_events=False), settled.get(row.pk)) for row in rows)


def requests_in(period: UsePeriod) -> Sequence[dict[str, object]]:
    """What the engine was asked for the bookings of the period, where it was kept. One statement."""
    found = _in_period(period).filter(priced_requests__isnull=False)
    return [one for kept in found.values_list("priced_requests", flat=True) for one in kept or ()]


def count_priced_elsewhere(period: UsePeriod, resource_ids: Collection[int]) -> int:
    """How many bookings of these rooms in the period were priced by no or another ordinance. One statement."""
    uses = BookingItem.objects.filter(resource_id__in=resource_ids)
    others = Booking.objects.filter(state__in=_OPEN, pk__in=uses.values("booking"))
    return _beginning_in(others.exclude(ordinance_version__ordinance_id=period.ordinance_id), period).count()


def first_and_last_use(ordinance_id: int) -> tuple[datetime, datetime] | None:
    """When the first and the last booking an ordinance priced begin; None without any. One statement."""
    items = BookingItem.objects.filter(
        booking__state__in=_OPEN, booking__ordinance_version__ordinance_id=ordinance_id
    )
    found = items.aggregate(first=Min("span__startswith"), last=Max("span__startswith"))
    return (found["first"], found["last"]) if found["first"] else None


def _in_period(period: UsePeriod) -> QuerySet[Booking]:
    priced = Booking.objects.filter(state__in=_OPEN, ordinance_version__ordinance_id=period.ordinance_id)
    return _beginning_in(priced, period)


def _beginning_in(bookings: QuerySet[Booking], period: UsePeriod) -> QuerySet[Booking]:
    starts = BookingItem.objects.filter(booking=OuterRef("pk")).order_by().values("booking")
    first = starts.annotate(first=Min("span__startswith")).values("first")
    return bookings.annotate(starts_at=Subquery(first, output_field=DateTimeField())).filter(
        starts_at__gte=period.window.start, starts_at__lt=period.window.end
    )


def _last_settlements(booking_ids: Sequence[int]) -> dict[int, SettlementView]:
    rows = Settlement.objects.filter(booking_id__in=booking_ids).order_by("booking_id", "-number")
    return {row.booking_id: settlement_view(row) for row in rows.distinct("booking_id")}
