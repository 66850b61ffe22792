"""The ledger only grows, and closed months stay closed: tried by every way in, down to bare SQL.

Seen red: all triggers dropped together.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from booking_core.finance.bank.lines import BankLine, with_digests
from booking_core.finance.errors import PeriodClosed
from booking_core.finance.models import FinanceProfile, Invoice, InvoiceLine, LedgerEntry, StatementLine
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.periods import month_totals, months
from booking_core.finance.services import ledger
from booking_core.finance.services.periods import close_month, reopen_month
from booking_core.finance.services.statements import assign, import_lines
from booking_core.identity.models import AuditEntry, User
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money
from tests.factories.finance import movement
from tests.integration.finance.conftest import Treasury

pytestmark = pytest.mark.django_db
LAST_MONTH = date(2026, 3, 15)
APRIL = datetime(2026, 4, 10, 12, tzinfo=ZoneInfo("Europe/Berlin"))


@contextmanager
def refused(code: str) -> Iterator[None]:
    """The database says no, with this code."""
    with pytest.raises(DatabaseError) as fault, transaction.atomic():
        yield
    assert getattr(fault.value.__cause__, "sqlstate", "") == code


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE finance_ledgerentry SET amount_cents = 1", "UPDATE finance_ledgerentry SET text = 'x', actor_id = NULL",
        "UPDATE finance_ledgerentry SET actor_id = 1", "DELETE FROM finance_ledgerentry",
        "UPDATE finance_invoice SET gross_cents = 1, net_cents = 1, tax_cents = 0", "DELETE FROM finance_invoice",
        "UPDATE finance_invoice SET pdf = ''::bytea", "UPDATE finance_invoiceline SET net_cents = 0",
        "DELETE FROM finance_invoiceline",
    ],
)  # fmt: skip
def test_nothing_is_rewritten(treasury: Treasury, statement: str) -> None:
    treasury.credit()
    before = list(LedgerEntry.objects.values_list("uuid", "amount_cents", "text"))
    with refused("BT003"), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(LedgerEntry.objects.values_list("uuid", "amount_cents", "text")) == before


def test_the_models_do_not_get_around_it_either(treasury: Treasury) -> None:
    treasury.invoice()
    entry = LedgerEntry.objects.get()
    entry.amount_cents = 1
    with refused("BT003"):
        entry.save()
    with refused("BT003"):
        LedgerEntry.objects.all().delete()
    with refused("BT003"):
        InvoiceLine.objects.all().delete()


def test_an_account_that_goes_leaves_its_entries(treasury: Treasury) -> None:
    invoice = treasury.invoice()
    ledger.record_payment(invoice.row.uuid, movement(100), actor=treasury.kim, now=timezone.now())
    User.objects.get(pk=treasury.kim.user_id).delete()
    entry = LedgerEntry.objects.get(kind="payment")
    assert (entry.actor_id, entry.actor_label) == (None, "Kim Kasse")
    assert Invoice.objects.count() == 1


def test_a_closed_month_takes_no_entry_by_any_way(treasury: Treasury) -> None:
    invoice = treasury.invoice()
    assert close_month(LAST_MONTH, actor=treasury.kim, now=timezone.now()) == date(2026, 3, 31)
    last_day = movement(100, valued_on=date(2026, 3, 31))
    for actor in (treasury.kim, treasury.toni):
        with pytest.raises(PeriodClosed) as refusal:
            ledger.record_payment(invoice.row.uuid, last_day, actor=actor, now=timezone.now())
        assert refusal.value.field == "valued_on"
    entry = LedgerEntry.objects.get()
    with refused("BT001"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO finance_ledgerentry (uuid, account, kind, amount_cents, invoice_id, party_id, way, valued_on,"
            " text, key, at, actor_label)"
            " VALUES (gen_random_uuid(), 'fee', 'payment', -1, %s, %s, 'cash', '2026-03-31',"
            " '', gen_random_uuid(), now(), 'Kim')",
            [entry.invoice_id, entry.party_id],
        )
    assert LedgerEntry.objects.count() == 1
    ledger.record_payment(
        invoice.row.uuid, movement(100, valued_on=date(2026, 4, 1)), actor=treasury.kim, now=timezone.now()
    )


def test_bare_sql_does_not_pay_back_above_the_limit(treasury: Treasury) -> None:
    credit = treasury.credit(20000)
    entry = LedgerEntry.objects.filter(invoice__uuid=credit.row.uuid).first()
    assert entry is not None
    with refused("BT002"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO finance_ledgerentry (uuid, account, kind, amount_cents, invoice_id, party_id, way, valued_on,"
            " text, key, at, actor_label) VALUES (gen_random_uuid(), 'fee', 'refund', 20000, %s, %s, 'cash', %s,"
            " '', gen_random_uuid(), now(), 'Kim')",
            [entry.invoice_id, entry.party_id, timezone.localdate()],
        )


def test_a_statement_of_a_closed_month_counts_from_the_first_open_day(treasury: Treasury) -> None:
    invoice = treasury.invoice()
    line = BankLine(date(2026, 3, 30), date(2026, 3, 30), 5000, name="Erika", purpose=invoice.row.reference)
    import_lines(with_digests([line]), actor=treasury.kim, now=timezone.now())
    close_month(LAST_MONTH, actor=treasury.kim, now=timezone.now())
    assign(StatementLine.objects.get().uuid, invoice.row.uuid, actor=treasury.kim, now=timezone.now())
    assert LedgerEntry.objects.get(kind="payment").valued_on == date(2026, 4, 1)
    assert invoice_by_uuid(invoice.row.uuid).row.state == "paid"


def test_closing_goes_forward_and_only_over_what_is_past(treasury: Treasury) -> None:
    with pytest.raises(InvalidInput):
        close_month(date(2026, 4, 1), actor=treasury.kim, now=APRIL)
    close_month(LAST_MONTH, actor=treasury.kim, now=APRIL)
    for day in (LAST_MONTH, date(2026, 2, 1)):
        with pytest.raises(PeriodClosed):
            close_month(day, actor=treasury.kim, now=APRIL)


def test_opening_again_needs_a_reason_and_leaves_a_trace(treasury: Treasury) -> None:
    close_month(LAST_MONTH, actor=treasury.kim, now=APRIL)
    with pytest.raises(InvalidInput):
        reopen_month(reason="  ", actor=treasury.kim)
    assert reopen_month(reason="Zahlung vergessen", actor=treasury.toni) == date(2026, 3, 1)
    assert FinanceProfile.objects.get().closed_until == date(2026, 2, 28)
    trail = AuditEntry.objects.filter(action__startswith="period.").order_by("id")
    assert [(row.action, row.actor_label, row.reason) for row in trail] == [
        ("period.closed", "Kim Kasse", ""), ("period.reopened", "Toni Kasse", "Zahlung vergessen"),
    ]  # fmt: skip


def test_the_months_add_up_to_the_ledger(treasury: Treasury) -> None:
    today = timezone.localdate()
    invoice = treasury.invoice(20000)
    earlier = today.replace(day=1) - timedelta(days=1)
    ledger.record_payment(
        invoice.row.uuid, movement(12000, valued_on=earlier), actor=treasury.kim, now=timezone.now()
    )
    treasury.credit(3000, day=4)
    this, before = months(today=today, limit=2)
    assert (this.charged, this.paid) == (Money(20000), Money(3000))
    assert (before.charged, before.paid) == (Money(0), Money(12000))
    totals = month_totals(today.replace(day=1), today=today)
    assert totals.open_before == Money(-12000)
    assert totals.open_after == Money(5000)
    assert sum(one.amount.cents for one in totals.sums) == totals.open_after.cents - totals.open_before.cents
    assert [(tax.category, tax.net) for tax in totals.taxes] == [("O", Money(20000))]
    everything = sum(LedgerEntry.objects.values_list("amount_cents", flat=True))
    assert everything == totals.open_after.cents
