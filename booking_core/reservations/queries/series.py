"""Reads of series: the list for clerks, dates to announce, dates unused in a row.

Not here: one booking with its dates (``bookings``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q

from booking_core.engines.recurrence import Rule, rule_from_data
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingRow, BookingView, ItemView, Page
from booking_core.reservations.models import Attendance, BookingItem, BookingState, Series
from booking_core.reservations.presenting import booking_row
from booking_core.reservations.queries.bookings import local_midnight
from booking_core.reservations.ranges import to_span

_OPEN = (BookingState.REQUESTED, BookingState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One series in the clerk's list. ``unused`` counts the last dates in a row nobody used."""

    booking: BookingRow
    rule: Rule
    dates_left: int
    away: int
    unused: int
    next_start: datetime | None = None
    confirm_by: date | None = None
    confirmed_at: datetime | None = None
    unused_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeriesFilter:
    """Which series: ``unconfirmed`` were asked and have not answered, ``unused`` have a date nobody used."""

    only: str = ""
    location_ids: frozenset[int] = frozenset()


def series_rows(wanted: SeriesFilter, *, now: datetime, page: int = 1, per_page: int = 50) -> Page[SeriesRow]:
    """Series that still run, next one to end first. Four statements, however many there are."""
    items = BookingItem.objects.filter(booking=OuterRef("booking"))
    found = Series.objects.filter(Exists(items.filter(span__endswith__gt=now)), booking__state__in=_OPEN)
    if wanted.only == "unconfirmed":
        found = found.filter(confirm_by__isnull=False)
    if wanted.only == "unused":
        found = found.filter(Exists(items.filter(attendance=Attendance.UNUSED)))
    if wanted.location_ids:
        found = found.filter(Exists(items.filter(resource__location_id__in=wanted.location_ids)))
    total = found.count()
    dates = Prefetch("booking__items", BookingItem.objects.select_related("resource__location"))
    first = (max(page, 1) - 1) * per_page
    ordered = (
        found.select_related("booking").prefetch_related(dates).order_by("confirm_by", "booking__number")
    )
    rows = tuple(_row(series, now) for series in ordered[first : first + per_page])
    return Page(rows=rows, number=max(page, 1), per_page=per_page, total=total)


def _row(series: Series, now: datetime) -> SeriesRow:
    items = list(series.booking.items.all())
    starts = sorted({to_span(item.span).start for item in items})
    coming = [start for start in starts if start > now]
    return SeriesRow(
        booking=booking_row(series.booking),
        rule=rule_from_data(series.rule),
        dates_left=len(coming),
        away=len(series.away),
        unused=len(_tail([(to_span(item.span), item.attendance) for item in items], now)),
        next_start=coming[0] if coming else None,
        confirm_by=series.confirm_by,
        confirmed_at=series.confirmed_at,
        unused_asked_at=series.unused_asked_at,
    )


def unused_in_a_row(booking: BookingView, *, now: datetime) -> tuple[ItemView, ...]:
    """The last dates that are over and were noted as unused, without a used or unnoted one between; latest first."""
    unused = set(_tail([(item.span, item.attendance) for item in booking.items], now))
    return tuple(
        sorted((one for one in booking.items if one.span in unused), key=lambda one: one.span, reverse=True)
    )


def _tail(dates: Collection[tuple[Span, str]], now: datetime) -> list[Span]:
    """The run of unused dates up to the last one somebody noted anything about."""
    noted = sorted({(span, attendance) for span, attendance in dates if span.start <= now}, reverse=True)
    while noted and not noted[0][1]:
        noted = noted[1:]
    run = []
    for span, attendance in noted:
        if attendance != Attendance.UNUSED:
            break
        run.append(span)
    return run


def series_to_ask(
    location_ids: Collection[int], *, goes_on_after: date, made_before: datetime, answered_before: datetime
) -> tuple[UUID, ...]:
    """Confirmed series with dates after a day that are not being asked and have not said yes lately. One statement."""
    items = BookingItem.objects.filter(booking=OuterRef("booking"))
    later = local_midnight(goes_on_after + timedelta(days=1))
    found = Series.objects.filter(
        Q(confirmed_at__isnull=True) | Q(confirmed_at__lt=answered_before),
        Exists(items.filter(span__startswith__gte=later)),
        confirm_by__isnull=True,
        booking__state=BookingState.CONFIRMED,
        booking__requested_at__lt=made_before,
    )
    if location_ids:
        found = found.exclude(Exists(items.exclude(resource__location_id__in=location_ids)))
    return tuple(found.order_by("booking_id").values_list("booking__uuid", flat=True))


def series_without_answer(first: date, last: date) -> tuple[UUID, ...]:
    """Open series whose answer is due from ``first`` to ``last``, both included. One statement."""
    found = Series.objects.filter(confirm_by__gte=first, confirm_by__lte=last, booking__state__in=_OPEN)
    return tuple(found.order_by("booking_id").values_list("booking__uuid", flat=True))


def dates_to_announce(day: date) -> tuple[UUID, ...]:
    """Confirmed series with a date on ``day`` whose club wants to be reminded and has not been. One statement."""
    span = Span(local_midnight(day), local_midnight(day + timedelta(days=1)))
    items = BookingItem.objects.filter(
        booking=OuterRef("booking"), span__startswith__gte=span.start, span__startswith__lt=span.end
    )
    found = Series.objects.filter(
        Q(reminded_through__isnull=True) | Q(reminded_through__lt=day),
        Exists(items),
        booking__state=BookingState.CONFIRMED,
        wants_reminders=True,
    )
    return tuple(found.values_list("booking__uuid", flat=True))
