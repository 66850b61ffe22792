"""What a party has booked under one ordinance, for quotas and balances. One statement.

Not here: what an ordinance makes of it (``engines.ordinance.earlier_use``).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, Subquery

from booking_core.engines.ordinance import EarlierUse
from booking_core.kernel.spans import Span
from booking_core.reservations.models import Booking, BookingItem, BookingState
from booking_core.reservations.ranges import to_range, to_span

_STANDING = (BookingState.REQUESTED, BookingState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Dates of standing bookings, and what the newest booking left on each account."""

    uses: tuple[EarlierUse, ...] = ()
    balances: Mapping[str, Decimal] = field(default_factory=dict)


def earlier_of(
    party_id: int, ordinance_id: int, within: Span | None, *, apart: UUID | None = None
) -> Earlier:
    """Requests and bookings of a party that touch ``within``, of resources this ordinance prices, without ``apart``.

    Declined and cancelled ones use nothing. ``within`` None: only balances are wanted. One statement.
    """
    standing = Booking.objects.filter(party_id=party_id, state__in=_STANDING)
    if apart is not None:
        standing = standing.exclude(uuid=apart)
    newest = (
        standing.filter(ordinance_version__ordinance_id=ordinance_id)
        .exclude(quote__balances={})
        .filter(quote__has_key="balances")
        .order_by("-requested_at", "-pk")
    )
    wanted = Q(booking_id=Subquery(newest.values("pk")[:1]))
    if within is not None:
        wanted |= Q(span__overlap=to_range(within))
    rows = (
        BookingItem.objects.filter(wanted, booking__in=standing, resource__tariff__ordinance_id=ordinance_id)
        .order_by("booking__requested_at", "booking_id", "span")
        .values_list("booking_id", "span", "resource__tariff__codes", "booking__quote__balances")
    )
    codes: dict[tuple[int, Span], list[str]] = defaultdict(list)
    balances: Mapping[str, str] = {}
    for booking_id, span, named, left in rows:
        codes[booking_id, to_span(span)].extend(named)
        balances = left or balances
    uses = tuple(
        EarlierUse(tuple(dict.fromkeys(named)), span)
        for (_booking, span), named in codes.items()
        if within is not None and span.overlaps(within)
    )
    return Earlier(uses, {account: Decimal(amount) for account, amount in balances.items()})
