"""Closures: take units out of use for a time. They occupy like bookings, and wait behind those they lie over.

Not here: days with other hours (``catalog.services.hours``).
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from booking_core.catalog.models import Closure, Location, Resource, Unit
from booking_core.identity.contracts import Actor
from booking_core.identity.services import audit
from booking_core.kernel.errors import InvalidInput, NotFound
from booking_core.kernel.spans import Span
from booking_core.reservations.closure_contracts import ClosureView
from booking_core.reservations.errors import ClosureHitsBookings
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.presenting import booking_row
from booking_core.reservations.queries.bookings import WITH_ITEMS
from booking_core.reservations.queries.plans import closure_view
from booking_core.reservations.ranges import to_range, to_span
from booking_core.reservations.services.claims import hold_still
from booking_core.reservations.services.occupy import (
    close_again,
    lock_units,
    occupy_the_rest,
    units_of_closure,
)
from booking_core.reservations.services.transactions import with_retries


@with_retries
def close(
    location_id: int,
    resource_id: int | None,
    span: Span,
    reason: str,
    *,
    actor: Actor,
    over_bookings: bool = False,
    agreed: Collection[UUID] = (),
) -> ClosureView:
    """Close a resource, or a whole location (``resource_id`` None), for ``span``.

    ``agreed`` are bookings that may stay though they lie in it.
    Raises ClosureHitsBookings where bookings lie in it, unless ``over_bookings`` says that the clerk has seen them
    and settles with the people; these bookings stay, and their time closes when they are moved or cancelled. Holds
    in the way are dropped: whoever fills in a form is told that the time is gone. Raises InvalidInput, NotFound.
    """
    if not reason.strip():
        raise InvalidInput(_("Nennen Sie den Grund der Schließung."), field="reason")
    _check_place(location_id, resource_id)
    closure = Closure(
        location_id=location_id,
        resource_id=resource_id,
        span=to_range(span),
        reason=reason.strip(),
        created_by_label=actor.label,
    )
    units = lock_units(units_of_closure(closure).values_list("pk", flat=True))
    in_the_way = Occupancy.objects.filter(unit_id__in=units, span__overlap=to_range(span))
    if not over_bookings:
        _refuse_over_bookings(in_the_way.exclude(item__booking__uuid__in=agreed))
    closure.save()
    in_the_way.filter(hold__isnull=False).delete()
    occupy_the_rest(closure, units)
    audit("closure.made", actor=actor, subject_type="closure", subject_id=closure.uuid, reason=closure.reason)
    return closure_view(Closure.objects.select_related("location", "resource").get(pk=closure.pk))


@with_retries
def reopen(uuid: UUID, *, actor: Actor) -> None:
    """Take a closure back; other closures over the same time stay. Raises NotFound."""
    closure = Closure.objects.select_for_update().filter(uuid=uuid).first()
    if closure is None:
        raise NotFound(_("Diese Schließung gibt es nicht."))
    rows = Occupancy.objects.filter(closure=closure)
    units = lock_units(set(rows.values_list("unit_id", flat=True)))
    freed = [(unit_id, to_span(span)) for unit_id, span in rows.values_list("unit_id", "span")]
    closure.delete()
    close_again(freed, units)
    audit("closure.taken_back", actor=actor, subject_type="closure", subject_id=uuid)


def hold_locations_still(location_ids: Iterable[int]) -> None:
    """Keep out closures of these locations, and whoever adds units to them, until the transaction ends.

    Comes before the locks of resources and units.
    """
    wanted = Location.objects.select_for_update(no_key=True).filter(pk__in=set(location_ids))
    list(wanted.order_by("pk").values_list("pk", flat=True))


def keep_closed(resource_id: int) -> None:
    """Let the closures ahead take the units of this resource, which may be new, larger, or from elsewhere.

    Call after changing them, with their location held still (``hold_locations_still``), inside ``with_retries``.
    Bookings that are there stay, as when a clerk closes over them.
    """
    own = Unit.objects.filter(claims__resource_id=resource_id)
    units = lock_units(set(own.values_list("pk", flat=True)))
    by_location = Occupancy.objects.filter(
        unit_id__in=units, closure__isnull=False, closure__resource__isnull=True
    )
    by_location.exclude(closure__location_id=F("unit__location_id")).delete()
    ahead = Closure.objects.filter(span__endswith__gt=Now()).order_by("pk")
    concerned = Q(resource__claims__unit_id__in=units) | Q(
        resource=None, location_id__in=set(own.values_list("location_id", flat=True))
    )
    for closure in ahead.filter(concerned).distinct():
        closed = units_of_closure(closure).filter(pk__in=units).values_list("pk", flat=True)
        occupy_the_rest(closure, sorted(set(closed)))


def hold_still_for_closing(booking_uuids: Collection[UUID], location_ids: Collection[int]) -> None:
    """Lock what a closure is about to move or cancel, in the order of all locks: bookings by id, then locations."""
    wanted = Booking.objects.select_for_update(no_key=True).filter(uuid__in=booking_uuids)
    list(wanted.order_by("pk").values_list("pk", flat=True))
    hold_locations_still(location_ids)


def _check_place(location_id: int, resource_id: int | None) -> None:
    """Hold what is to be closed still, so that no hall is divided and no unit added meanwhile."""
    hold_locations_still([location_id])
    resources = Resource.objects.filter(location_id=location_id)
    if resource_id is not None:
        resources = resources.filter(pk=resource_id)
    resource_ids = sorted(resources.values_list("pk", flat=True))
    is_known = bool(resource_ids) or (
        resource_id is None and Location.objects.filter(pk=location_id).exists()
    )
    if not is_known:
        raise NotFound(_("Diesen Ort oder dieses Angebot gibt es nicht."))
    hold_still(resource_ids)


def _refuse_over_bookings(in_the_way: QuerySet[Occupancy]) -> None:
    booking_ids = set(in_the_way.filter(item__isnull=False).values_list("item__booking_id", flat=True))
    if booking_ids:
        hit = Booking.objects.filter(pk__in=booking_ids).prefetch_related(*WITH_ITEMS).order_by("number")
        raise ClosureHitsBookings(
            _("In dieser Zeit liegen Buchungen, die noch nicht geklärt sind. Gesperrt ist noch nichts."),
            bookings=[booking_row(booking) for booking in hit],
        )
