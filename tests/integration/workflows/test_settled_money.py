"""What a settlement does to money: the invoice follows it, the deposit pays what it keeps, too much is owed back.

Seen red on 1 December 2026: without ``keep_bill_right`` in settling, or with the booking's price instead of the
settlement's.
"""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from booking_core.finance.contracts import BookingMoney
from booking_core.finance.errors import AmountRefused
from booking_core.finance.models import LedgerEntry
from booking_core.finance.queries.treasury import money_of_booking, treasury_totals
from booking_core.finance.services import deposits, ledger
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import ZERO, Money
from booking_core.messaging.composing import booking_confirmed
from booking_core.messaging.models import OutboxMessage
from booking_core.ordinances.library import library_text
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking
from booking_core.reservations.queries import booking_by_uuid
from booking_core.reservations.settling import Damage, Figures
from booking_core.workflows.bill_lines import lines_of, owed_now
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.billing_runs import bill_ended_bookings
from booking_core.workflows.settle_booking import SettlementWish, settle_booking
from tenants.models import Tenant
from tests.factories.examples import CARLA, ExampleHouse, example_house
from tests.factories.finance import movement, set_up

MORE_GUESTS = "more_guests_than_announced"  # 50 euro agreed, 2.50 per head above
WITH_DEPOSIT = "twenty_persons_cleaned_by_house"  # 100 euro, 100 euro deposit


@pytest.fixture
def spruettenhus(town: Tenant) -> ExampleHouse:
    return example_house(library_text("klein-wittensee-spruettenhus"))


def settled(booking: BookingView, *, heads: int | None = None, **wish: object) -> BookingMoney:
    figures = wish.pop("figures", Figures())
    if heads is not None:
        figures = Figures(measured={"persons_actual": Decimal(heads)})
    version = booking_by_uuid(booking.uuid).version
    settle_booking(booking.uuid, SettlementWish(figures, **wish), actor=CARLA, expected_version=version)  # type: ignore[arg-type]  # fields by name
    return money_of_booking(booking.id)


def test_the_invoice_comes_with_the_settlement(spruettenhus: ExampleHouse) -> None:
    set_up(invoice_moment="settlement")
    booking = spruettenhus.book(MORE_GUESTS)
    assert money_of_booking(booking.id).invoices == ()
    money = settled(booking, heads=28)
    assert [(row.kind, row.gross) for row in money.invoices] == [("invoice", Money(7000))]
    assert OutboxMessage.objects.filter(kind="invoice_issued").count() == 1


def test_a_settlement_that_costs_more_replaces_the_invoice_and_keeps_the_payment(
    spruettenhus: ExampleHouse,
) -> None:
    set_up(invoice_moment="confirmation")
    booking = spruettenhus.book(MORE_GUESTS)
    first = money_of_booking(booking.id).current
    assert first is not None
    ledger.record_payment(first.uuid, movement(5000), actor=CARLA, now=timezone.now())
    money = settled(booking, heads=28)
    assert [(row.kind, row.gross, row.balance) for row in money.invoices] == [
        ("invoice", Money(7000), Money(2000)), ("cancellation", Money(5000), ZERO), ("invoice", Money(5000), ZERO),
    ]  # fmt: skip
    money = settled(booking, heads=20)  # a correction downwards: what was paid too much is owed back
    assert money.current is not None
    assert (money.current.gross, money.current.balance) == (Money(5000), ZERO)


def test_what_was_paid_too_much_becomes_a_credit(spruettenhus: ExampleHouse) -> None:
    set_up(invoice_moment="settlement")
    booking = spruettenhus.book(MORE_GUESTS)
    current = settled(booking, heads=28).current
    assert current is not None
    ledger.record_payment(current.uuid, movement(7000), actor=CARLA, now=timezone.now())
    settled(booking, heads=24)
    assert treasury_totals().credits == Money(1000)


def test_the_same_total_leaves_the_invoice_alone(spruettenhus: ExampleHouse) -> None:
    set_up(invoice_moment="confirmation")
    booking = spruettenhus.book(MORE_GUESTS)
    assert len(settled(booking, heads=20).invoices) == 1


def test_by_hand_means_by_hand(spruettenhus: ExampleHouse) -> None:
    set_up(invoice_moment="manual")
    booking = spruettenhus.book(MORE_GUESTS)
    assert settled(booking, heads=28).invoices == ()
    assert bill_booking(booking.uuid, actor=CARLA).row.gross == Money(7000)


def test_damages_stand_on_the_invoice_and_the_deposit_pays_them(spruettenhus: ExampleHouse) -> None:
    set_up(invoice_moment="confirmation")
    booking = spruettenhus.book(WITH_DEPOSIT)
    now = timezone.now()
    deposits.take_deposit(booking.uuid, movement(10000), actor=CARLA, now=now)
    broken = Figures(damages=(Damage("Zwei Gläser", Money(800)), Damage("Stuhl", Money(4500))))
    money = settled(booking, figures=broken)
    assert money.current is not None and money.deposit is not None
    assert (money.current.gross, money.current.balance) == (Money(15300), Money(10000))
    assert (money.deposit.held, money.deposit.kept) == (Money(4700), Money(5300))
    lines = LedgerEntry.objects.filter(way="deposit").order_by("account")
    assert [(line.account, line.kind, line.amount_cents) for line in lines] == [
        ("deposit", "deposit_kept", -5300), ("fee", "payment", -5300),
    ]  # fmt: skip
    # A second settlement keeps what the first has kept; it is not taken twice.
    money = settled(booking, figures=broken)
    assert money.deposit is not None and money.deposit.kept == Money(5300)


def test_a_deposit_pays_by_hand_only_with_a_reason_and_only_what_is_open(spruettenhus: ExampleHouse) -> None:
    set_up(invoice_moment="confirmation")
    booking, now = spruettenhus.book(WITH_DEPOSIT), timezone.now()
    deposits.take_deposit(booking.uuid, movement(10000), actor=CARLA, now=now)
    with pytest.raises(InvalidInput):
        deposits.offset_deposit(booking.uuid, movement(10000), actor=CARLA, now=now)
    current = money_of_booking(booking.id).current
    assert current is not None
    ledger.record_payment(current.uuid, movement(6000), actor=CARLA, now=now)
    with pytest.raises(AmountRefused):
        deposits.offset_deposit(booking.uuid, movement(5000, text="offen"), actor=CARLA, now=now)
    twice = movement(4000, text="Rest offen")
    for _again in range(2):
        deposits.offset_deposit(booking.uuid, twice, actor=CARLA, now=now)
    money = money_of_booking(booking.id)
    assert money.current is not None and money.deposit is not None
    assert (money.current.balance, money.deposit.held) == (ZERO, Money(6000))
    paid = LedgerEntry.objects.get(way="deposit", account="fee")
    with pytest.raises(AmountRefused):
        ledger.reverse_entry(paid.uuid, reason="doch nicht", actor=CARLA, now=now)


def test_dates_given_up_are_owed_beside_a_confirmed_series(spruettenhus: ExampleHouse) -> None:
    booking = spruettenhus.book(MORE_GUESTS)
    Booking.objects.filter(pk=booking.id).update(cancellation_cents=700)
    series = booking_by_uuid(booking.uuid)
    assert owed_now(series) == booking.total.cents + 700
    assert [line.cents for line in lines_of(series)][-1] == 700
    set_up()
    assert bill_booking(booking.uuid, actor=CARLA).row.gross == booking.total + Money(700)


def test_what_needs_no_settlement_is_billed_when_it_is_over(spruettenhus: ExampleHouse) -> None:
    set_up(invoice_moment="settlement")
    waiting = spruettenhus.book(MORE_GUESTS)  # asks for heads counted
    plain = spruettenhus.book(WITH_DEPOSIT)
    Booking.objects.filter(pk=plain.id).update(deposit_cents=0, ordinance_version=None)
    after = max(waiting.end, plain.end, datetime(2026, 1, 1, tzinfo=UTC))
    assert bill_ended_bookings(now=plain.start) == 0
    assert bill_ended_bookings(now=after) == 1
    assert bill_ended_bookings(now=after) == 0
    assert len(money_of_booking(plain.id).invoices) == 1
    assert money_of_booking(waiting.id).invoices == ()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("confirmation", "in einer eigenen E-Mail"), ("settlement", "nach der Nutzung"),
        ("manual", "teilt Ihnen die Verwaltung mit"),
    ],
)  # fmt: skip
def test_the_confirmation_says_when_the_invoice_comes(
    spruettenhus: ExampleHouse, moment: str, words: str
) -> None:
    booking = spruettenhus.book(MORE_GUESTS)
    assert words in booking_confirmed(booking, invoice_moment=moment).text
