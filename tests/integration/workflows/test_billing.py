"""Invoices follow bookings: written when due, replaced when the booking changes, never twice, never with a gap.

Seen red: without the lock on the booking two clerks write two invoices; with the number taken outside the
transaction a failed invoice leaves a gap (tests/concurrency/test_invoices.py).
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking_core.engines.payment_reference import Scheme, is_valid_reference
from booking_core.engines.tax import Exemption
from booking_core.finance.contracts import InvoiceFilter
from booking_core.finance.errors import AlreadyBilled, InvoiceClosed, NothingToBill, NotSetUp
from booking_core.finance.models import Invoice
from booking_core.finance.queries.invoices import invoice_by_uuid, invoice_file, invoice_rows
from booking_core.finance.queries.treasury import money_of_booking, treasury_totals
from booking_core.finance.services import ledger
from booking_core.kernel.money import Money
from booking_core.messaging.delivery import message_of
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking
from booking_core.reservations.queries import booking_by_uuid
from booking_core.workflows.bill_lines import OwnLine
from booking_core.workflows.billing import bill_booking, cancel_invoice
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.decide_booking import confirm_booking
from booking_core.workflows.exchange_bookings import exchange_bookings
from booking_core.workflows.move_booking import move_booking
from tests.factories.finance import movement, set_up
from tests.integration.workflows.conftest import CITIZEN, CLERK, NOW, House, hours, mails, place

pytestmark = pytest.mark.django_db


def confirmed(booking: BookingView) -> BookingView:
    return confirm_booking(booking.uuid, actor=CLERK, expected_version=booking.version)


def test_without_a_profile_nothing_is_billed(booked: BookingView) -> None:
    confirmed(booked)
    assert Invoice.objects.count() == 0
    with pytest.raises(NotSetUp):
        bill_booking(booked.uuid, actor=CLERK)


def test_the_invoice_says_what_the_ordinance_says(booked: BookingView) -> None:
    set_up()
    confirmed(booked)
    invoice = bill_booking(booked.uuid, actor=CLERK)
    line = invoice.paper.lines[0]
    assert (line.label, line.net_cents, line.paragraph, line.booking_number) == (
        "Großer Saal", 9000, "Gebühren je Raum", booked.number,
    )  # fmt: skip
    assert invoice.paper.taxes[0].exemption is Exemption.NOT_TAXABLE
    assert (invoice.row.gross, invoice.row.balance) == (Money(9000), Money(9000))  # the deposit is no income
    assert invoice.paper.buyer.name == "Erika Mustermann"
    assert is_valid_reference(Scheme.RF, invoice.row.reference)
    assert invoice_file(invoice.row.uuid)[1].startswith(b"%PDF-")
    assert mails()[-1] == ("invoice_issued", "erika@example.org")


def test_the_mail_carries_the_document(booked: BookingView) -> None:
    set_up()
    confirmed(booked)
    invoice = bill_booking(booked.uuid, actor=CLERK)
    row = OutboxMessage.objects.get(kind="invoice_issued")
    (pdf,) = [part for part in message_of(row).attachments if not isinstance(part, tuple)]
    assert pdf.get_filename() == f"{invoice.row.number}.pdf"
    assert pdf.get_payload(decode=True) == invoice_file(invoice.row.uuid)[1]


def test_a_booking_is_billed_once(booked: BookingView) -> None:
    set_up()
    confirmed(booked)
    bill_booking(booked.uuid, actor=CLERK)
    with pytest.raises(AlreadyBilled):
        bill_booking(booked.uuid, actor=CLERK)
    assert Invoice.objects.count() == 1


def test_a_request_is_not_billed(booked: BookingView) -> None:
    set_up()
    with pytest.raises(NothingToBill):
        bill_booking(booked.uuid, actor=CLERK)


def test_confirming_writes_the_invoice_where_the_town_wants_that(booked: BookingView) -> None:
    set_up(invoice_moment="confirmation")
    confirmed(booked)
    assert [row.gross for row in money_of_booking(booked.id).invoices] == [Money(9000)]
    assert [kind for kind, _ in mails()] == ["booking_confirmed", "invoice_issued"]


def test_a_bill_that_cannot_be_written_does_not_stop_the_confirmation(house: House) -> None:
    """A bank account that has gone meanwhile, a contradiction in tax: the clerk is told, the citizen has the room."""
    set_up(invoice_moment="confirmation")
    booking = place(house.wish())
    Booking.objects.filter(pk=booking.id).update(total_cents=12345)  # no longer the sum of its lines
    done = confirmed(booking)
    assert done.state == "confirmed"
    assert Invoice.objects.count() == 0
    noted = [event.text for event in booking_by_uuid(booking.uuid).events if event.kind == "noted"]
    assert noted
    assert "Rechnung" in noted[0]


def test_a_moved_booking_gets_a_new_invoice_and_keeps_what_was_paid(
    booked: BookingView, house: House
) -> None:
    set_up(invoice_moment="confirmation")
    booking = confirmed(booked)
    first = money_of_booking(booking.id).current
    assert first is not None
    ledger.record_payment(first.uuid, movement(9000), actor=CLERK, now=NOW)
    moved = move_booking(
        booking.uuid, spans=[hours(11, 14)], resource_ids=[house.hall.id], actor=CLERK,
        expected_version=booking.version, now=NOW,
    )  # fmt: skip
    assert moved.total == Money(2000)
    money = money_of_booking(booking.id)
    assert [(row.kind, row.gross, row.balance) for row in money.invoices] == [
        ("invoice", Money(2000), Money(-7000)),
        ("cancellation", Money(9000), Money(0)),
        ("invoice", Money(9000), Money(0)),
    ]
    assert treasury_totals().credits == Money(7000)


def test_a_cancelled_booking_takes_its_invoice_back(booked: BookingView) -> None:
    set_up(invoice_moment="confirmation")
    booking = confirmed(booked)
    cancel_booking(booking.uuid, actor=CITIZEN, now=NOW)
    rows = money_of_booking(booking.id).invoices
    assert [(row.kind, row.state) for row in rows] == [("cancellation", "document"), ("invoice", "cancelled")]
    assert [kind for kind, _ in mails()][-1] == "invoice_cancelled"


def test_numbers_have_no_gap_and_cancellations_take_one_too(house: House) -> None:
    set_up()
    numbers = []
    for day in range(3):
        booking = confirmed(place(house.wish(spans=(hours(11, 14, days=day),))))
        invoice = bill_booking(booking.uuid, actor=CLERK)
        numbers.append(invoice.row.number)
    document = cancel_invoice(invoice.row.uuid, reason="Falscher Name", actor=CLERK)
    year = timezone.localdate().year
    assert [*numbers, document.row.number] == [f"R-{year}-{number:06d}" for number in range(1, 5)]
    assert document.cancels == numbers[-1]
    with pytest.raises(InvoiceClosed):
        cancel_invoice(invoice.row.uuid, reason="Noch einmal", actor=CLERK)


def test_a_failed_invoice_takes_no_number(booked: BookingView) -> None:
    set_up()
    booking = confirmed(booked)
    with pytest.raises(NothingToBill):
        bill_booking(booking.uuid, own_lines=(OwnLine("Nachlass", Money(-9000)),), actor=CLERK)
    assert bill_booking(booking.uuid, actor=CLERK).row.number.endswith("-000001")


def test_a_clerk_adds_lines_and_they_are_not_replaced_behind_their_back(
    booked: BookingView, house: House
) -> None:
    set_up()
    booking = confirmed(booked)
    invoice = bill_booking(
        booking.uuid, own_lines=(OwnLine("Zerbrochene Scheibe", Money(4550)),), actor=CLERK
    )
    assert invoice.row.gross == Money(13550)
    moved = move_booking(
        booking.uuid, spans=[hours(11, 14)], resource_ids=[house.hall.id], actor=CLERK,
        expected_version=booking.version, now=NOW,
    )  # fmt: skip
    assert invoice_by_uuid(invoice.row.uuid).row.state == "open"
    assert any("bitte prüfen" in event.text.lower() for event in booking_by_uuid(moved.uuid).events)


def test_lists_take_the_same_statements_for_one_row_and_for_many(house: House) -> None:
    set_up()
    counts = []
    for day in range(6):
        booking = confirmed(place(house.wish(spans=(hours(11, 14, days=day),))))
        bill_booking(booking.uuid, actor=CLERK)
        if day in {0, 5}:
            with CaptureQueriesContext(connection) as seen:
                listing = invoice_rows(InvoiceFilter(), page=1, per_page=50)
            counts.append(len(seen))
    assert listing.total == 6
    assert counts[0] == counts[1]


def test_two_that_swap_get_the_bills_of_their_new_places(house: House) -> None:
    set_up(invoice_moment="confirmation")
    long, short = confirmed(place(house.wish())), confirmed(place(house.wish(spans=(hours(14, 17, days=3),))))
    sums = {one.uuid: one.total.cents for one in exchange_bookings(
        [(long.uuid, long.version), (short.uuid, short.version)], actor=CLERK, now=NOW
    )}  # fmt: skip
    assert sums == {long.uuid: short.total.cents, short.uuid: long.total.cents}
    for one in (long, short):
        current = money_of_booking(one.id).current
        assert current is not None
        assert current.gross.cents == sums[one.uuid]
    assert [kind for kind, _ in mails()].count("booking_moved") == 2
