"""Money that should go back or be debited: credits, deposits, invoices that announced a debit.

Not here: orders made of them (``bank_orders``).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from booking_core.finance.bank_contracts import Account, DebitCandidate, RefundCandidate
from booking_core.finance.models import BankOrder, Invoice, InvoiceKind, OrderKind, StatementLine
from booking_core.finance.paper.content import PaperDebit
from booking_core.finance.queries.bank_orders import open_orders
from booking_core.finance.queries.deposits import deposits
from booking_core.finance.queries.payments import online_deposits_underway, online_refunds_underway
from booking_core.identity.contracts import Mandate
from booking_core.identity.mandates import mandates_of
from booking_core.kernel.errors import NotFound
from booking_core.kernel.money import Money


def refund_candidates(*, limit: int = 500) -> tuple[RefundCandidate, ...]:
    """Credits of invoices and deposits of uses that are over, without an open order. A fixed number of statements.

    What is on its way back online already is left out.
    """
    return (*_credits(limit), *_deposits(limit))


def debit_candidates(*, now: datetime) -> tuple[DebitCandidate, ...]:
    """Open invoices that announced a debit by a mandate that still stands, and none came back. Two statements."""
    rows = list(
        Invoice.objects.filter(kind=InvoiceKind.INVOICE, content__debit__isnull=False)
        .exclude(content__debit=None)
        .filter(~Exists(open_orders().filter(invoice=OuterRef("pk"))))
        .filter(~Exists(_returned_debits().filter(invoice=OuterRef("pk"))))
        .annotate(balance=Coalesce(Sum("entries__amount_cents"), 0))
        .filter(balance__gt=0)
        .order_by("due_on", "pk")
        .values_list("uuid", "number", "party_id", "party__name", "content__debit", "balance")
    )
    mandates = mandates_of({row[2] for row in rows}, on=now.date())
    found = []
    for uuid, number, party_id, party_name, data, balance in rows:
        announced, mandate = PaperDebit.model_validate(data), mandates.get(party_id)
        if mandate is None or mandate.reference != announced.mandate_reference:
            continue
        found.append(
            DebitCandidate(uuid, number, party_name, Money(balance), mandate.iban, mandate.reference, mandate.kind,
                           announced.collect_on)
        )  # fmt: skip
    return tuple(found)


def candidate_of_invoice(uuid: UUID) -> RefundCandidate:
    """The credit of one invoice. Raises NotFound where nothing is owed back."""
    return _only(_credits(1, uuid=uuid))


def candidate_of_booking(uuid: UUID) -> RefundCandidate:
    """The deposit held for one booking. Raises NotFound where none is held."""
    return _only(_deposits(100_000, uuid=uuid))


def _credits(limit: int, *, uuid: UUID | None = None) -> list[RefundCandidate]:
    found = (
        Invoice.objects.filter(kind=InvoiceKind.INVOICE)
        .filter(~Exists(open_orders().filter(invoice=OuterRef("pk"))))
        .annotate(balance=Coalesce(Sum("entries__amount_cents"), 0))
        .filter(balance__lt=0)
        .order_by("pk")
    )
    if uuid is not None:
        found = found.filter(uuid=uuid)
    rows = list(
        found.values_list("pk", "uuid", "number", "content__subject", "party_id", "party__name", "balance")[
            :limit
        ]
    )
    payers = _payers_of_invoices([row[0] for row in rows])
    mandates = mandates_of({row[4] for row in rows})
    underway = online_refunds_underway([row[0] for row in rows])
    return [
        RefundCandidate(
            OrderKind.REFUND.value, row[1], row[2], row[3] or "", row[5], Money(-row[6] - underway.get(row[0], 0)),
            payers.get(row[0]) or _account_of_mandate(mandates, row[4]),
        )
        for row in rows
        if -row[6] > underway.get(row[0], 0)
    ]  # fmt: skip


def _deposits(limit: int, *, uuid: UUID | None = None) -> list[RefundCandidate]:
    held = [one for one in deposits("held", limit=limit) if uuid is None or one.booking_uuid == uuid]
    underway = online_deposits_underway([one.booking_id for one in held])
    ordered = set(open_orders().filter(booking__isnull=False).values_list("booking_id", flat=True))
    return [
        RefundCandidate(OrderKind.RETURN.value, one.booking_uuid, one.booking_number, one.booking_title,
                        one.party_name, Money(one.held.cents - underway.get(one.booking_id, 0)))
        for one in held
        if one.booking_id not in ordered and one.held.cents > underway.get(one.booking_id, 0)
    ]  # fmt: skip


def _returned_debits() -> QuerySet[BankOrder]:
    """Debits the bank gave back: nobody is debited again without being asked."""
    return BankOrder.objects.filter(kind=OrderKind.DEBIT, returned_at__isnull=False)


def _payers_of_invoices(invoice_ids: Sequence[int]) -> dict[int, Account]:
    """The account the newest transfer for each invoice came from. One statement."""
    rows = (
        StatementLine.objects.filter(entry__invoice_id__in=invoice_ids, amount_cents__gt=0)
        .exclude(iban="")
        .order_by("booked_on", "pk")
        .values_list("entry__invoice_id", "name", "iban")
    )
    return {invoice_id: Account(name, iban) for invoice_id, name, iban in rows}


def _account_of_mandate(mandates: Mapping[int, Mandate], party_id: int) -> Account | None:
    known = mandates.get(party_id)
    return Account(known.holder, known.iban, known.bic) if known else None


def _only(found: Sequence[RefundCandidate]) -> RefundCandidate:
    if not found:
        raise NotFound(_("Hier ist nichts zu erstatten, oder es gibt schon einen Auftrag."))
    return found[0]
