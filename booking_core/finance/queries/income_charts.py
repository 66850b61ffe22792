"""Sums for the treasurer's charts: what was charged and paid by month, what was charged by group and by offer.

Not here: drawing them. Months come from the ledger, groups and offers from the lines of documents (net, cancellations
taken off): the same entries and lines the month's page and the exports are made of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from booking_core.finance.models import InvoiceKind, InvoiceLine
from booking_core.finance.queries.periods import sums_by_month
from booking_core.kernel.money import Money
from booking_core.reservations.models import Booking, BookingItem


@dataclass(frozen=True, slots=True)
class MonthPair:
    """One month of a year beside the same month of the year before."""

    month: int
    this_year: Money
    last_year: Money


@dataclass(frozen=True, slots=True)
class NamedSum:
    """What one group or offer was charged; ``name`` empty: lines without one."""

    name: str
    net: Money


def months_of_year(year: int, *, measure: str) -> tuple[MonthPair, ...]:
    """Twelve months; ``measure`` is ``paid`` (payments less refunds) or ``charged`` (invoices less cancellations)."""
    found = sums_by_month(date(year - 1, 1, 1), date(year, 12, 31))

    def cents(of_year: int, month: int) -> Money:
        charged, paid, _count = found.get(date(of_year, month, 1), (0, 0, 0))
        return Money(paid if measure == "paid" else charged)

    return tuple(MonthPair(month, cents(year, month), cents(year - 1, month)) for month in range(1, 13))


def net_by_group(year: int) -> tuple[NamedSum, ...]:
    """Net sums of the year's documents by the booking's customer group, largest first. Two statements."""

    def groups(ids: list[int]) -> Mapping[int, str]:
        return dict(Booking.objects.filter(pk__in=ids).values_list("pk", "customer_group"))

    return _named(year, groups)


def net_by_offer(year: int) -> tuple[NamedSum, ...]:
    """The same by what was booked; several things in one booking are one name. Two statements."""

    def offers(ids: list[int]) -> Mapping[int, str]:
        rows = BookingItem.objects.filter(booking_id__in=ids).order_by("resource__name")
        names: dict[int, list[str]] = {}
        for booking_id, name in rows.values_list("booking_id", "resource__name").distinct():
            names.setdefault(booking_id, []).append(name)
        return {booking_id: ", ".join(found) for booking_id, found in names.items()}

    return _named(year, offers)


def _named(year: int, names_of: Callable[[list[int]], Mapping[int, str]]) -> tuple[NamedSum, ...]:
    rows = list(
        InvoiceLine.objects.filter(invoice__issued_on__year=year)
        .order_by()
        .values_list("booking_id", "invoice__kind")
        .annotate(cents=Sum("net_cents"))
    )
    names = names_of([booking_id for booking_id, _kind, _cents in rows if booking_id is not None])
    sums: dict[str, int] = {}
    for booking_id, kind, cents in rows:
        name = names.get(booking_id, "") if booking_id is not None else ""
        sums[name] = sums.get(name, 0) + (cents if kind == InvoiceKind.INVOICE else -cents)
    ordered = sorted(sums.items(), key=lambda one: (-one[1], one[0]))
    return tuple(NamedSum(name, Money(cents)) for name, cents in ordered)
