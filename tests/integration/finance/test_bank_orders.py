"""Refunds by file: prepared, released by somebody else above the limit, the same bytes each time, booked once.

The database's part is tried with bare updates: what Python refuses is refused without it too.
"""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from booking_core.finance.bank.sepa_files import bank_file
from booking_core.finance.errors import AlreadyRecorded, AmountRefused, NotReleased
from booking_core.finance.models import BankOrder, LedgerEntry
from booking_core.finance.queries.bank_candidates import refund_candidates
from booking_core.finance.queries.bank_orders import bank_runs, prepared_orders, run_by_uuid, runs_to_release
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.services import deposits, ledger
from booking_core.finance.services.bank_orders import RefundWish, order_refund, order_return, withdraw_order
from booking_core.finance.services.bank_runs import execute_run, make_run, release_run, withdraw_run
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import ZERO, Money
from tests.factories.finance import movement
from tests.integration.finance.conftest import Treasury

pytestmark = pytest.mark.django_db
IBAN = "DE89370400440532013000"


def wish(cents: int, **changes: object) -> RefundWish:
    usual = RefundWish(Money(cents), "Jörg Müßig & Söhne „GbR“", IBAN)
    return replace(usual, **changes)  # type: ignore[arg-type]  # fields by name


def run_of(treasury: Treasury, *owed: UUID, cents: int = 5000) -> UUID:
    now = timezone.now()
    orders = [order_refund(one, wish(cents), actor=treasury.kim, now=now) for one in owed]
    return make_run(orders, run_on=timezone.localdate(), actor=treasury.kim, now=now)


def text_of(content: bytes, name: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(content).iter(f"{{*}}{name}")]


def test_a_small_refund_from_credit_to_ledger(treasury: Treasury) -> None:
    credit = treasury.credit()
    (found,) = refund_candidates()
    assert (found.number, found.amount) == (credit.row.number, Money(5000))
    run = run_of(treasury, credit.row.uuid)
    assert refund_candidates() == ()
    view = run_by_uuid(run)
    assert (view.state, view.total, view.count) == ("ready", Money(5000), 1)
    first = bank_file(view)
    assert text_of(first, "IBAN") == ["DE02120300000000202051", IBAN]
    assert text_of(first, "InstdAmt") == ["50.00"]
    assert text_of(first, "Nm")[-1] == "Joerg Muessig + Soehne 'GbR'"
    execute_run(run, actor=treasury.toni, now=timezone.now())
    assert invoice_by_uuid(credit.row.uuid).row.balance == ZERO
    entry = LedgerEntry.objects.get(kind="refund")
    assert (entry.amount_cents, entry.way, entry.actor_label) == (5000, "transfer", "Toni Kasse")
    assert bank_file(run_by_uuid(run)) == first, "the same bytes after it was carried out"
    with pytest.raises(AlreadyRecorded):
        execute_run(run, actor=treasury.toni, now=timezone.now())


def test_above_the_limit_somebody_else_releases(treasury: Treasury) -> None:
    """Two refunds below the limit, together above it: the file counts."""
    run = run_of(
        treasury, treasury.credit(6000, day=1).row.uuid, treasury.credit(6000, day=2).row.uuid, cents=6000
    )
    now = timezone.now()
    assert (run_by_uuid(run).state, runs_to_release()) == ("waiting", 1)
    with pytest.raises(NotReleased):
        execute_run(run, actor=treasury.toni, now=now)
    with pytest.raises(NotReleased):
        release_run(run, actor=treasury.kim, now=now)
    release_run(run, actor=treasury.toni, now=now)
    execute_run(run, actor=treasury.kim, now=now)
    view = run_by_uuid(run)
    assert (view.state, view.releaser_label, runs_to_release()) == ("executed", "Toni Kasse", 0)
    assert LedgerEntry.objects.filter(kind="refund").count() == 2


@pytest.mark.parametrize("who", ["run_creator", "creator"])
def test_the_database_itself_wants_four_eyes(treasury: Treasury, who: str) -> None:
    run = run_of(treasury, treasury.credit(20000).row.uuid, cents=20000)
    rows = BankOrder.objects.filter(run=run)
    other = {"run_creator": "creator", "creator": "run_creator"}[who]
    rows.update(**{other: treasury.toni.user_id + 1000})  # type: ignore[operator]  # an id
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        rows.update(releaser=treasury.kim.user_id, releaser_label="Kim", released_at=timezone.now())
    entry = LedgerEntry.objects.first()
    with pytest.raises(IntegrityError, match="released_first"), transaction.atomic():
        rows.update(executed_at=timezone.now(), entry=entry)


def test_a_large_refund_by_hand_is_refused_and_a_small_one_is_not(treasury: Treasury) -> None:
    credit, now = treasury.credit(20000), timezone.now()
    with pytest.raises(NotReleased):
        ledger.record_refund(credit.row.uuid, movement(10001), actor=treasury.kim, now=now)
    with pytest.raises(NotReleased):
        ledger.record_refund(credit.row.uuid, movement(10001, way="cash"), actor=treasury.kim, now=now)
    ledger.record_refund(credit.row.uuid, movement(10000), actor=treasury.kim, now=now)
    assert invoice_by_uuid(credit.row.uuid).row.balance == Money(-10000)


def test_a_credit_is_ordered_once_and_not_paid_by_hand_meanwhile(treasury: Treasury) -> None:
    credit, now = treasury.credit(), timezone.now()
    order_refund(credit.row.uuid, wish(3000), actor=treasury.kim, now=now)
    with pytest.raises(AlreadyRecorded):
        order_refund(credit.row.uuid, wish(1000), actor=treasury.kim, now=now)
    with pytest.raises(AmountRefused):
        ledger.record_refund(credit.row.uuid, movement(2001), actor=treasury.kim, now=now)
    ledger.record_refund(credit.row.uuid, movement(2000), actor=treasury.kim, now=now)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"iban": "DE89370400440532013001"}, "iban"), ({"iban": ""}, "iban"), ({"iban": "x" * 60}, "iban"),
        ({"bic": "NOBIC"}, "bic"), ({"amount": Money(0)}, "amount"), ({"amount": Money(-500)}, "amount"),
        ({"amount": Money(10**12)}, "amount"), ({"amount": Money(5001)}, "amount"), ({"holder": "  "}, "holder"),
    ],
    ids=["typo", "no account", "long", "bic", "nothing", "negative", "huge", "more than owed", "nobody"],
)  # fmt: skip
def test_odd_refunds_are_refused_and_leave_nothing(
    treasury: Treasury, changes: dict[str, object], field: str
) -> None:
    credit = treasury.credit()
    with pytest.raises((InvalidInput, AmountRefused)) as refusal:
        order_refund(credit.row.uuid, wish(5000, **changes), actor=treasury.kim, now=timezone.now())
    assert refusal.value.field == field
    assert not BankOrder.objects.exists()


def test_days_and_choices_that_cannot_be(treasury: Treasury) -> None:
    now, today = timezone.now(), timezone.localdate()
    with pytest.raises(InvalidInput):
        make_run([], run_on=today, actor=treasury.kim, now=now)
    order = order_refund(treasury.credit().row.uuid, wish(5000), actor=treasury.kim, now=now)
    for day in (today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(InvalidInput):
            make_run([order], run_on=day, actor=treasury.kim, now=now)
    with pytest.raises(AlreadyRecorded):
        make_run([order, uuid4()], run_on=today, actor=treasury.kim, now=now)
    run = make_run([order], run_on=today + timedelta(days=2), actor=treasury.kim, now=now)
    with pytest.raises(InvalidInput):
        execute_run(run, actor=treasury.kim, now=now)
    with pytest.raises(AlreadyRecorded):
        make_run([order], run_on=today, actor=treasury.kim, now=now)


def test_what_is_given_up_can_be_prepared_again(treasury: Treasury) -> None:
    credit, now = treasury.credit(), timezone.now()
    order = order_refund(credit.row.uuid, wish(5000), actor=treasury.kim, now=now)
    with pytest.raises(InvalidInput):
        withdraw_order(order, reason=" ", actor=treasury.kim, now=now)
    withdraw_order(order, reason="anderes Konto", actor=treasury.kim, now=now)
    run = run_of(treasury, credit.row.uuid)
    withdraw_run(run, reason="falscher Tag", actor=treasury.kim, now=now)
    assert (run_by_uuid(run).state, len(refund_candidates())) == ("withdrawn", 1)
    with pytest.raises(AlreadyRecorded):
        execute_run(run, actor=treasury.kim, now=now)


def test_a_deposit_goes_back_by_file(treasury: Treasury) -> None:
    booking, now = treasury.booking(deposit=8000), timezone.now()
    deposits.take_deposit(booking.uuid, movement(8000), actor=treasury.kim, now=now)
    order = order_return(booking.uuid, wish(8000), actor=treasury.kim, now=now)
    run = make_run([order], run_on=timezone.localdate(), actor=treasury.kim, now=now)
    execute_run(run, actor=treasury.kim, now=now)
    entry = LedgerEntry.objects.get(kind="deposit_out")
    assert (entry.amount_cents, entry.booking_id) == (-8000, booking.id)


def test_all_or_nothing_where_one_credit_has_gone(treasury: Treasury) -> None:
    first, second = treasury.credit(day=1), treasury.credit(day=2)
    run = run_of(treasury, first.row.uuid, second.row.uuid)
    BankOrder.objects.filter(invoice__uuid=second.row.uuid).update(amount_cents=5001)
    with pytest.raises(AmountRefused):
        execute_run(run, actor=treasury.toni, now=timezone.now())
    assert not LedgerEntry.objects.filter(kind="refund").exists()
    assert run_by_uuid(run).state == "ready"


def test_lists_take_the_same_statements_for_one_and_for_many(treasury: Treasury) -> None:
    counts = []
    for day in range(1, 8):
        order_refund(treasury.credit(day=day).row.uuid, wish(5000), actor=treasury.kim, now=timezone.now())
        make_run(
            [prepared_orders()[0].uuid], run_on=timezone.localdate(), actor=treasury.kim, now=timezone.now()
        )
        treasury.credit(day=day + 10)
        if day in {1, 7}:
            with CaptureQueriesContext(connection) as seen:
                refund_candidates()
                prepared_orders()
                assert len(bank_runs()) == day
            counts.append(len(seen))
    assert counts[0] == counts[1]
