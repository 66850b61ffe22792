"""Money that came in, by when it was recorded: payments of invoices and deposits, less what was corrected.

Not here: the whole journal (``entries``), months (``periods``). What is paid from a deposit did not come in again.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Sum, When

from booking_core.finance.contracts import CountedSum, EntryView
from booking_core.finance.models import Account, EntryKind, LedgerEntry, Way
from booking_core.finance.queries.entries import entry_view
from booking_core.kernel.money import Money
from tenants.context import tenant_zone

_IN_CENTS = Case(
    When(account=Account.FEE, then=-F("amount_cents")),
    default=F("amount_cents"),
    output_field=BigIntegerField(),
)


def income_sum(first_on: date, last_on: date) -> CountedSum:
    """How much was recorded from the first to the last day, both included. One statement."""
    found = _came_in(first_on, last_on).order_by().aggregate(count=Count("pk"), cents=Sum(_IN_CENTS))
    return CountedSum(found["count"], Money(found["cents"] or 0))


def income_entries(first_on: date, last_on: date, *, limit: int = 100_000) -> tuple[EntryView, ...]:
    """The same entries one by one, oldest first. One statement."""
    rows = (
        _came_in(first_on, last_on)
        .select_related("party", "invoice", "booking", "reversed_by")
        .defer("invoice__pdf", "invoice__content", "booking__quote")
        .order_by("id")
    )
    return tuple(entry_view(row) for row in rows[:limit])


def _came_in(first_on: date, last_on: date) -> QuerySet[LedgerEntry]:
    first = datetime.combine(first_on, time.min, tzinfo=tenant_zone())
    after = datetime.combine(last_on + timedelta(days=1), time.min, tzinfo=tenant_zone())
    payments = Q(kind=EntryKind.PAYMENT) | Q(kind=EntryKind.REVERSAL, reverses__kind=EntryKind.PAYMENT)
    return LedgerEntry.objects.filter(
        Q(account=Account.FEE) & payments | Q(account=Account.DEPOSIT, kind=EntryKind.DEPOSIT_IN),
        at__gte=first,
        at__lt=after,
    ).exclude(way=Way.DEPOSIT)
