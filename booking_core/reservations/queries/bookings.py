"""Reads of bookings: one with everything, lists, the inbox, history. Constant numbers of statements.

Not here: free time (``free_time``), plans by day (``plans``).
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.kernel.errors import NotFound
from booking_core.kernel.spans import Span
from booking_core.reservations.contracts import BookingFilter, BookingRow, BookingView, Page
from booking_core.reservations.day_contracts import BookingCounts
from booking_core.reservations.models import Booking, BookingItem, BookingState
from booking_core.reservations.presenting import booking_row, booking_view
from booking_core.reservations.ranges import to_range

ANSWER_WITHIN = timedelta(days=14)
_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(9000, 1, 1)  # what lies beyond cannot be counted in every zone
WITH_ITEMS = (Prefetch("items", BookingItem.objects.select_related("resource__location")),)
#: A request that waits for its payment becomes firm by itself.
_WAITS_FOR_CLERK = Q(state=BookingState.REQUESTED, pay_by__isnull=True)


def booking_by_uuid(uuid: UUID, *, with_events: bool = True) -> BookingView:
    """One booking with everything. Raises NotFound. Three statements (two without events)."""
    return _one(Booking.objects.filter(uuid=uuid), with_events=with_events)


def booking_by_number(number: str, *, with_events: bool = True) -> BookingView:
    """The booking with this number, as people read it out on the phone. Raises NotFound."""
    return _one(Booking.objects.filter(number=number.strip()), with_events=with_events)


def booking_by_id(booking_id: int) -> BookingView:
    """One booking with everything but its history. Raises NotFound."""
    return _one(Booking.objects.filter(pk=booking_id), with_events=False)


def _one(found: QuerySet[Booking], *, with_events: bool) -> BookingView:
    related = [*WITH_ITEMS, "events"] if with_events else WITH_ITEMS
    booking = found.select_related("party", "series").prefetch_related(*related).first()
    if booking is None:
        raise NotFound(_("Diese Buchung gibt es nicht."))
    return booking_view(booking, with_events=with_events)


def bookings_of(*, user_id: int | None = None, email: str = "") -> tuple[BookingRow, ...]:
    """What an account booked for itself or its organisations, or what belongs to an address; latest use first.

    Give an address only if the person has proven it.
    """
    mine = Q(pk__in=[])
    if user_id is not None:
        mine |= Q(booked_by_id=user_id) | Q(party__user_id=user_id) | _confirmed_member(user_id)
    if email:
        mine |= Q(contact_email__iexact=email.strip())
    ids = Booking.objects.filter(mine).values("pk")
    return _rows(_with_start(Booking.objects.filter(pk__in=ids)).order_by(F("starts_at").desc(), "-pk"))


def _confirmed_member(user_id: int) -> Q:
    """What belongs to organisations the account may act for; whoever only says so sees nothing of theirs."""
    return Q(
        party__memberships__user_id=user_id,
        party__memberships__confirmed_at__isnull=False,
    )


def party_history(
    party_id: int, exclude_uuid: UUID | None = None, *, location_ids: frozenset[int] = frozenset()
) -> tuple[BookingRow, ...]:
    """Everything this person or organisation booked before at these locations (none: all), newest request first."""
    found = _matching(BookingFilter(location_ids=location_ids)).filter(party_id=party_id)
    if exclude_uuid is not None:
        found = found.exclude(uuid=exclude_uuid)
    return _rows(found.order_by("-requested_at", "-pk"))


def parties_at(location_ids: frozenset[int]) -> frozenset[int]:
    """The people and organisations with a booking at these locations, in whatever state. One statement."""
    found = _matching(BookingFilter(location_ids=location_ids)).order_by()
    return frozenset(found.values_list("party_id", flat=True).distinct())


def booking_rows(wanted: BookingFilter, *, page: int = 1, per_page: int = 50) -> Page[BookingRow]:
    """One page of the bookings that match, next use first (or newest request first). Three statements.

    A page past the end is empty.
    """
    found = _matching(wanted)
    total = found.count()
    ordered = (
        found.order_by("-requested_at", "-pk")
        if wanted.newest_first
        else _with_start(found).order_by(F("starts_at"), "pk")
    )
    first = (max(page, 1) - 1) * per_page
    return Page(
        rows=_rows(ordered[first : first + per_page]), number=max(page, 1), per_page=per_page, total=total
    )


def inbox(wanted: BookingFilter | None = None) -> tuple[BookingRow, ...]:
    """Requests that wait for a clerk, what is due first on top; those that wait for an answer come last.

    Due is what comes sooner: the use itself, or two weeks after the request. Two statements.
    """
    filtered = _matching(wanted or BookingFilter()).filter(_WAITS_FOR_CLERK)
    due = ExpressionWrapper(F("requested_at") + ANSWER_WITHIN, output_field=DateTimeField())
    ordered = _with_start(filtered).annotate(due_at=Least("starts_at", due))
    return _rows(ordered.order_by(F("question_at").asc(nulls_first=True), "due_at", "pk"))


def booking_counts(*, location_ids: frozenset[int] = frozenset()) -> BookingCounts:
    """How many bookings are in which state, of these locations (none: all). One statement."""
    found = _matching(BookingFilter(location_ids=location_ids)).order_by()
    by_state = {str(state): Count("pk", filter=Q(state=state)) for state in BookingState}
    by_state[BookingState.REQUESTED] = Count("pk", filter=_WAITS_FOR_CLERK)
    waiting = Count("pk", filter=Q(state=BookingState.REQUESTED, question_at__isnull=False))
    return BookingCounts(**found.aggregate(**by_state, questions=waiting))


def location_ids_of_booking(uuid: UUID) -> frozenset[int]:
    """Where a booking takes place: what a member of staff limited to locations must be allowed to see."""
    places = BookingItem.objects.filter(booking__uuid=uuid).values_list("resource__location_id", flat=True)
    return frozenset(places)


def _matching(wanted: BookingFilter) -> QuerySet[Booking]:
    found = Booking.objects.all()
    if wanted.states:
        found = found.filter(state__in=wanted.states)
    if wanted.text:
        for word in wanted.text.split():
            found = found.filter(_text_in(word))
    items = BookingItem.objects.filter(booking=OuterRef("pk"))
    if wanted.resource_ids:
        found = found.filter(Exists(items.filter(resource_id__in=wanted.resource_ids)))
    if wanted.location_ids:
        found = found.filter(Exists(items.filter(resource__location_id__in=wanted.location_ids)))
    window = _window(wanted.first_on, wanted.last_on)
    if window is not None:
        found = found.filter(Exists(items.filter(span__overlap=to_range(window))))
    return found


def _text_in(word: str) -> Q:
    return (
        Q(number__icontains=word)
        | Q(title__icontains=word)
        | Q(contact_name__icontains=word)
        | Q(contact_email__icontains=word)
        | Q(organisation_name__icontains=word)
    )


def _window(first_on: date | None, last_on: date | None) -> Span | None:
    if first_on is None and last_on is None:
        return None
    first = min(max(first_on or _FIRST_DAY, _FIRST_DAY), _LAST_DAY)
    last = min(max(last_on or _LAST_DAY, first), _LAST_DAY)
    return Span(local_midnight(first), local_midnight(last + timedelta(days=1)))


def local_midnight(day: date) -> datetime:
    """The start of ``day`` on the town's wall clock (the active time zone)."""
    return timezone.make_aware(datetime.combine(day, time(0)))


def _with_start(found: QuerySet[Booking]) -> QuerySet[Booking]:
    return found.annotate(starts_at=Min("items__span__startswith"))


def _rows(found: QuerySet[Booking]) -> tuple[BookingRow, ...]:
    return tuple(booking_row(booking) for booking in found.prefetch_related(*WITH_ITEMS))
