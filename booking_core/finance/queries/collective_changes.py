"""Invoices over several bookings that no longer ask for what their bookings cost: something changed after them.

Not here: replacing them (``workflows.collective_changes``).
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from booking_core.finance.models import Invoice, InvoiceKind, InvoiceLine
from booking_core.kernel.money import Money
from booking_core.reservations.models import Booking, Settlement
from booking_core.reservations.owing import cents_owed


@dataclass(frozen=True, slots=True)
class ChangedInvoice:
    """``asked`` stands on the invoice, ``owed`` is what its bookings cost now."""

    uuid: UUID
    number: str
    party_name: str
    asked: Money
    owed: Money

    @property
    def difference(self) -> Money:
        """Above zero the party owes more, below zero it gets something back."""
        return self.owed - self.asked


def changed_collective_invoices(*, only: UUID | None = None) -> tuple[ChangedInvoice, ...]:
    """All of them that count (not cancelled), by number; ``only`` one of them. Three statements."""
    cancelled = Invoice.objects.filter(cancels=OuterRef("pk"))
    found = (
        Invoice.objects.filter(~Exists(cancelled), kind=InvoiceKind.INVOICE)
        .annotate(bookings=Count("lines__booking", distinct=True))
        .filter(bookings__gt=1)
        .order_by("year", "sequence")
    )
    if only is not None:
        found = found.filter(uuid=only)
    invoices = list(found.values_list("pk", "uuid", "number", "party__name", "gross_cents"))
    pairs = set(
        InvoiceLine.objects.filter(invoice__in=[row[0] for row in invoices], booking__isnull=False)
        .order_by()
        .values_list("invoice_id", "booking_id")
    )
    owed = _owed_by_booking({booking_id for _invoice, booking_id in pairs if booking_id is not None})
    sums: dict[int, int] = {}
    for invoice_id, booking_id in pairs:
        sums[invoice_id] = sums.get(invoice_id, 0) + owed.get(booking_id or 0, 0)
    return tuple(
        ChangedInvoice(uuid, number, party, Money(asked), Money(sums.get(pk, 0)))
        for pk, uuid, number, party, asked in invoices
        if sums.get(pk, 0) != asked
    )


def _owed_by_booking(booking_ids: set[int]) -> dict[int, int]:
    last = Settlement.objects.filter(booking=OuterRef("pk")).order_by("-number").values("total_cents")[:1]
    rows = Booking.objects.filter(pk__in=booking_ids).order_by()
    rows = rows.annotate(price=Coalesce(Subquery(last), F("total_cents")))
    return {
        pk: cents_owed(state, price_cents=price, given_up_cents=given_up or 0)
        for pk, state, price, given_up in rows.values_list("pk", "state", "price", "cancellation_cents")
    }
