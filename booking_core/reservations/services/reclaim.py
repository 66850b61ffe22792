"""Let bookings take what their resources consist of now: after a hall got other parts, a stock fewer pieces, a room
longer buffers.

Not here: writing the new layout (``catalog.services.layout``), who may do it (``workflows.change_parts``).

    before   Hall: [A][B]        a booking of Hall  ->  rows on A and B
    after    Hall: [A][B][C]     the same booking   ->  rows on A, B and C, or nothing changes at all

Everything that would write the same rows waits: bookings (their rows are locked, so nobody cancels or moves one
meanwhile), then locations, resources (``FOR UPDATE``; whoever books holds ``FOR KEY SHARE``), then units.
``occupy`` writes.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from booking_core.catalog.models import Closure, Resource, ResourceUnit, Unit
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import Misfit
from booking_core.reservations.errors import LayoutClashes
from booking_core.reservations.models import Booking, BookingItem, Occupancy
from booking_core.reservations.presenting import booking_row
from booking_core.reservations.queries.bookings import WITH_ITEMS
from booking_core.reservations.ranges import to_span
from booking_core.reservations.services.bookings import OPEN_STATES
from booking_core.reservations.services.claims import blocked_span
from booking_core.reservations.services.closures import hold_locations_still
from booking_core.reservations.services.occupy import (
    Claim,
    database_time,
    fit,
    lock_units,
    occupy,
    occupy_the_rest,
    taken_areas,
    units_of_closure,
)

_LONGEST_BUFFER = timedelta(days=1)


def reclaim(
    resource_ids: Collection[int], unit_ids: Collection[int], *, change: Callable[[], None]
) -> tuple[int, ...]:
    """Make ``change``, and let what is booked ahead take its units anew. Returns the ids of the bookings touched.

    ``resource_ids`` are those whose claims or buffers change, ``unit_ids`` all units they claim before or after, as far
    as they exist. Call inside ``with_retries``. Raises LayoutClashes with what has to move first; then nothing changed.
    Holds in the way end: whoever fills in a form is told, and tries for the time again.
    """
    resources = set(resource_ids) | _claiming(unit_ids)
    seen = _ahead(resources, database_time()).values_list("booking_id", flat=True)
    held = _lock_bookings(set(seen))
    hold_locations_still(_places(resources))
    list(Resource.objects.select_for_update().filter(pk__in=resources).order_by("id"))
    units = set(unit_ids) | _claimed(resources)
    lock_units(units)
    now = database_time()
    change()
    touched = set(_ahead(resources, now).values_list("booking_id", flat=True))
    _lock_bookings(touched - held)  # booked between the first look and the lock
    items = _items_of(touched, now)
    units |= _claimed(resources | {item.resource_id for item in items})
    stock = lock_units(units)
    freed = _rows_to_give_up(items, units, now)
    claims = _claims(items, now)
    _refuse_misfits(claims, stock, freed)
    occupy(claims, freeing=freed)
    _close_again(resources, units, now)
    return tuple(sorted(touched))


def _claiming(unit_ids: Collection[int]) -> set[int]:
    return set(ResourceUnit.objects.filter(unit_id__in=unit_ids).values_list("resource_id", flat=True))


def _claimed(resource_ids: Collection[int]) -> set[int]:
    return set(ResourceUnit.objects.filter(resource_id__in=resource_ids).values_list("unit_id", flat=True))


def _places(resource_ids: Collection[int]) -> set[int]:
    return set(Resource.objects.filter(pk__in=resource_ids).values_list("location_id", flat=True))


def _ahead(resource_ids: Collection[int], now: datetime) -> QuerySet[BookingItem]:
    """Items that still take time, cleaning after the use included."""
    return BookingItem.objects.filter(
        resource_id__in=resource_ids,
        booking__state__in=OPEN_STATES,
        span__endswith__gt=now - _LONGEST_BUFFER,
    )


def _items_of(booking_ids: Collection[int], now: datetime) -> list[BookingItem]:
    """All items of these bookings that are not over: two rooms of one booking may share a unit, and one row for it."""
    found = BookingItem.objects.filter(
        booking_id__in=booking_ids, booking__state__in=OPEN_STATES, span__endswith__gt=now - _LONGEST_BUFFER
    )
    return list(found.order_by("booking_id", "id"))


def _lock_bookings(booking_ids: Collection[int]) -> set[int]:
    locked = Booking.objects.select_for_update(no_key=True).filter(pk__in=booking_ids).order_by("id")
    return {booking.pk for booking in locked}


def _rows_to_give_up(
    items: Sequence[BookingItem], units: Collection[int], now: datetime
) -> QuerySet[Occupancy]:
    """Rows of these bookings that are not over; holds and closures on the units, which take what is left later."""
    ours = Q(item_id__in=[item.pk for item in items])
    others = Q(hold__isnull=False, unit_id__in=units) | Q(closure__isnull=False, unit_id__in=units)
    return Occupancy.objects.filter(ours | others, span__endswith__gt=now)


def _claims(items: Sequence[BookingItem], now: datetime) -> list[Claim]:
    """What the items take from now on. A use that is running keeps its rest; its past is history of the booking."""
    by_resource: dict[int, list[ResourceUnit]] = {}
    found = ResourceUnit.objects.filter(resource_id__in={item.resource_id for item in items})
    for claimed in found.select_related("resource").order_by("resource_id", "unit_id"):
        by_resource.setdefault(claimed.resource_id, []).append(claimed)
    claims = []
    for item in items:
        for claimed in by_resource[item.resource_id]:
            resource = claimed.resource
            span = blocked_span(
                to_span(item.span), resource.buffer_before_minutes, resource.buffer_after_minutes
            )
            if span.end > now:
                claims.append(
                    Claim(
                        claimed.unit_id,
                        Span(max(span.start, now), span.end),
                        item.quantity if claimed.is_counted else None,
                        item.pk,
                        item.booking_id,
                    )
                )
    return claims


def _refuse_misfits(claims: Sequence[Claim], stock: dict[int, int], freed: QuerySet[Occupancy]) -> None:
    """Raise LayoutClashes where something booked would have no room; both sides of a clash are named."""
    taken = taken_areas(claims, apart_from=list(freed.values_list("pk", flat=True)))
    placed, misfits = fit(claims, stock, taken=taken)
    if not misfits:
        return
    involved: dict[int, Claim] = {}
    for lost in misfits:
        rivals = [
            claim
            for claim, _area in placed
            if claim.unit_id == lost.unit_id and claim.span.overlaps(lost.span)
        ]
        for claim in (lost, *rivals):
            involved.setdefault(claim.booking_id or 0, claim)
    names = dict(Unit.objects.filter(pk__in=stock).values_list("pk", "name"))
    bookings = Booking.objects.filter(pk__in=involved).prefetch_related(*WITH_ITEMS)
    raise LayoutClashes(
        _(
            "Diese Änderung passt nicht zu dem, was schon gebucht ist. Verschieben Sie zuerst diese Buchungen."
        ),
        misfits=[
            Misfit(booking_row(one), names[involved[one.pk].unit_id], involved[one.pk].span)
            for one in bookings.order_by("number")
        ],
    )


def _close_again(resource_ids: Collection[int], units: Collection[int], now: datetime) -> None:
    """Closures of these resources and their locations take the units they cover now."""
    mine = Q(resource_id__in=resource_ids) | Q(resource__isnull=True, location_id__in=_places(resource_ids))
    for closure in Closure.objects.filter(mine, span__endswith__gt=now).order_by("pk"):
        covered = units_of_closure(closure).filter(pk__in=units).values_list("pk", flat=True)
        occupy_the_rest(closure, list(covered))
