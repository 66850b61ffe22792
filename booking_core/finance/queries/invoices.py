"""Invoices with their balance: lists, one of them, its file, totals. Balances are sums of entries, never stored.

Not here: deposits (``queries.deposits``), the journal (``queries.journal``).
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.contracts import InvoiceFilter, InvoiceRow, InvoiceView
from booking_core.finance.models import EntryKind, Invoice, InvoiceKind
from booking_core.finance.paper.content import Paper
from booking_core.finance.queries.ages import BY_NAME
from booking_core.finance.queries.entries import entry_view
from booking_core.finance.queries.stops import stop_of
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import Page

STATES = ("open", "overdue", "paid", "credit", "cancelled")


def invoice_rows(wanted: InvoiceFilter, *, page: int, per_page: int) -> Page[InvoiceRow]:
    """One page of invoices, newest first. Two statements, however many rows."""
    today = timezone.localdate()
    found = _filtered(wanted, today)
    total = found.count()
    number = min(max(1, page), max(1, -(-total // per_page)))
    rows = found[(number - 1) * per_page : number * per_page]
    return Page(tuple(_row(one, today) for one in rows), number, per_page, total)


def invoice_by_uuid(uuid: UUID) -> InvoiceView:
    """One document with its history. Raises NotFound."""
    today = timezone.localdate()
    found = _with_sums(Invoice.objects.all()).filter(uuid=uuid)
    row = (
        found.select_related("party", "cancels", "cancelled_by")
        .defer("pdf", "cancels__pdf", "cancelled_by__pdf")
        .first()
    )
    if row is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    by = getattr(row, "cancelled_by", None)
    return InvoiceView(
        row=_row(row, today),
        paper=Paper.model_validate(row.content),
        party_id=row.party_id,
        party_uuid=row.party.uuid,
        party_email=row.party.email,
        booking_uuids=tuple(
            dict.fromkeys(row.lines.exclude(booking=None).values_list("booking__uuid", flat=True))
        ),
        entries=tuple(
            entry_view(entry) for entry in row.entries.select_related("party", "reversed_by").order_by("id")
        ),
        cancelled_by=by.number if by is not None else "",
        cancelled_by_uuid=by.uuid if by is not None else None,
        cancels=row.cancels.number if row.cancels is not None else "",
        cancels_uuid=row.cancels.uuid if row.cancels is not None else None,
        reason=row.reason,
        stop=stop_of(row, today),
    )


def invoices_of_bookings(booking_ids: Iterable[int]) -> dict[int, tuple[InvoiceRow, ...]]:
    """The documents of each booking, newest first; one statement for the rows, one for the lines."""
    wanted = set(booking_ids)
    today = timezone.localdate()
    pairs = Invoice.objects.filter(lines__booking_id__in=wanted).values_list("pk", "lines__booking_id")
    by_booking: dict[int, set[int]] = {}
    for invoice_id, booking_id in pairs:
        if booking_id in wanted:
            by_booking.setdefault(booking_id, set()).add(invoice_id)
    ids = {one for found in by_booking.values() for one in found}
    rows = {one.pk: _row(one, today) for one in _with_sums(Invoice.objects.filter(pk__in=ids))}
    return {
        booking_id: tuple(row for pk, row in rows.items() if pk in found)
        for booking_id, found in by_booking.items()
    }


def invoice_id_of(uuid: UUID) -> int:
    """The row's number, for rows that point to it. Raises NotFound."""
    found = Invoice.objects.filter(uuid=uuid).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return found


def invoice_by_id(invoice_id: int) -> InvoiceView:
    """The document a row points to. Raises NotFound."""
    found = Invoice.objects.filter(pk=invoice_id).values_list("uuid", flat=True).first()
    if found is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return invoice_by_uuid(found)


def invoice_uuid_of(text: str) -> UUID:
    """The invoice with this number or reference, however it is spaced. Raises NotFound."""
    plain = "".join(text.split()).upper()
    found = Invoice.objects.filter(
        Q(number__iexact=plain) | Q(reference__iexact=plain), kind=InvoiceKind.INVOICE
    )
    uuid = found.values_list("uuid", flat=True).first()
    if uuid is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return uuid


def invoice_file(uuid: UUID) -> tuple[str, bytes]:
    """Number and PDF of a document. Raises NotFound."""
    found = Invoice.objects.filter(uuid=uuid).values_list("number", "pdf").first()
    if found is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return found[0], bytes(found[1])


def _filtered(wanted: InvoiceFilter, today: date) -> QuerySet[Invoice]:
    found = _with_sums(Invoice.objects.all())
    if wanted.state in STATES:
        found = found.filter(_state_condition(wanted.state, today))
    if wanted.age in BY_NAME:
        found = found.filter(_state_condition("open", today) & BY_NAME[wanted.age].condition(today))
    if wanted.text.strip():
        text = wanted.text.strip()
        found = found.filter(
            Q(number__icontains=text)
            | Q(reference__icontains=text.replace(" ", ""))
            | Q(party__name__icontains=text)
            | Q(content__subject__icontains=text)
        )
    if wanted.first_on is not None:
        found = found.filter(issued_on__gte=wanted.first_on)
    if wanted.last_on is not None:
        found = found.filter(issued_on__lte=wanted.last_on)
    return found


def _state_condition(state: str, today: date) -> Q:
    invoice = Q(kind=InvoiceKind.INVOICE)
    conditions = {
        "open": invoice & Q(balance__gt=0),
        "overdue": invoice & Q(balance__gt=0, due_on__lt=today),
        "paid": invoice & Q(balance=0, is_cancelled=False),
        "credit": invoice & Q(balance__lt=0),
        "cancelled": invoice & Q(is_cancelled=True),
    }
    return conditions[state]


def _with_sums(found: QuerySet[Invoice]) -> QuerySet[Invoice]:
    cancelled = Invoice.objects.filter(cancels=OuterRef("pk"))
    return (
        found.select_related("party")
        .defer("pdf")
        .annotate(
            balance=Coalesce(Sum("entries__amount_cents"), 0),
            reminders=Count("entries", filter=Q(entries__kind=EntryKind.REMINDER, entries__reversed_by=None)),
            is_cancelled=Exists(cancelled),
        )
        .order_by("-year", "-sequence", "prefix")
    )


def _row(row: Invoice, today: date) -> InvoiceRow:
    balance: int = row.balance  # type: ignore[attr-defined]  # annotated by _with_sums
    return InvoiceRow(
        uuid=row.uuid,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        number=row.number,
        reference=row.reference,
        party_name=row.party.name,
        issued_on=row.issued_on,
        due_on=row.due_on,
        gross=Money(row.gross_cents),
        balance=Money(balance),
        state=_state(row, balance, today),
        reminders=row.reminders,  # type: ignore[attr-defined]  # annotated by _with_sums
        is_cancelled=row.is_cancelled,  # type: ignore[attr-defined]  # annotated by _with_sums
    )


def _state(row: Invoice, balance: int, today: date) -> str:
    if row.kind == InvoiceKind.CANCELLATION:
        return "document"
    if balance < 0:
        return "credit"
    if balance > 0:
        return "overdue" if row.due_on < today else "open"
    return "cancelled" if row.is_cancelled else "paid"  # type: ignore[attr-defined]  # annotated by _with_sums
