"""Payments through a provider: one of them, those of a booking, the treasurer's list, what is not settled yet.

Not here: writes (``services.payments``).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from booking_core.finance.contracts_payments import PaymentFile, PaymentLine, PaymentRow, PaymentView
from booking_core.finance.models import BankOrder, OrderKind, Payment
from booking_core.finance.queries.deposits import deposits
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import Page

UNSETTLED = ("started", "open", "processing", "held")
LISTS = ("all", "open", "trouble", "failed", "lapsed", "refunds", "holds")
_FAILED_DAYS = 30  # what failed longer ago, nobody can do anything about


def payment_view(row: Payment) -> PaymentView:
    """The row as a value."""
    return PaymentView(
        id=row.pk,
        uuid=row.uuid,
        kind=row.kind,
        purpose=row.purpose,
        state=row.state,
        trouble=row.trouble,
        account=row.account,
        amount=Money(row.amount_cents, row.currency),
        moved=None if row.moved_cents is None else Money(row.moved_cents, row.currency),
        party_id=row.party_id,
        booking_id=row.booking_id,
        invoice_id=row.invoice_id,
        parent_id=row.parent_id,
        remote_ref=row.remote_ref,
        intent_ref=row.intent_ref,
        request=dict(row.request),
        pay_url=row.pay_url,
        method_label=row.method_label,
        reason=row.reason,
        started_at=row.started_at,
        expires_at=row.expires_at,
        held_until=row.held_until,
        settled_at=row.settled_at,
    )


def payment_by_uuid(uuid: UUID) -> PaymentView:
    """One payment. Raises NotFound."""
    return _one(Payment.objects.filter(uuid=uuid))


def payment_by_id(payment_id: int) -> PaymentView:
    """One payment. Raises NotFound."""
    return _one(Payment.objects.filter(pk=payment_id))


def _one(found: QuerySet[Payment]) -> PaymentView:
    row = found.first()
    if row is None:
        raise NotFound(_("Diese Zahlung gibt es nicht."))
    return payment_view(row)


def payment_of_reference(account: str, *, names: Iterable[str], key: str = "") -> PaymentView | None:
    """The payment an event is about: by what the provider calls it, or by our key; never one of another account."""
    wanted = [name for name in names if name]
    rows = Payment.objects.filter(account=account)
    found = rows.filter(remote_ref__in=wanted).first() if wanted else None
    found = found or (rows.filter(uuid=key).first() if _is_uuid(key) else None)
    found = found or (
        rows.filter(intent_ref__in=wanted, kind__in=["payment", "hold"]).first() if wanted else None
    )
    return payment_view(found) if found is not None else None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def live_payment(booking_id: int, purpose: str) -> PaymentView | None:
    """The payment of this purpose that somebody may still be about to make."""
    rows = Payment.objects.filter(booking_id=booking_id, purpose=purpose, kind__in=["payment", "hold"])
    row = rows.filter(state__in=["started", "open", "processing"]).first()
    return payment_view(row) if row is not None else None


def payments_made(booking_id: int, purpose: str) -> tuple[PaymentView, ...]:
    """Money that came in online for a booking, newest first; money that goes back as a whole is not among it."""
    rows = Payment.objects.filter(
        booking_id=booking_id, purpose=purpose, kind__in=["payment", "hold"], state="paid", trouble=""
    )
    return tuple(payment_view(row) for row in rows.order_by("-id"))


def holds_of(booking_id: int) -> tuple[PaymentView, ...]:
    """What is reserved on cards for the deposit of a booking and not ended yet."""
    rows = Payment.objects.filter(booking_id=booking_id, kind="hold", state="held")
    return tuple(payment_view(row) for row in rows.order_by("id"))


def children_of(payment_id: int, *, kinds: Iterable[str]) -> tuple[PaymentView, ...]:
    """What was begun on top of a payment, oldest first, without what failed."""
    rows = Payment.objects.filter(parent_id=payment_id, kind__in=list(kinds)).exclude(state="failed")
    return tuple(payment_view(row) for row in rows.order_by("id"))


def online_refunds_underway(invoice_ids: Iterable[int]) -> dict[int, int]:
    """What is on its way back online but not booked yet, in cents by invoice."""
    rows = (
        Payment.objects.filter(
            invoice_id__in=list(invoice_ids), kind="refund", state__in=["started", "processing"]
        )
        .order_by()
        .values_list("invoice_id")
        .annotate(cents=Sum("amount_cents"))
    )
    return {invoice_id: int(cents) for invoice_id, cents in rows if invoice_id is not None}


def going_back(invoice_ids: Iterable[int]) -> dict[int, int]:
    """What is on its way back by any way but not booked yet, in cents by invoice."""
    ids = list(invoice_ids)
    online, by_bank = online_refunds_underway(ids), transfers_underway(ids)
    return {one: online.get(one, 0) + by_bank.get(one, 0) for one in ids}


def transfers_underway(invoice_ids: Iterable[int]) -> dict[int, int]:
    """What the treasurer has ordered the bank to pay back but is not executed yet, in cents by invoice."""
    rows = (
        BankOrder.objects.filter(
            invoice_id__in=list(invoice_ids),
            kind=OrderKind.REFUND,
            executed_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        .order_by()
        .values_list("invoice_id")
        .annotate(cents=Sum("amount_cents"))
    )
    return {invoice_id: int(cents) for invoice_id, cents in rows if invoice_id is not None}


def online_deposits_underway(booking_ids: Iterable[int]) -> dict[int, int]:
    """What of deposits is on its way back online but not booked yet, in cents by booking."""
    rows = (
        Payment.objects.filter(
            booking_id__in=list(booking_ids),
            purpose="deposit",
            kind="refund",
            trouble="",
            state__in=["started", "processing"],
        )
        .order_by()
        .values_list("booking_id")
        .annotate(cents=Sum("amount_cents"))
    )
    return {booking_id: int(cents) for booking_id, cents in rows if booking_id is not None}


def deposit_refunds_underway(booking_id: int) -> int:
    """The same for one booking."""
    return online_deposits_underway([booking_id]).get(booking_id, 0)


def deposit_transfers_underway(booking_id: int) -> int:
    """What of a booking's deposit the treasurer has ordered the bank to pay back, in cents."""
    rows = BankOrder.objects.filter(
        booking_id=booking_id, kind=OrderKind.RETURN, executed_at__isnull=True, withdrawn_at__isnull=True
    )
    return int(rows.aggregate(cents=Sum("amount_cents"))["cents"] or 0)


def unsettled_payments(*, before: datetime, limit: int = 200) -> tuple[PaymentView, ...]:
    """What is not over yet and was begun before this moment, oldest first."""
    rows = Payment.objects.filter(state__in=UNSETTLED, started_at__lt=before).order_by("started_at")
    return tuple(payment_view(row) for row in rows[:limit])


def payment_rows(which: str, *, page: int, per_page: int, now: datetime | None = None) -> Page[PaymentRow]:
    """One page of the treasurer's list, newest first; ``failed`` are those of the last 30 days. Two statements.

    ``lapsed``: reservations that ran out of themselves, of bookings whose deposit is missing since (one more).
    """
    lately = (now or timezone.now()) - timedelta(days=_FAILED_DAYS)
    conditions = {
        "failed": Q(state="failed", settled_at__gte=lately),
        "lapsed": _lapsed() if which == "lapsed" else Q(),
        "open": Q(state__in=UNSETTLED) & ~Q(kind="hold", state="held"),
        "trouble": ~Q(trouble="") | Q(kind="refund", state="failed"),
        "refunds": Q(kind="refund"),
        "holds": Q(kind="hold"),
    }
    found = _with_names(Payment.objects.filter(conditions.get(which, Q())))
    total = found.count()
    number = min(max(1, page), max(1, -(-total // per_page)))
    rows = found[(number - 1) * per_page : number * per_page]
    return Page(tuple(_row(one) for one in rows), number, per_page, total)


def _lapsed() -> Q:
    waiting = [one.booking_id for one in deposits("missing", limit=100_000)]
    ended = Payment.objects.filter(parent=OuterRef("pk"), kind__in=["capture", "release"]).exclude(
        state="failed"
    )
    gone = Q(kind="hold", state__in=["released", "expired"], held_until__isnull=False)
    return gone & Q(booking_id__in=waiting) & ~Q(Exists(ended))


def payments_of_booking(booking_id: int) -> tuple[PaymentRow, ...]:
    """Everything online of one booking, newest first. One statement."""
    return tuple(_row(one) for one in _with_names(Payment.objects.filter(booking_id=booking_id)))


def payment_file(uuid: UUID) -> PaymentFile:
    """One payment with its history. Raises NotFound."""
    row = _with_names(Payment.objects.filter(uuid=uuid)).select_related("parent").first()
    if row is None:
        raise NotFound(_("Diese Zahlung gibt es nicht."))
    return PaymentFile(
        row=_row(row),
        account=row.account,
        remote_ref=row.remote_ref,
        intent_ref=row.intent_ref,
        moved=None if row.moved_cents is None else Money(row.moved_cents, row.currency),
        lines=tuple(
            PaymentLine(line.at, line.kind, line.text, line.actor_label, line.event_id or "")
            for line in row.events.all()
        ),
        children=tuple(_row(one) for one in _with_names(Payment.objects.filter(parent=row))),
        parent_uuid=row.parent.uuid if row.parent is not None else None,
    )


def _with_names(found: QuerySet[Payment]) -> QuerySet[Payment]:
    return (
        found.select_related("party", "booking", "invoice")
        .defer("invoice__pdf", "invoice__content", "booking__quote")
        .order_by("-started_at", "-id")
    )


def _row(row: Payment) -> PaymentRow:
    return PaymentRow(
        uuid=row.uuid,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        purpose=row.purpose,
        purpose_label=row.get_purpose_display(),
        state=row.state,
        state_label=row.get_state_display(),
        trouble=row.trouble,
        trouble_label=row.get_trouble_display(),
        amount=Money(row.amount_cents, row.currency),
        method_label=row.method_label,
        reason=row.reason,
        started_at=row.started_at,
        party_name=row.party.name,
        booking_number=row.booking.number if row.booking is not None else "",
        booking_uuid=row.booking.uuid if row.booking is not None else None,
        invoice_number=row.invoice.number if row.invoice is not None else "",
        invoice_uuid=row.invoice.uuid if row.invoice is not None else None,
        held_until=row.held_until,
    )
