"""What is recorded on invoices and deposits: part payments, refunds, corrections, reminders; odd input refused."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from booking_core.finance.errors import AmountRefused
from booking_core.finance.models import LedgerEntry
from booking_core.finance.queries.deposits import deposit_of, deposits
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.services import deposits as deposit_services
from booking_core.finance.services import ledger
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.workflows.billing import bill_booking
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.reminding import remind_of_invoice
from tests.factories.finance import movement, set_up
from tests.integration.workflows.conftest import CLERK, NOW, mails

pytestmark = pytest.mark.django_db


def confirmed(booking: BookingView) -> BookingView:
    return confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)


def test_part_payments_over_payment_and_refund(booked: BookingView) -> None:
    set_up()
    confirmed(booked)
    invoice = bill_booking(booked.uuid, actor=CLERK)
    uuid = invoice.row.uuid
    assert ledger.record_payment(uuid, movement(4000), actor=CLERK, now=NOW).row.balance == Money(5000)
    over = ledger.record_payment(uuid, movement(6000), actor=CLERK, now=NOW)
    assert (over.row.balance, over.row.state) == (Money(-1000), "credit")
    with pytest.raises(AmountRefused):
        ledger.record_refund(uuid, movement(1001), actor=CLERK, now=NOW)
    assert ledger.record_refund(uuid, movement(1000), actor=CLERK, now=NOW).row.state == "paid"


def test_a_form_sent_twice_counts_once(booked: BookingView) -> None:
    set_up()
    confirmed(booked)
    uuid = bill_booking(booked.uuid, actor=CLERK).row.uuid
    same = movement(4000)
    for _ in range(2):
        ledger.record_payment(uuid, same, actor=CLERK, now=NOW)
    assert invoice_by_uuid(uuid).row.balance == Money(5000)


def test_a_mistake_is_corrected_by_a_second_entry(booked: BookingView) -> None:
    set_up()
    confirmed(booked)
    uuid = bill_booking(booked.uuid, actor=CLERK).row.uuid
    paid = ledger.record_payment(uuid, movement(9000), actor=CLERK, now=NOW)
    entry = next(one for one in paid.entries if one.kind == "payment")
    corrected = ledger.reverse_entry(entry.uuid, reason="Falsche Rechnung", actor=CLERK, now=NOW)
    assert corrected.row.balance == Money(9000)
    assert [one.kind for one in corrected.entries] == ["charge", "payment", "reversal"]


@pytest.mark.parametrize("cents", [0, -100, 100_000_001])
def test_odd_amounts_are_refused(booked: BookingView, cents: int) -> None:
    set_up()
    confirmed(booked)
    uuid = bill_booking(booked.uuid, actor=CLERK).row.uuid
    with pytest.raises(InvalidInput):
        ledger.record_payment(uuid, movement(cents), actor=CLERK, now=NOW)
    assert LedgerEntry.objects.filter(kind="payment").count() == 0


def test_reminders_wait_their_time_and_cost_what_the_town_says(booked: BookingView) -> None:
    set_up()
    confirmed(booked)
    invoice = bill_booking(booked.uuid, actor=CLERK)
    with pytest.raises(AmountRefused):
        remind_of_invoice(invoice.row.uuid, actor=CLERK)
    now = timezone.now()
    for days, balance in ((22, 9000), (40, 9500)):
        with patch("booking_core.workflows.reminding.timezone.now", return_value=now + timedelta(days=days)):
            reminded = remind_of_invoice(invoice.row.uuid, actor=CLERK)
        assert reminded.row.balance == Money(balance)
    assert [kind for kind, _ in mails()][-2:] == ["payment_reminder", "payment_reminder"]


def test_a_deposit_comes_goes_and_is_kept_in_part(booked: BookingView) -> None:
    set_up()
    confirmed(booked)
    with pytest.raises(AmountRefused):
        deposit_services.take_deposit(booked.uuid, movement(18001), actor=CLERK, now=NOW)
    deposit_services.take_deposit(booked.uuid, movement(18000), actor=CLERK, now=NOW)
    assert deposits("held")[0].held == Money(18000)
    with pytest.raises(InvalidInput):
        deposit_services.keep_deposit(booked.uuid, movement(3000), actor=CLERK, now=NOW)
    deposit_services.keep_deposit(
        booked.uuid, movement(3000, way="none", text="Fleck im Boden"), actor=CLERK, now=NOW
    )
    with pytest.raises(AmountRefused):
        deposit_services.return_deposit(booked.uuid, movement(15001), actor=CLERK, now=NOW)
    left = deposit_services.return_deposit(booked.uuid, movement(15000), actor=CLERK, now=NOW)
    assert (left.held, left.kept, left.returned, left.missing) == (
        Money(0),
        Money(3000),
        Money(15000),
        Money(0),
    )
    assert deposits("done")[0].booking_id == deposit_of(booked.id).booking_id


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("iban", {"iban": "DE02 1203 0000 0000 2020 52"}),
        ("iban", {"iban": "Sparkasse"}),
        ("bic", {"bic": "XX"}),
        ("accepts_transfer", {"accepts_transfer": False}),
        ("tax_periods", {"tax_periods": ()}),
    ],
)
def test_a_profile_that_cannot_be_is_refused_by_field(
    town: object, field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        set_up(**changes)
    assert refusal.value.field == field
