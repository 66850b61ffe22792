"""Movements of bank statements, with the invoice each is probably for.

Not here: writes (``services.statements``).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from booking_core.finance.bank.lines import BankLine
from booking_core.finance.bank.matching import OpenItem, Proposal, propose
from booking_core.finance.models import Invoice, InvoiceKind, StatementLine, StatementState
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
    """One page of movements in ``state``; open ones with a proposal. At most three statements."""
    found = StatementLine.objects.filter(state=state).select_related("entry__invoice")
    found = found.defer("entry__invoice__pdf", "entry__invoice__content")
    total = found.count()
    number = min(max(1, page), max(1, -(-total // per_page)))
    items = open_items() if state == StatementState.OPEN else ()
    rows = found[(number - 1) * per_page : number * per_page]
    return Page(tuple(_row(one, items) for one in rows), number, per_page, total)


def sure_matches() -> tuple[tuple[UUID, UUID], ...]:
    """(movement, invoice) wherever reference and amount agree and the invoice is wanted only once."""
    items = open_items()
    pairs = []
    taken: set[UUID] = set()
    for line in StatementLine.objects.filter(state=StatementState.OPEN).order_by("booked_on", "id"):
        proposal = propose(_bank_line(line), items)
        if proposal is not None and proposal.is_sure and proposal.item.invoice not in taken:
            taken.add(proposal.item.invoice)
            pairs.append((line.uuid, proposal.item.invoice))
    return tuple(pairs)


def _row(line: StatementLine, items: tuple[OpenItem, ...]) -> StatementRow:
    invoice = line.entry.invoice if line.entry is not None else None
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
        proposal=propose(_bank_line(line), items) if line.state == StatementState.OPEN else None,
        invoice_uuid=invoice.uuid if invoice is not None else None,
        invoice_number=invoice.number if invoice is not None else "",
    )


def _bank_line(line: StatementLine) -> BankLine:
    return BankLine(
        booked_on=line.booked_on,
        valued_on=line.valued_on,
        cents=line.amount_cents,
        name=line.name,
        iban=line.iban,
        purpose=line.purpose,
        reference=line.reference,
    )
