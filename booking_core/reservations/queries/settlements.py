"""Reads of settlements: of one booking, what is still to be settled, what was read last time at a place.

Not here: recording them (``services.settlements``).
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery

from booking_core.kernel.money import Money
from booking_core.ordinances.models import OrdinanceVersion
from booking_core.reservations.contracts import Page
from booking_core.reservations.models import Booking, BookingItem, BookingState, Settlement
from booking_core.reservations.presenting import item_view
from booking_core.reservations.queries.bookings import WITH_ITEMS
from booking_core.reservations.settling import (
    Damage,
    DueFilter,
    DueRow,
    Figures,
    LastReading,
    Meter,
    SettlementView,
)

_ASKS_AFTER_USE = {"facts": [{"after_use": True}]}
_LOOKS_BACK = 50


def settlements_of(booking_id: int) -> tuple[SettlementView, ...]:
    """All settlements of a booking, oldest first; the last one is what it came to. One statement."""
    return tuple(
        settlement_view(row) for row in Settlement.objects.filter(booking_id=booking_id).order_by("number")
    )


def final_totals(booking_ids: Collection[int]) -> dict[int, Money]:
    """What settled bookings came to, by booking; those that are not settled are missing. One statement."""
    rows = Settlement.objects.filter(booking_id__in=booking_ids).order_by("booking_id", "-number")
    return {row.booking_id: Money(row.total_cents, row.currency) for row in rows.distinct("booking_id")}


def settlement_view(row: Settlement) -> SettlementView:
    """The row as a value."""

    def money(cents: int) -> Money:
        return Money(cents, row.currency)

    return SettlementView(
        number=row.number,
        figures=_figures(row),
        quote=row.quote,
        fee=money(row.fee_cents),
        damages=money(row.damages_cents),
        total=money(row.total_cents),
        previous=money(row.previous_cents),
        difference=money(row.difference_cents),
        deposit_kept=money(row.deposit_kept_cents),
        deposit_returned=money(row.deposit_returned_cents),
        balance=money(row.balance_cents),
        deposit_reason=row.deposit_reason,
        note=row.note,
        settled_at=row.settled_at,
        settled_by=row.settled_by_label,
    )


def _figures(row: Settlement) -> Figures:
    return Figures(
        measured={name: Decimal(amount) for name, amount in row.measured.items()},
        meters={name: Meter(Decimal(before), Decimal(after)) for name, (before, after) in row.meters.items()},
        facts=dict(row.facts),
        persons=row.persons,
        damages=tuple(Damage(one["text"], Money(one["cents"], row.currency)) for one in row.damages),
    )


def last_readings(
    resource_ids: Collection[int], *, before: datetime, exclude_booking_id: int
) -> dict[str, LastReading]:
    """The newest reading of each figure in settlements of uses of these resources that began before ``before``.

    One statement; looks back over the last fifty settlements.
    """
    uses = BookingItem.objects.filter(
        booking_id=OuterRef("booking_id"), resource_id__in=resource_ids, span__startswith__lt=before
    )
    rows = (
        Settlement.objects.filter(Exists(uses))
        .exclude(booking_id=exclude_booking_id)
        .annotate(used_at=Max("booking__items__span__endswith"))
        .select_related("booking")
        .order_by("-used_at", "-number")[:_LOOKS_BACK]
    )
    found: dict[str, LastReading] = {}
    for row in rows:
        figures = _figures(row)
        for name, amount in figures.measured.items():
            meter = figures.meters.get(name)
            found.setdefault(
                name, LastReading(amount, meter.after if meter else None, row.booking.number, row.used_at)
            )
    return found


def due_settlements(wanted: DueFilter, *, now: datetime, page: int = 1, per_page: int = 50) -> Page[DueRow]:
    """One page of confirmed bookings that are over, longest waiting first. Three statements.

    Due are those without a settlement whose ordinance asks for figures after the use, or with a deposit.
    """
    found = _ended(wanted, now=now)
    total = found.count()
    first = (max(page, 1) - 1) * per_page
    last_total = (
        Settlement.objects.filter(booking=OuterRef("pk")).order_by("-number").values("total_cents")[:1]
    )
    rows = (
        found.annotate(
            starts_at=Min("items__span__startswith"),
            settled_cents=Subquery(last_total),
            needs_figures=_needs_figures(),
            settlement_count=Count("settlements", distinct=True),
        )
        .order_by("-starts_at" if wanted.is_settled else "starts_at", "pk")
        .prefetch_related(*WITH_ITEMS)[first : first + per_page]
    )
    return Page(tuple(_due_row(row) for row in rows), max(page, 1), per_page, total)


def due_count(*, now: datetime, location_ids: frozenset[int] = frozenset()) -> int:
    """How many ended bookings wait for a settlement at these locations (none: all). One statement."""
    return _ended(DueFilter(location_ids=location_ids), now=now).count()


def waits_for_settlement() -> Q:
    """Bookings whose use asks for figures, or with a deposit, and that nobody has settled yet."""
    settled = Exists(Settlement.objects.filter(booking=OuterRef("pk")))
    return ~settled & (Q(deposit_cents__gt=0) | Q(_needs_figures()))


def _needs_figures() -> Exists:
    """Whether the version the booking was quoted with asks for something after the use."""
    return Exists(
        OrdinanceVersion.objects.filter(
            pk=OuterRef("ordinance_version_id"), document__contains=_ASKS_AFTER_USE
        )
    )


def _ended(wanted: DueFilter, *, now: datetime) -> QuerySet[Booking]:
    items = BookingItem.objects.filter(booking=OuterRef("pk"))
    found = Booking.objects.filter(state=BookingState.CONFIRMED).filter(
        ~Exists(items.filter(span__endswith__gt=now))
    )
    if wanted.is_settled is not None:
        settled = Exists(Settlement.objects.filter(booking=OuterRef("pk")))
        found = found.filter(settled if wanted.is_settled else waits_for_settlement())
    if wanted.location_ids:
        found = found.filter(Exists(items.filter(resource__location_id__in=wanted.location_ids)))
    for word in wanted.text.split():
        found = found.filter(
            Q(number__icontains=word)
            | Q(title__icontains=word)
            | Q(contact_name__icontains=word)
            | Q(organisation_name__icontains=word)
        )
    return found


def _due_row(booking: Booking) -> DueRow:
    facts: Mapping[str, object] = vars(booking)  # the annotations, which the model does not declare
    items = [item_view(item) for item in booking.items.all()]
    cents = facts["settled_cents"]
    return DueRow(
        uuid=booking.uuid,
        number=booking.number,
        title=booking.title,
        contact_name=booking.contact_name,
        organisation_name=booking.organisation_name,
        resource_names=tuple(dict.fromkeys(item.resource_name for item in items)),
        location_names=tuple(dict.fromkeys(item.location_name for item in items)),
        start=min(item.span.start for item in items),
        end=max(item.span.end for item in items),
        total=Money(cents if isinstance(cents, int) else booking.total_cents, booking.currency),
        deposit=Money(booking.deposit_cents, booking.currency),
        needs_figures=bool(facts["needs_figures"]),
        settlements=int(str(facts["settlement_count"])),
    )
