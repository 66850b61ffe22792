"""Orders in files that a bank statement may still show: carried out, or come back.

Not here: orders as people see them (``bank_orders``), matching (``bank.order_matching``).
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from booking_core.finance.bank.lines import BankLine
from booking_core.finance.bank.order_matching import OrderItem, OrderMatch, match_order
from booking_core.finance.bank.sepa_files import sepa_text
from booking_core.finance.models import BankOrder, OrderKind, StatementLine, StatementState

_END_TO_END_LENGTH = 35


def order_items(*, order: UUID | None = None) -> tuple[OrderItem, ...]:
    """Orders that went into a file and neither were given up nor came back, oldest first. One statement."""
    found: QuerySet[BankOrder] = BankOrder.objects.filter(
        Q(executed_at__isnull=True) | Q(entry__reversed_by__isnull=True),
        run__isnull=False,
        withdrawn_at__isnull=True,
        returned_at__isnull=True,
    )
    if order is not None:
        found = found.filter(uuid=order)
    rows = found.order_by("id").values_list(
        "uuid", "kind", "amount_cents", "invoice__number", "booking__number", "executed_at",
        "entry__statement_line__pk",
    )  # fmt: skip
    return tuple(
        OrderItem(
            uuid,
            sepa_text(invoice or booking or "", _END_TO_END_LENGTH),
            cents if kind == OrderKind.DEBIT else -cents,
            str(OrderKind(kind).label),
            invoice or booking or "",
            is_booked=executed_at is not None,
            is_seen=line is not None,
        )
        for uuid, kind, cents, invoice, booking, executed_at, line in rows
    )


def order_matches() -> tuple[tuple[UUID, OrderMatch], ...]:
    """(movement, order) for every open movement that surely shows an order, each order once. Two statements."""
    items = list(order_items())
    found = []
    for line in StatementLine.objects.filter(state=StatementState.OPEN).order_by("booked_on", "id"):
        match = match_order(bank_line_of(line), items)
        if match is not None and match.is_sure:
            items.remove(match.item)
            found.append((line.uuid, match))
    return tuple(found)


def bank_line_of(line: StatementLine) -> BankLine:
    """A stored movement as the readers give it."""
    return BankLine(
        booked_on=line.booked_on,
        valued_on=line.valued_on,
        cents=line.amount_cents,
        name=line.name,
        iban=line.iban,
        purpose=line.purpose,
        reference=line.reference,
    )
