"""Reads of what fills the time: taken stretches, a day's plan, closures, what lies beside a booking.

Not here: what is free (``free_time``), lists of bookings (``bookings``).
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.catalog.models import Closure, ResourceUnit
from booking_core.kernel.spans import Span
from booking_core.reservations.closure_contracts import ClosureView
from booking_core.reservations.contracts import TakenView
from booking_core.reservations.day_contracts import DayEntry
from booking_core.reservations.models import BookingItem, BookingState, Occupancy
from booking_core.reservations.queries.bookings import local_midnight
from booking_core.reservations.ranges import to_range, to_span
from booking_core.reservations.services.claims import blocked_span

_OPEN = (BookingState.REQUESTED, BookingState.CONFIRMED)


def taken(resource_ids: Iterable[int], span: Span, *, now: datetime | None = None) -> tuple[TakenView, ...]:
    """What takes time of these resources within ``span``, buffers included, in order of time. One statement.

    Names of bookings are for staff; to everyone else show ``reason`` alone, or nothing but the span.
    """
    found = Occupancy.objects.filter(
        unit__claims__resource_id__in=set(resource_ids), span__overlap=to_range(span)
    ).exclude(hold__expires_at__lte=now or timezone.now())
    rows = found.annotate(resource_id=F("unit__claims__resource_id")).select_related(
        "item__booking", "closure"
    )
    views = {_taken_view(row.resource_id, row) for row in rows.filter(resource_id__in=set(resource_ids))}
    return tuple(sorted(views, key=lambda view: (view.span, view.resource_id, str(view.booking_uuid))))


def _taken_view(resource_id: int, row: Occupancy) -> TakenView:
    span = to_span(row.span)
    if row.item is not None:
        booking = row.item.booking
        return TakenView(
            resource_id=resource_id,
            span=span,
            reason="booking",
            booking_uuid=booking.uuid,
            booking_title=booking.title,
            booking_state=booking.state,
            label=f"{booking.number} {booking.title}",
        )
    if row.closure is not None:
        return TakenView(resource_id=resource_id, span=span, reason="closure", label=row.closure.reason)
    return TakenView(
        resource_id=resource_id, span=span, reason="hold", label=_("Jemand füllt gerade das Formular aus")
    )


def conflicts_of(uuid: UUID, *, now: datetime | None = None) -> tuple[TakenView, ...]:
    """What else touches the time of a booking, set-up and cleaning included: closures, and other bookings.

    An open booking holds its time, so other bookings show only where pieces of one stock are shared, or for a
    booking that is not open any more. Five statements.
    """
    items = list(BookingItem.objects.filter(booking__uuid=uuid).select_related("resource"))
    found: dict[TakenView, None] = {}
    if not items:
        return ()
    blocked = [(item, _blocked(item)) for item in items]
    whole = Span(min(span.start for _, span in blocked), max(span.end for _, span in blocked))
    near = taken([item.resource_id for item in items], whole, now=now)
    closed = _closures_over({item.resource_id for item in items}, whole)
    for item, span in blocked:
        for view in (*near, *closed):
            is_here = view.resource_id == item.resource_id and view.span.overlaps(span)
            if is_here and view.booking_uuid != uuid:
                found[view] = None
    return tuple(sorted(found, key=lambda view: (view.span, view.resource_id)))


def _blocked(item: BookingItem) -> Span:
    resource = item.resource
    return blocked_span(to_span(item.span), resource.buffer_before_minutes, resource.buffer_after_minutes)


def _closures_over(resource_ids: set[int], span: Span) -> list[TakenView]:
    """Closures as they were agreed, also where they wait behind a booking and hold no time themselves."""
    claims = ResourceUnit.objects.filter(resource_id__in=resource_ids)
    units = {(claim.resource_id, claim.unit_id) for claim in claims}
    found = Closure.objects.filter(span__overlap=to_range(span))
    by_unit = found.filter(resource__claims__unit__claims__resource_id__in=resource_ids)
    own = by_unit.values_list("span", "reason", "resource__claims__unit_id").distinct()
    by_place = found.filter(resource__isnull=True, location__resources__in=resource_ids)
    whole = by_place.values_list("span", "reason", "location__resources").distinct()
    hits = [
        (resource_id, stored, reason)
        for stored, reason, closed_unit in own
        for resource_id, unit_id in units
        if unit_id == closed_unit
    ]
    hits += [(resource_id, stored, reason) for stored, reason, resource_id in whole]
    return [
        TakenView(resource_id, to_span(stored), "closure", label=reason)
        for resource_id, stored, reason in hits
        if resource_id in resource_ids
    ]


def day_plan(day: date, *, location_ids: Collection[int] = ()) -> tuple[DayEntry, ...]:
    """Confirmed and requested bookings and closures of one day of the town, in order of time. Two statements."""
    span = Span(local_midnight(day), local_midnight(day + timedelta(days=1)))
    items = BookingItem.objects.filter(span__overlap=to_range(span), booking__state__in=_OPEN)
    if location_ids:
        items = items.filter(resource__location_id__in=location_ids)
    entries = [_entry(item) for item in items.select_related("booking", "resource__location")]
    entries += [_closed_entry(closure) for closure in closures(span, location_ids=location_ids)]
    return tuple(sorted(entries, key=lambda entry: (entry.span, entry.location_name, entry.resource_name)))


def _entry(item: BookingItem) -> DayEntry:
    booking, resource = item.booking, item.resource
    return DayEntry(
        kind="booking",
        span=to_span(item.span),
        location_id=resource.location_id,
        location_name=resource.location.name,
        title=booking.title,
        resource_id=resource.pk,
        resource_name=resource.name,
        booking_uuid=booking.uuid,
        booking_number=booking.number,
        state=booking.state,
        state_label=str(booking.get_state_display()),
        contact_name=booking.contact_name,
        contact_phone=booking.contact_phone,
        organisation_name=booking.organisation_name,
        persons=booking.persons,
        quantity=item.quantity,
        slot=item.slot,
        attendance=item.attendance,
    )


def _closed_entry(closure: ClosureView) -> DayEntry:
    return DayEntry(
        kind="closure",
        span=closure.span,
        location_id=closure.location_id,
        location_name=closure.location_name,
        title=closure.reason,
        resource_id=closure.resource_id,
        resource_name=closure.resource_name,
    )


def closures(span: Span | None = None, *, location_ids: Collection[int] = ()) -> tuple[ClosureView, ...]:
    """Closures that touch ``span`` (None: all), of these locations (none: all), in order of time. One statement."""
    wanted = Q()
    if span is not None:
        wanted &= Q(span__overlap=to_range(span))
    if location_ids:
        wanted &= Q(location_id__in=location_ids)
    found = Closure.objects.filter(wanted).select_related("location", "resource").order_by("span", "pk")
    return tuple(closure_view(closure) for closure in found)


def closure_view(closure: Closure) -> ClosureView:
    """The values of a closure that leave the room; needs ``location`` and ``resource``."""
    return ClosureView(
        id=closure.pk,
        uuid=closure.uuid,
        span=to_span(closure.span),
        reason=closure.reason,
        location_id=closure.location_id,
        location_name=closure.location.name,
        resource_id=closure.resource_id,
        resource_name=closure.resource.name if closure.resource is not None else "",
        created_by_label=closure.created_by_label,
    )
