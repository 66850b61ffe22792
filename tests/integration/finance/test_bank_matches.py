"""A bank statement shows what the town sent to the bank: carried out once, come back once, never paid twice."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from booking_core.finance.bank.lines import BankLine, with_digests
from booking_core.finance.errors import AlreadyRecorded, NotReleased
from booking_core.finance.models import BankOrder, Invoice, LedgerEntry, Payment, StatementLine
from booking_core.finance.queries.bank_candidates import debit_candidates, refund_candidates
from booking_core.finance.queries.bank_orders import run_by_uuid
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.order_items import order_matches
from booking_core.finance.queries.statements import statement_rows, sure_matches
from booking_core.finance.services.bank_matches import settle_order
from booking_core.finance.services.bank_runs import execute_run, make_debit_run
from booking_core.finance.services.statements import assign, import_lines
from booking_core.kernel.money import ZERO, Money
from tests.integration.finance.conftest import Treasury
from tests.integration.finance.test_bank_orders import run_of
from tests.integration.finance.test_debits import signed

pytestmark = pytest.mark.django_db


def seen(treasury: Treasury, cents: int, reference: str, purpose: str = "") -> UUID:
    """A movement on the town's account; returns its uuid."""
    day = timezone.localdate()
    lines = with_digests([BankLine(day, day, cents, "Chor Übermut", "", purpose, reference, uuid4().hex)])
    import_lines(lines, actor=treasury.kim, now=timezone.now())
    uuid: UUID = StatementLine.objects.order_by("-id").values_list("uuid", flat=True)[0]
    return uuid


def debited(treasury: Treasury) -> tuple[UUID, str]:
    """An invoice whose debit is in a file; its uuid and number."""
    signed(treasury)
    row = treasury.invoice().row
    run_on = debit_candidates(now=timezone.now())[0].announced_on
    make_debit_run([row.uuid], run_on=run_on, actor=treasury.kim, now=timezone.now())
    BankOrder.objects.update(run_on=timezone.localdate())  # the days have passed
    return row.uuid, row.number


def settle(line: UUID, treasury: Treasury) -> str:
    order: UUID = BankOrder.objects.values_list("uuid", flat=True)[0]
    return settle_order(line, order, actor=treasury.toni, now=timezone.now())


def test_a_debit_on_the_statement_is_booked_once(treasury: Treasury) -> None:
    invoice, number = debited(treasury)
    line = seen(treasury, 5000, number)
    assert sure_matches() == (), "the order books it, not the invoice"
    ((found, match),) = order_matches()
    assert (found, match.event) == (line, "executed")
    (row,) = statement_rows("open", page=1, per_page=25).rows
    assert row.proposal is None
    assert row.order is not None
    assert settle(line, treasury) == "executed"
    assert invoice_by_uuid(invoice).row.balance == ZERO
    assert [one.way for one in LedgerEntry.objects.filter(kind="payment")] == ["debit"]
    with pytest.raises(AlreadyRecorded):
        settle(line, treasury)
    with pytest.raises(AlreadyRecorded):
        settle(seen(treasury, 5000, number), treasury)
    assert LedgerEntry.objects.filter(kind="payment").count() == 1


def test_a_file_noted_as_executed_before_is_only_linked(treasury: Treasury) -> None:
    credit = treasury.credit()
    run = run_of(treasury, credit.row.uuid)
    execute_run(run, actor=treasury.toni, now=timezone.now())
    assert settle(seen(treasury, -5000, credit.row.number), treasury) == "executed"
    assert LedgerEntry.objects.filter(kind="refund").count() == 1
    assert run_by_uuid(run).orders[0].is_seen


def test_a_returned_debit_opens_the_claim_again_and_says_why(treasury: Treasury) -> None:
    invoice, number = debited(treasury)
    settle(seen(treasury, 5000, number), treasury)
    line = seen(treasury, -5350, number, "AM04 Konto nicht gedeckt")  # 3.50 of it are the bank's charges
    (row,) = statement_rows("open", page=1, per_page=25).rows
    assert row.order is not None
    assert (row.order.event, row.order.is_sure, row.order.charges_cents) == ("returned", False, 350)
    assert settle(line, treasury) == "returned"
    view = invoice_by_uuid(invoice)
    assert view.row.balance == Money(5000)
    assert view.entries[-1].text == "Lastschrift zurückgegeben: AM04 Konto nicht gedeckt"
    order = BankOrder.objects.get()
    assert (order.returned_reason, order.returned_at is not None) == ("AM04 Konto nicht gedeckt", True)
    assert debit_candidates(now=timezone.now()) == (), "nobody is debited again without being asked"
    with pytest.raises(AlreadyRecorded):
        settle(seen(treasury, -5000, number), treasury)
    assert invoice_by_uuid(invoice).row.balance == Money(5000)
    paid = seen(treasury, 5000, "", number)  # by transfer then
    assign(paid, invoice, actor=treasury.kim, now=timezone.now())
    assert invoice_by_uuid(invoice).row.balance == ZERO


def test_a_transfer_that_comes_back_is_owed_again(treasury: Treasury) -> None:
    credit = treasury.credit()
    run_of(treasury, credit.row.uuid)
    settle(seen(treasury, -5000, credit.row.number), treasury)
    assert settle(seen(treasury, 5000, credit.row.number, "AC04 Konto erloschen"), treasury) == "returned"
    assert invoice_by_uuid(credit.row.uuid).row.balance == Money(-5000)
    assert [one.amount for one in refund_candidates()] == [Money(5000)]


def test_what_nobody_released_is_not_booked_by_a_statement(treasury: Treasury) -> None:
    credit = treasury.credit(20000)
    run_of(treasury, credit.row.uuid, cents=20000)
    line = seen(treasury, -20000, credit.row.number)
    with pytest.raises(NotReleased):
        settle(line, treasury)
    assert StatementLine.objects.get().state == "open"
    with pytest.raises(IntegrityError), transaction.atomic():
        BankOrder.objects.update(returned_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_another_amount_or_id_is_not_the_order(treasury: Treasury) -> None:
    credit = treasury.credit()
    run_of(treasury, credit.row.uuid)
    for cents, reference in ((-4999, credit.row.number), (-5000, "R-1999-000001"), (5000, credit.row.number)):
        with pytest.raises(AlreadyRecorded):
            settle(seen(treasury, cents, reference), treasury)
    assert not LedgerEntry.objects.filter(kind="refund").exists()


def test_what_goes_back_online_is_not_proposed_for_the_bank(treasury: Treasury) -> None:
    credit = treasury.credit()
    invoice = LedgerEntry.objects.get(kind="payment").invoice
    assert invoice is not None
    paid = _payment(invoice, kind="payment", state="paid", amount_cents=5000)
    _payment(invoice, kind="refund", state="started", amount_cents=3000, parent=paid)
    assert [(one.number, one.amount) for one in refund_candidates()] == [(credit.row.number, Money(2000))]


def _payment(invoice: Invoice, **columns: object) -> Payment:
    return Payment.objects.create(
        invoice=invoice, party_id=invoice.party_id, account="acct_1", purpose="fee", actor_label="Kim",
        started_at=timezone.now(), **columns,
    )  # fmt: skip
