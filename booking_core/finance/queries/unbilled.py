"""Bookings whose use is over, that cost something, and that no invoice asks for yet.

Not here: writing the invoices (``workflows.billing_runs``, ``workflows.collective_billing``).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from booking_core.finance.models import Invoice, InvoiceKind, InvoiceLine
from booking_core.identity.models import BillingRhythm, Party
from booking_core.reservations.models import Booking, BookingItem, BookingState, Settlement
from booking_core.reservations.queries.settlements import waits_for_settlement


@dataclass(frozen=True, slots=True)
class CollectiveParty:
    """Somebody who gets invoices together. ``ripe``: bookings that are over and stand on no invoice."""

    uuid: UUID
    name: str
    rhythm: str
    rhythm_label: str
    ripe: int = 0


def unbilled_bookings(*, now: datetime, limit: int = 500) -> tuple[UUID, ...]:
    """Bookings that are over, cost something, wait for no settlement and never stood on an invoice, oldest first.

    One statement. Left out are parties that get their invoices together, and bookings whose invoice was cancelled
    by hand: a person decides on the next one.
    """
    found = _ripe(now).filter(
        ~Exists(InvoiceLine.objects.filter(booking=OuterRef("pk"))),
        state=BookingState.CONFIRMED,
        party__billing_rhythm=BillingRhythm.SINGLE,
    )
    return tuple(found.order_by("pk").values_list("uuid", flat=True)[:limit])


def ripe_bookings(party_uuid: UUID, *, until: datetime, never_billed: bool) -> tuple[UUID, ...]:
    """What a collective invoice of the party asks for: over before ``until``, no invoice that counts. By id.

    Cancelled bookings are among them where they cost something. ``never_billed``: also no cancelled invoice.
    """
    lines = InvoiceLine.objects.filter(booking=OuterRef("pk"), invoice__kind=InvoiceKind.INVOICE)
    if not never_billed:
        lines = lines.filter(~Exists(Invoice.objects.filter(cancels=OuterRef("invoice_id"))))
    found = _ripe(until).filter(~Exists(lines), party__uuid=party_uuid)
    return tuple(found.order_by("pk").values_list("uuid", flat=True))


def parties_to_bill(*, now: datetime | None = None) -> tuple[CollectiveParty, ...]:
    """Everybody who gets invoices together, by name; with ``now``, how many bookings are ripe. Two statements."""
    parties = list(Party.objects.filter(billing_rhythm__in=BillingRhythm.collective()).order_by("name", "pk"))
    counts: dict[int, int] = {}
    if now is not None:
        cancelled = Invoice.objects.filter(cancels=OuterRef("invoice_id"))
        live = InvoiceLine.objects.filter(booking=OuterRef("pk"), invoice__kind=InvoiceKind.INVOICE)
        found = _ripe(now).filter(~Exists(live.filter(~Exists(cancelled))), party__in=parties)
        counts = dict(found.order_by().values_list("party_id").annotate(count=Count("pk")))
    return tuple(
        CollectiveParty(
            party.uuid,
            party.name,
            party.billing_rhythm,
            party.get_billing_rhythm_display(),
            counts.get(party.pk, 0),
        )
        for party in parties
    )


def paid_cancelled_invoices(booking_ids: Collection[int]) -> tuple[UUID, ...]:
    """Cancelled invoices on which money still lies and that asked for nothing but these bookings."""
    others = InvoiceLine.objects.filter(invoice=OuterRef("pk")).exclude(booking_id__in=booking_ids)
    found = (
        Invoice.objects.filter(kind=InvoiceKind.INVOICE, cancelled_by__isnull=False)
        .filter(Exists(InvoiceLine.objects.filter(invoice=OuterRef("pk"), booking_id__in=booking_ids)))
        .exclude(Exists(others))
        .annotate(balance=Sum("entries__amount_cents"))
        .filter(balance__lt=0)
    )
    return tuple(found.order_by("pk").values_list("uuid", flat=True))


def _ripe(until: datetime) -> QuerySet[Booking]:
    """Over before ``until``, costs something, waits for no settlement; or cancelled at a price."""
    later = BookingItem.objects.filter(booking=OuterRef("pk"), span__endswith__gt=until)
    settled = Settlement.objects.filter(booking=OuterRef("pk"), total_cents__gt=0)
    costs = Q(total_cents__gt=0) | Q(cancellation_cents__gt=0) | Q(Exists(settled))
    used = Q(state=BookingState.CONFIRMED) & costs
    given_up = Q(state=BookingState.CANCELLED, cancellation_cents__gt=0, cancelled_at__lt=until)
    over = used & ~Q(Exists(later)) & ~waits_for_settlement()
    return Booking.objects.filter(over | given_up)
