"""Many clerks bill at once: every number once, none left out, one invoice per booking; sums of the ledger hold.

Seen red: with the range's row read without its lock two invoices want the same number (the constraint refuses one
and the number after it is missing); without the booking's lock one booking gets two invoices.
"""

from uuid import uuid4

import pytest
from django.utils import timezone

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.models import Invoice, LedgerEntry
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.services import ledger
from booking_core.finance.services.ledger import Movement
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.bill_lines import OwnLine
from booking_core.workflows.billing import bill_booking, cancel_invoice
from tenants.context import in_tenant
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.factories.bookings import NOW, hours, make_booking, make_party
from tests.factories.catalogue import CLERK, make_room
from tests.factories.finance import set_up

PEOPLE = 8
OWN = (OwnLine("Miete", Money(5000)),)
decide = with_retries(transition)


def _confirmed(day: int, party: int) -> BookingView:
    booking = make_booking(make_room(), hours(10, 12, day=day), party_id=party)
    return decide(booking.uuid, "confirmed", actor=CLERK, expected_version=1, now=NOW)


@pytest.mark.parametrize("rounds", [1, pytest.param(25, marks=pytest.mark.slow)])
def test_numbers_are_given_out_once_and_without_gaps(race_town: Tenant, rounds: int) -> None:
    set_up()
    party = make_party()
    for number in range(rounds):
        bookings = [_confirmed(1 + (number + person) % 28, party) for person in range(PEOPLE)]
        jobs = [lambda one=one: bill_booking(one.uuid, own_lines=OWN, actor=CLERK) for one in bookings]
        # A refused one in between must not take a number with it.
        jobs.insert(3, lambda uuid=bookings[0].uuid: bill_booking(uuid, actor=CLERK))
        outcomes = run_together(race_town, jobs)
        assert tally(outcomes)["won"] == PEOPLE
    sequences = list(Invoice.objects.order_by("sequence").values_list("sequence", flat=True))
    assert sequences == list(range(1, PEOPLE * rounds + 1))


def test_one_booking_is_billed_once(race_town: Tenant) -> None:
    set_up()
    booking = _confirmed(3, make_party())
    outcomes = run_together(
        race_town, [lambda: bill_booking(booking.uuid, own_lines=OWN, actor=CLERK)] * PEOPLE
    )
    assert tally(outcomes) == {"won": 1, "already-billed": PEOPLE - 1}
    assert Invoice.objects.count() == 1


def test_payments_refunds_and_cancellation_at_once_add_up(race_town: Tenant) -> None:
    """Whatever comes first: the balance is the sum of what was recorded, and no more goes back than came in."""
    set_up()
    booking = _confirmed(4, make_party())
    invoice = bill_booking(booking.uuid, own_lines=OWN, actor=CLERK)
    uuid, today = invoice.row.uuid, timezone.localdate()

    def pay() -> InvoiceView:
        return ledger.record_payment(
            uuid, Movement(Money(5000), "transfer", today, uuid4()), actor=CLERK, now=timezone.now()
        )

    def refund() -> InvoiceView:
        return ledger.record_refund(
            uuid, Movement(Money(5000), "transfer", today, uuid4()), actor=CLERK, now=timezone.now()
        )

    def cancel() -> InvoiceView:
        return cancel_invoice(uuid, reason="Doppelt", actor=CLERK)

    outcomes = run_together(race_town, [pay, pay, refund, refund, refund, cancel, cancel])
    words = tally(outcomes)
    assert set(words) <= {"won", "amount-refused", "invoice-closed"}
    assert words["invoice-closed"] == 1
    with in_tenant(race_town):
        total = sum(LedgerEntry.objects.filter(invoice__uuid=uuid).values_list("amount_cents", flat=True))
        assert invoice_by_uuid(uuid).row.balance == Money(total)
        refunded = LedgerEntry.objects.filter(kind="refund").count()
        assert total == -2 * 5000 + refunded * 5000
        assert total <= 0
        assert Booking.objects.filter(uuid=booking.uuid).exists()
