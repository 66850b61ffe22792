"""Invoices of the partnership: lists, files, movements, who is in arrears.

Not here: writing any of it (``services``).
"""

from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from booking_core.finance.paper.content import Paper
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money
from subscriptions.contracts import FeeEntryView, FeeInvoiceRow
from subscriptions.models import FeeEntry, FeeInvoice
from subscriptions.periods import Period
from tenants.context import in_public


def _with_sums(found: QuerySet[FeeInvoice]) -> QuerySet[FeeInvoice]:
    """Add what is open, what was waived and how often was reminded, without the heavy columns."""
    return (
        found.defer("pdf", "content")
        .select_related("tenant")
        .annotate(
            open_cents=Sum("entries__amount_cents", default=0),
            waived=Count("entries", filter=Q(entries__kind="waiver"), distinct=True),
        )
        .order_by("-year", "-sequence")
    )


def invoices_of(tenant_id: int, *, today: date) -> tuple[FeeInvoiceRow, ...]:
    """Every document of a town, newest first; two statements."""
    with in_public():
        return _rows(FeeInvoice.objects.filter(tenant_id=tenant_id), today)


def open_invoices(*, today: date) -> tuple[FeeInvoiceRow, ...]:
    """Every invoice with something open, longest due first; two statements."""
    with in_public():
        owing = (
            FeeEntry.objects.filter(invoice__kind="invoice")
            .order_by()
            .values("invoice_id")
            .annotate(cents=Sum("amount_cents"))
            .filter(cents__gt=0)
            .values("invoice_id")
        )
        rows = _rows(FeeInvoice.objects.filter(pk__in=owing), today)
    return tuple(sorted(rows, key=lambda row: (row.due_on, row.number)))


def _rows(found: QuerySet[FeeInvoice], today: date) -> tuple[FeeInvoiceRow, ...]:
    listed = list(_with_sums(found))
    reminded = {
        pk: (count, last, named)
        for pk, count, last, named in FeeInvoice.objects.filter(pk__in=[one.pk for one in listed])
        .annotate(
            count=Count("reminders"), last=Max("reminders__sent_on"), named=Max("reminders__read_only_on")
        )
        .order_by()
        .values_list("pk", "count", "last", "named")
    }
    return tuple(_row(one, today, *reminded[one.pk]) for one in listed)


def _row(
    invoice: FeeInvoice, today: date, reminders: int, reminded_on: date | None, read_only_on: date | None
) -> FeeInvoiceRow:
    open_cents: int = invoice.open_cents  # type: ignore[attr-defined]  # annotated
    return FeeInvoiceRow(
        uuid=invoice.uuid,
        kind=invoice.kind,
        number=invoice.number,
        tenant_id=invoice.tenant_id,
        town=str(invoice.tenant.short_name),
        plan_name=invoice.plan_name,
        period=period_of(invoice),
        issued_on=invoice.issued_on,
        due_on=invoice.due_on,
        gross=Money(invoice.gross_cents),
        open=Money(max(open_cents, 0)),
        state=_state(invoice, open_cents, today),
        reminders=reminders,
        reminded_on=reminded_on,
        read_only_on=read_only_on,
    )


def period_of(invoice: FeeInvoice) -> Period:
    """The days an invoice is for."""
    days = invoice.period
    return Period(days.lower, date.fromordinal(days.upper.toordinal() - 1))


def _state(invoice: FeeInvoice, open_cents: int, today: date) -> str:
    if invoice.kind == "cancellation":
        return "cancellation"
    if invoice.is_cancelled:
        return "cancelled"
    if open_cents > 0:
        return "overdue" if invoice.due_on < today else "open"
    return "waived" if invoice.waived else "paid"  # type: ignore[attr-defined]  # annotated


def invoice_row(uuid: UUID, *, today: date) -> FeeInvoiceRow:
    """One document. Raises NotFound."""
    with in_public():
        rows = _rows(FeeInvoice.objects.filter(uuid=uuid), today)
    if not rows:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return rows[0]


def invoice_file(uuid: UUID, *, tenant_id: int | None = None) -> tuple[str, bytes]:
    """Number and PDF of a document, of this town where one is named. Raises NotFound."""
    with in_public():
        row = _of_town(uuid, tenant_id).only("number", "pdf").first()
    if row is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return row.number, bytes(row.pdf)


def invoice_paper(uuid: UUID, *, tenant_id: int | None = None) -> Paper:
    """What stands on a document, of this town where one is named. Raises NotFound."""
    with in_public():
        row = _of_town(uuid, tenant_id).only("content").first()
    if row is None:
        raise NotFound(_("Diese Rechnung gibt es nicht."))
    return Paper.model_validate(row.content)


def _of_town(uuid: UUID, tenant_id: int | None) -> QuerySet[FeeInvoice]:
    found = FeeInvoice.objects.filter(uuid=uuid)
    return found if tenant_id is None else found.filter(tenant_id=tenant_id)


def entries_of(tenant_id: int) -> tuple[FeeEntryView, ...]:
    """Every movement of a town, newest first; one statement."""
    with in_public():
        found = (
            FeeEntry.objects.filter(invoice__tenant_id=tenant_id)
            .select_related("invoice", "reversed_by")
            .defer("invoice__pdf", "invoice__content")
            .order_by("-id")
        )
        return tuple(
            FeeEntryView(
                uuid=row.uuid,
                kind=row.kind,
                kind_label=str(row.get_kind_display()),
                amount=Money(row.amount_cents),
                valued_on=row.valued_on,
                text=row.text,
                at=row.at,
                actor_label=row.actor_label,
                invoice_number=row.invoice.number,
                can_be_reversed=row.kind in {"payment", "waiver"} and not hasattr(row, "reversed_by"),
            )
            for row in found
        )
