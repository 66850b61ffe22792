"""Movements of bank statements, with the invoice each is probably for.

Not here: writes (``services.statements``).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from booking_core.finance.bank.matching import OpenItem, Proposal, propose
from booking_core.finance.bank.order_matching import OrderItem, OrderMatch, match_order
from booking_core.finance.models import Invoice, InvoiceKind, StatementLine, StatementState
from booking_core.finance.queries.order_items import bank_line_of, order_items
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import Page


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One movement with the best guess, or with what became of it."""

    uuid: UUID
    booked_on: date
    amount: Money
    name: str
    iban: str
    purpose: str
    reference: str
    state: str
    state_label: str
    note: str = ""
    proposal: Proposal | None = None
    order: OrderMatch | None = None
    invoice_uuid: UUID | None = None
    invoice_number: str = ""


def open_items() -> tuple[OpenItem, ...]:
    """Every invoice with a balance. One statement."""
    rows = (
        Invoice.objects.filter(kind=InvoiceKind.INVOICE)
        .order_by("due_on")
        .annotate(balance=Coalesce(Sum("entries__amount_cents"), 0))
        .filter(~Q(balance=0))
        .values_list("uuid", "number", "reference", "party__name", "content__buyer__name", "balance")
    )
    return tuple(
        OpenItem(uuid, number, reference, f"{party} {buyer or ''}".strip(), balance)
        for uuid, number, reference, party, buyer, balance in rows
    )


def statement_rows(state: str, *, page: int, per_page: int) -> Page[StatementRow]:
    """One page of movements in ``state``; open ones with their order or a proposal. At most four statements."""
    found = StatementLine.objects.filter(state=state).select_related("entry__invoice")
    found = found.defer("entry__invoice__pdf", "entry__invoice__content")
    total = found.count()
    number = min(max(1, page), max(1, -(-total // per_page)))
    is_open = state == StatementState.OPEN
    items, orders = (open_items(), order_items()) if is_open else ((), ())
    rows = found[(number - 1) * per_page : number * per_page]
    return Page(tuple(_row(one, items, orders) for one in rows), number, per_page, total)


def sure_matches() -> tuple[tuple[UUID, UUID], ...]:
    """(movement, invoice) wherever reference and amount agree and the invoice is wanted only once.

    Movements that show an order of ours are none of these: the order books them.
    """
    items, orders = open_items(), order_items()
    pairs = []
    taken: set[UUID] = set()
    for line in StatementLine.objects.filter(state=StatementState.OPEN).order_by("booked_on", "id"):
        if match_order(bank_line_of(line), orders) is not None:
            continue
        proposal = propose(bank_line_of(line), items)
        if proposal is not None and proposal.is_sure and proposal.item.invoice not in taken:
            taken.add(proposal.item.invoice)
            pairs.append((line.uuid, proposal.item.invoice))
    return tuple(pairs)


def _row(line: StatementLine, items: tuple[OpenItem, ...], orders: tuple[OrderItem, ...]) -> StatementRow:
    invoice = line.entry.invoice if line.entry is not None else None
    is_open = line.state == StatementState.OPEN
    order = match_order(bank_line_of(line), orders) if is_open else None
    return StatementRow(
        uuid=line.uuid,
        booked_on=line.booked_on,
        amount=Money(line.amount_cents),
        name=line.name,
        iban=line.iban,
        purpose=line.purpose,
        reference=line.reference,
        state=line.state,
        state_label=line.get_state_display(),
        note=line.note,
        proposal=propose(bank_line_of(line), items) if is_open and order is None else None,
        order=order,
        invoice_uuid=invoice.uuid if invoice is not None else None,
        invoice_number=invoice.number if invoice is not None else "",
    )
