"""The treasurer's numbers, and what stands open for one booking.

Not here: lists (``invoices``, ``deposits``, ``entries``).
"""

from collections.abc import Mapping

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from booking_core.finance.contracts import BookingMoney, TreasuryTotals
from booking_core.finance.models import Account, Invoice, InvoiceKind, LedgerEntry
from booking_core.finance.queries.deposits import deposit_of
from booking_core.finance.queries.entries import entry_view
from booking_core.finance.queries.invoices import invoices_of_bookings
from booking_core.kernel.money import Money


def treasury_totals() -> TreasuryTotals:
    """What is open, overdue, owed back and kept as deposit now. Two statements."""
    today = timezone.localdate()
    invoices = (
        Invoice.objects.filter(kind=InvoiceKind.INVOICE)
        .order_by()
        .annotate(balance=Coalesce(Sum("entries__amount_cents"), 0))
        .values("balance", "due_on")
    )
    found: Mapping[str, int | None] = invoices.aggregate(
        open_cents=Sum("balance", filter=Q(balance__gt=0)),
        open_count=Count("due_on", filter=Q(balance__gt=0)),
        overdue_cents=Sum("balance", filter=Q(balance__gt=0, due_on__lt=today)),
        overdue_count=Count("due_on", filter=Q(balance__gt=0, due_on__lt=today)),
        credit_cents=Sum("balance", filter=Q(balance__lt=0)),
        credit_count=Count("due_on", filter=Q(balance__lt=0)),
    )
    held = list(
        LedgerEntry.objects.filter(account=Account.DEPOSIT)
        .order_by()
        .values("booking_id")
        .annotate(cents=Sum("amount_cents"))
        .filter(cents__gt=0)
        .values_list("cents", flat=True)
    )
    return TreasuryTotals(
        open=Money(found["open_cents"] or 0),
        overdue=Money(found["overdue_cents"] or 0),
        credits=Money(-(found["credit_cents"] or 0)),
        deposits_held=Money(sum(held)),
        open_count=found["open_count"] or 0,
        overdue_count=found["overdue_count"] or 0,
        credit_count=found["credit_count"] or 0,
        deposit_count=len(held),
    )


def money_of_booking(booking_id: int) -> BookingMoney:
    """Invoices, deposit and movements of one booking. A fixed number of statements."""
    invoices = invoices_of_bookings([booking_id]).get(booking_id, ())
    entries = (
        LedgerEntry.objects.filter(
            Q(booking_id=booking_id) | Q(invoice__uuid__in=[row.uuid for row in invoices])
        )
        .select_related("party", "invoice", "reversed_by")
        .defer("invoice__pdf", "invoice__content")
        .order_by("id")
    )
    return BookingMoney(invoices, deposit_of(booking_id), tuple(entry_view(entry) for entry in entries))
