"""A month is closed while people record payments in it, and connections die: the ledger holds what its rules say.

Seen red: with the profile's row read without its lock payments slip into the closed month.
"""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from booking_core.finance.models import BankOrder, FinanceProfile, LedgerEntry
from booking_core.finance.queries.bank_orders import run_by_uuid
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.services import ledger
from booking_core.finance.services.bank_orders import RefundWish, order_refund
from booking_core.finance.services.bank_runs import execute_run, make_run, release_run
from booking_core.finance.services.ledger import Movement
from booking_core.finance.services.periods import close_month
from booking_core.kernel.money import Money
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.integration.finance.conftest import Treasury, make_treasury

PEOPLE = 8
MARCH = date(2026, 3, 31)


@pytest.mark.parametrize("rounds", [2, pytest.param(25, marks=pytest.mark.slow)])
def test_no_payment_slips_into_a_month_that_is_being_closed(race_town: Tenant, rounds: int) -> None:
    """Each payment commits before the month is closed, or is refused: none commits into it afterwards."""
    treasury = make_treasury()
    invoice = treasury.invoice(100_000).row.uuid

    def pay() -> tuple[bool, UUID]:
        """Record it, and tell whether the month was closed already when it was committed."""
        key = uuid4()
        with transaction.atomic():
            ledger.record_payment(
                invoice, Movement(Money(100), "transfer", MARCH, key), actor=treasury.kim, now=timezone.now()
            )
            closed = FinanceProfile.objects.values_list("closed_until", flat=True).get()
            return closed is not None and closed >= MARCH, key

    def close() -> object:
        return close_month(MARCH, actor=treasury.toni, now=timezone.now())

    for _round in range(rounds):
        outcomes = run_together(race_town, [pay] * (PEOPLE // 2) + [close] + [pay] * (PEOPLE // 2))
        assert set(tally(outcomes)) <= {"won", "period-closed"}
        assert not any(one[0] for one in outcomes if isinstance(one, tuple))
        FinanceProfile.objects.update(closed_until=None)


def test_a_run_is_carried_out_once_however_many_press(race_town: Tenant) -> None:
    treasury = make_treasury()
    run = _released_run(treasury)
    outcomes = run_together(
        race_town, [lambda: execute_run(run, actor=treasury.kim, now=timezone.now())] * PEOPLE
    )
    assert tally(outcomes) == {"won": 1, "already-recorded": PEOPLE - 1}
    assert LedgerEntry.objects.filter(kind="refund").count() == 2


def test_one_credit_is_ordered_and_paid_back_once(race_town: Tenant) -> None:
    """Orders and refunds by hand at the same time: no more goes back than came in."""
    treasury = make_treasury(second_person_from=None)
    credit = treasury.credit(5000).row.uuid

    def order() -> object:
        return order_refund(credit, RefundWish(Money(5000), "Erika", "DE89370400440532013000"), actor=treasury.kim,
                            now=timezone.now())  # fmt: skip

    def by_hand() -> object:
        return ledger.record_refund(
            credit, Movement(Money(5000), "transfer", timezone.localdate(), uuid4()), actor=treasury.kim,
            now=timezone.now(),
        )  # fmt: skip

    words = tally(run_together(race_town, [order, by_hand] * (PEOPLE // 2)))
    assert words.pop("won") == 1
    assert set(words) <= {"amount-refused", "already-recorded"}
    ordered = BankOrder.objects.count()
    assert LedgerEntry.objects.filter(kind="refund").count() == 1 - ordered


@pytest.mark.parametrize("after", [1, 2])
def test_a_connection_that_dies_in_the_middle_leaves_nothing_half_done(race_town: Tenant, after: int) -> None:
    """The server ends the connection after the first or second entry of a run: all of it is gone, and works again."""
    treasury = make_treasury()
    run = _released_run(treasury)

    def die() -> None:
        written = 0
        original = LedgerEntry.objects.create

        def create(**columns: object) -> LedgerEntry:
            nonlocal written
            entry = original(**columns)
            written += 1
            if written == after:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            return entry

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(LedgerEntry.objects, "create", create)
            execute_run(run, actor=treasury.kim, now=timezone.now())

    (outcome,) = run_together(race_town, [die])
    assert isinstance(outcome, Exception)
    with in_tenant(race_town):
        assert not LedgerEntry.objects.filter(kind="refund").exists()
        assert run_by_uuid(run).state == "ready"
        execute_run(run, actor=treasury.kim, now=timezone.now())
        assert LedgerEntry.objects.filter(kind="refund").count() == 2
        for order in run_by_uuid(run).orders:
            assert invoice_by_uuid(order.source).row.balance.cents == 0


def _released_run(treasury: Treasury) -> UUID:
    now = timezone.now()
    orders = [
        order_refund(treasury.credit(8000, day=day).row.uuid,
                     RefundWish(Money(8000), "Erika", "DE89370400440532013000"), actor=treasury.kim, now=now)
        for day in (1, 2)
    ]  # fmt: skip
    run = make_run(orders, run_on=timezone.localdate(), actor=treasury.kim, now=now)
    release_run(run, actor=treasury.toni, now=now)
    return run
