"""What the months of the ledger came to, from the same entries the journal and the exports show.

Not here: closing a month (``services.periods``).
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from booking_core.finance.models import Account, EntryKind, FinanceProfile, InvoiceLine, LedgerEntry, Way
from booking_core.kernel.money import Money

_CHARGES = (EntryKind.CHARGE, EntryKind.CANCELLATION)
_PAID = (EntryKind.PAYMENT, EntryKind.REFUND)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month in a list. ``charged``: invoices less cancellations; ``paid``: payments less refunds."""

    first_on: date
    charged: Money
    paid: Money
    entries: int
    is_closed: bool
    is_over: bool


@dataclass(frozen=True, slots=True)
class KindSum:
    """All entries of one kind and way in an account."""

    account: str
    kind: str
    kind_label: str
    way_label: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class TaxSum:
    """Net amounts of invoices less cancellations by tax case (category of EN 16931 and rate)."""

    category: str
    percent: str
    net: Money


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """One month. ``…_before`` and ``…_after``: what all entries up to then add up to."""

    first_on: date
    last_on: date
    is_closed: bool
    is_over: bool
    is_last_closed: bool
    sums: tuple[KindSum, ...]
    taxes: tuple[TaxSum, ...]
    open_before: Money
    open_after: Money
    deposits_before: Money
    deposits_after: Money


def month_end(day: date) -> date:
    """The last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def closed_until() -> date | None:
    """The last day of the last closed month."""
    return FinanceProfile.objects.values_list("closed_until", flat=True).first()


def months(*, today: date, limit: int = 24) -> tuple[MonthRow, ...]:
    """What was charged and paid in each of the last months, newest first, back to the first that has any entry.

    Two statements.
    """
    closed = closed_until()
    first = today.replace(day=1)
    starts = []
    for _number in range(limit):
        starts.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    sums = sums_by_month(starts[-1], month_end(today))
    oldest = min(sums, default=starts[0])
    nothing = (0, 0, 0)
    return tuple(
        MonthRow(
            first_on=start,
            charged=Money(sums.get(start, nothing)[0]),
            paid=Money(sums.get(start, nothing)[1]),
            entries=sums.get(start, nothing)[2],
            is_closed=closed is not None and start <= closed,
            is_over=month_end(start) < today,
        )
        for start in starts
        if start >= oldest
    )


def sums_by_month(first_on: date, last_on: date) -> Mapping[date, tuple[int, int, int]]:
    """Cents charged, cents paid and how many entries, by the first day of each month that has any. One statement."""
    rows = (
        LedgerEntry.objects.filter(account=Account.FEE, valued_on__gte=first_on, valued_on__lte=last_on)
        .annotate(month=TruncMonth("valued_on"))
        .order_by()
        .values("month")
        .annotate(
            charged=Sum("amount_cents", filter=Q(kind__in=_CHARGES)),
            paid=Sum("amount_cents", filter=_is_paid()),
            entries=Count("pk"),
        )
    )
    return {row["month"]: (row["charged"] or 0, -(row["paid"] or 0), row["entries"]) for row in rows}


def month_totals(first_on: date, *, today: date) -> MonthTotals:
    """Everything about one month. Five statements."""
    last_on, closed = month_end(first_on), closed_until()
    within = LedgerEntry.objects.filter(valued_on__gte=first_on, valued_on__lte=last_on)
    sums = (
        within.order_by().values("account", "kind", "way").annotate(cents=Sum("amount_cents"), n=Count("pk"))
    )
    before = _balances(Q(valued_on__lt=first_on))
    after = _balances(Q(valued_on__lte=last_on))
    return MonthTotals(
        first_on=first_on,
        last_on=last_on,
        is_closed=closed is not None and last_on <= closed,
        is_over=last_on < today,
        is_last_closed=closed == last_on,
        sums=tuple(
            KindSum(
                row["account"],
                row["kind"],
                str(EntryKind(row["kind"]).label),
                str(Way(row["way"]).label) if row["way"] != Way.NONE else "",
                row["n"],
                Money(row["cents"]),
            )
            for row in sorted(sums, key=lambda row: (row["account"] != Account.FEE, row["kind"], row["way"]))
        ),
        taxes=_taxes(first_on, last_on),
        open_before=Money(before["fee"]),
        open_after=Money(after["fee"]),
        deposits_before=Money(before["deposit"]),
        deposits_after=Money(after["deposit"]),
    )


def _is_paid() -> Q:
    """Payments and refunds, and what corrects them."""
    return Q(kind__in=_PAID) | Q(kind=EntryKind.REVERSAL, reverses__kind__in=_PAID)


def _balances(until: Q) -> dict[str, int]:
    rows = LedgerEntry.objects.filter(until).order_by().values("account").annotate(cents=Sum("amount_cents"))
    found = {row["account"]: int(row["cents"]) for row in rows}
    return {account: found.get(account, 0) for account in ("fee", "deposit")}


def _taxes(first_on: date, last_on: date) -> tuple[TaxSum, ...]:
    """From the lines of the documents of the month; a cancellation takes its lines back."""
    rows = (
        InvoiceLine.objects.filter(invoice__issued_on__gte=first_on, invoice__issued_on__lte=last_on)
        .order_by()
        .values("category", "percent")
        .annotate(
            plus=Sum("net_cents", filter=Q(invoice__kind="invoice")),
            minus=Sum("net_cents", filter=Q(invoice__kind="cancellation")),
        )
    )
    sums = [
        TaxSum(
            row["category"],
            f"{row['percent'].normalize():f}",
            Money((row["plus"] or 0) - (row["minus"] or 0)),
        )
        for row in rows
    ]
    return tuple(sorted(sums, key=lambda one: (one.category, one.percent)))
