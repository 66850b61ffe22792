"""Deposits online: reserved on a card where seven days suffice, else paid; released, partly kept, sent back.

Not here: deposits by transfer and in cash (``test_money``).
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from booking_core.finance.errors import AmountRefused
from booking_core.finance.models import LedgerEntry, Payment
from booking_core.finance.providers.contracts import Due, TownWays
from booking_core.finance.providers.stripe.provider import StripeProvider, fits_into_hold
from booking_core.finance.queries.deposits import deposit_of
from booking_core.finance.queries.payments import payment_rows
from booking_core.finance.services import deposits as by_hand
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.payments import looking
from booking_core.workflows.payments.deposits import end_deposit, settle_deposit_online
from booking_core.workflows.payments.reconciling import look_after_slow_ones
from tenants.models import Tenant
from tests.factories.finance import movement
from tests.integration.workflows.conftest import CITIZEN, CLERK, House
from tests.integration.workflows.payments_town import begun, billed_booking, connect_town, fresh, settle
from tests.stripe_stand_in import Stripe, stripe

pytestmark = pytest.mark.django_db
__all__ = ["stripe"]
DEPOSIT = Money(18000)
NOTHING = Money(0)


@pytest.fixture
def secured(stripe: Stripe, town: Tenant, house: House, monkeypatch: pytest.MonkeyPatch) -> BookingView:
    """A booking whose deposit is reserved on a card: its use is made out to end within the week."""
    connect_town(stripe, deposit="hold")
    booking = billed_booking(house)
    near = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(BookingView, "end", property(lambda _self: near))
    payment = begun(booking, "deposit")
    assert payment.kind == "hold"
    stripe.pay(payment.remote_ref)
    looking.look_after(payment.uuid, now=timezone.now())
    return booking


def test_a_card_reserves_for_seven_days_only() -> None:
    now = timezone.now()
    assert fits_into_hold(now + timedelta(days=5), now=now)
    assert not fits_into_hold(now + timedelta(days=5, seconds=1), now=now)
    town = TownWays(deposit_online="hold", is_online_ready=True)
    near, far = (
        StripeProvider().offer(Due("deposit", DEPOSIT, use_ends_at=now + timedelta(days=days)), town, now=now)
        for days in (3, 30)
    )
    assert near is not None and far is not None
    assert (near.is_hold, far.is_hold) == (True, False)


def test_what_is_reserved_secures_the_deposit_and_moves_no_money(secured: BookingView) -> None:
    deposit = deposit_of(secured.id)
    assert (deposit.secured, deposit.held, deposit.missing) == (DEPOSIT, NOTHING, NOTHING)
    assert not LedgerEntry.objects.filter(account="deposit").exists()
    assert Payment.objects.get(kind="hold").held_until is not None


def test_it_is_released_when_nothing_is_kept(stripe: Stripe, secured: BookingView) -> None:
    end_deposit(secured.uuid, actor=CLERK, now=timezone.now())
    settle()
    ((_account, intent),) = stripe.state.of_kind("payment_intent")
    assert intent["status"] == "canceled"
    assert Payment.objects.get(kind="hold").state == "released"
    assert not LedgerEntry.objects.filter(account="deposit").exists()


def test_a_part_is_captured_with_its_reason_and_the_rest_is_free(
    stripe: Stripe, secured: BookingView
) -> None:
    with pytest.raises(InvalidInput):
        end_deposit(secured.uuid, keep=Money(3000), actor=CLERK, now=timezone.now())
    with pytest.raises(AmountRefused):
        end_deposit(secured.uuid, keep=Money(18001), reason="Stuhl", actor=CLERK, now=timezone.now())
    end_deposit(secured.uuid, keep=Money(3000), reason="Ein Stuhl", actor=CLERK, now=timezone.now())
    settle()
    ((_account, intent),) = stripe.state.of_kind("payment_intent")
    assert (intent["status"], intent["amount_received"]) == ("succeeded", 3000)
    kinds = dict(LedgerEntry.objects.filter(account="deposit").values_list("kind", "amount_cents"))
    assert kinds == {"deposit_in": 3000, "deposit_kept": -3000}
    assert LedgerEntry.objects.get(account="fee", kind="payment").amount_cents == -3000
    settle()
    assert len(stripe.state.of_kind("payment_intent")) == 1


def test_a_reservation_that_lapses_leaves_the_deposit_missing(stripe: Stripe, secured: BookingView) -> None:
    stripe.advance(8 * 24 * 3600)
    look_after_slow_ones(now=timezone.now() + timedelta(days=8))
    assert Payment.objects.get(kind="hold").state == "released"
    assert deposit_of(secured.id).missing == DEPOSIT


def test_what_a_settlement_keeps_is_captured(stripe: Stripe, secured: BookingView) -> None:
    settle_deposit_online(
        secured.uuid, kept=Money(5000), reason="Wand beschmiert", actor=CLERK, now=timezone.now()
    )
    settle()
    ((_account, intent),) = stripe.state.of_kind("payment_intent")
    assert intent["amount_received"] == 5000
    assert deposit_of(secured.id).kept == Money(5000)


@pytest.fixture
def paid(stripe: Stripe, town: Tenant, house: House) -> BookingView:
    """A booking whose deposit was paid online, because its use is far away."""
    connect_town(stripe, deposit="hold")
    booking = billed_booking(house)
    payment = begun(booking, "deposit")
    assert payment.kind == "payment"
    stripe.pay(payment.remote_ref)
    assert looking.look_after(payment.uuid, now=timezone.now()).state == "paid"
    assert deposit_of(booking.id).held == DEPOSIT
    return booking


def test_it_goes_back_the_way_it_came_but_for_what_is_kept(stripe: Stripe, paid: BookingView) -> None:
    end_deposit(paid.uuid, keep=Money(3000), reason="Ein Stuhl", actor=CLERK, now=timezone.now())
    with pytest.raises(AmountRefused):  # what is on its way must not be paid out a second time
        by_hand.return_deposit(paid.uuid, movement(15000), actor=CLERK, now=timezone.now())
    settle()
    settle()
    assert [one["amount"] for _account, one in stripe.state.of_kind("refund")] == [15000]
    deposit = deposit_of(paid.id)
    assert (deposit.held, deposit.kept, deposit.returned) == (NOTHING, Money(3000), Money(15000))


def test_it_goes_back_when_the_booking_is_cancelled(stripe: Stripe, paid: BookingView) -> None:
    cancel_booking(paid.uuid, actor=CITIZEN, now=timezone.now())
    settle()
    assert [one["amount"] for _account, one in stripe.state.of_kind("refund")] == [18000]
    assert deposit_of(paid.id).held == NOTHING


def test_a_deposit_paid_after_the_booking_is_off_goes_back(
    stripe: Stripe, town: Tenant, house: House
) -> None:
    connect_town(stripe, deposit="payment")
    booking = billed_booking(house)
    payment = begun(booking, "deposit")
    cancel_booking(booking.uuid, actor=CITIZEN, now=timezone.now())
    stripe.pay(payment.remote_ref)
    looking.look_after(payment.uuid, now=timezone.now())
    settle()
    assert (fresh(payment).trouble, Payment.objects.get(kind="refund").state) == ("closed", "paid")


def test_a_reservation_that_runs_out_tells_both_sides_once(stripe: Stripe, secured: BookingView) -> None:
    """Card networks let go after about seven days. Seen red without ``_hold_is_gone``."""
    stripe.advance(8 * 24 * 3600)
    for _twice in range(2):
        look_after_slow_ones(now=timezone.now() + timedelta(days=8))
    assert deposit_of(secured.id).missing == DEPOSIT
    kinds = [kind for kind in OutboxMessage.objects.values_list("kind", flat=True) if "lapsed" in kind]
    assert sorted(kinds) == ["hold_lapsed", "hold_lapsed_notice"]
    assert [event.kind for event in booking_by_uuid(secured.uuid).events][-1] == "hold_lapsed"
    (row,) = payment_rows("lapsed", page=1, per_page=10).rows
    assert row.amount == DEPOSIT


def test_what_we_let_go_ourselves_is_no_news(stripe: Stripe, secured: BookingView) -> None:
    """Seen red without the look at captures and releases."""
    end_deposit(secured.uuid, actor=CLERK, now=timezone.now())
    settle()
    assert not OutboxMessage.objects.filter(kind__startswith="hold_lapsed").exists()
    assert payment_rows("lapsed", page=1, per_page=10).total == 0
