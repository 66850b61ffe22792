"""One invoice for a club's month: what is over and due, once, valid, and as it was shown before.

Seen red on 1 December 2026: without the check of invoices that count, each run writes the month again; without the
look at the total a booking that changed meanwhile is billed unseen.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking_core.engines.tax import TaxPeriod, TaxStatus
from booking_core.finance.errors import NothingToBill
from booking_core.finance.models import Invoice
from booking_core.finance.paper.xml import invoice_xml
from booking_core.finance.queries.invoices import invoice_by_uuid, invoice_file
from booking_core.finance.queries.treasury import money_of_booking
from booking_core.finance.queries.unbilled import parties_to_bill
from booking_core.finance.services import ledger
from booking_core.identity.parties import set_billing_rhythm
from booking_core.kernel.errors import InvalidInput
from booking_core.kernel.money import Money
from booking_core.messaging.models import OutboxMessage
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale
from booking_core.reservations.models import Booking
from booking_core.workflows.billing import cancel_invoice
from booking_core.workflows.cancel_booking import cancel_booking
from booking_core.workflows.collective_billing import (
    bill_clubs,
    bill_collectively,
    period_start,
    preview_collective,
)
from booking_core.workflows.decide_booking import confirm_booking
from tests.factories.finance import movement, set_up
from tests.integration.workflows.conftest import CITIZEN, CLERK, House, hours, mails, place
from tests.unit.finance.validators import rule_faults, schema_faults

OCTOBER = datetime(2031, 10, 2, 6, tzinfo=ZoneInfo("Europe/Berlin"))
LAST_OF_SEPTEMBER = date(2031, 9, 30)


@pytest.fixture
def club(house: House) -> list[BookingView]:
    """Three Saturdays in September and one in October, 20 euro each, billed by the month."""
    set_up(invoice_moment="confirmation")
    first = place(house.wish(spans=(hours(11, 14),)))
    set_billing_rhythm(first.party_uuid, "month", actor=CLERK)
    later = [place(house.wish(spans=(hours(11, 14, days=days),))) for days in (7, 14, 28)]
    Booking.objects.update(deposit_cents=0)
    return [confirm_booking(one.uuid, actor=CLERK, expected_version=one.version) for one in (first, *later)]


def test_single_invoices_stop_and_the_mail_says_so(club: list[BookingView]) -> None:
    assert Invoice.objects.count() == 0
    text = OutboxMessage.objects.filter(kind="booking_confirmed").first()
    assert text is not None and "gesammelt" in text.text


def test_the_month_becomes_one_invoice_once(club: list[BookingView]) -> None:
    assert bill_clubs(now=OCTOBER) == 1
    assert bill_clubs(now=OCTOBER) == 0
    row = Invoice.objects.get()
    found = invoice_by_uuid(row.uuid)
    assert found.row.gross == Money(6000)
    assert [line.booking_number for line in found.paper.lines] == [one.number for one in club[:3]]
    assert "13. September 2031" in found.paper.lines[0].detail
    assert (found.paper.supply_first_on, found.paper.supply_last_on) == (date(2031, 9, 13), date(2031, 9, 27))
    assert invoice_file(row.uuid)[1].startswith(b"%PDF-")
    assert mails()[-1] == ("invoice_issued", "erika@example.org")
    assert money_of_booking(club[3].id).invoices == ()


def test_outside_judges_accept_it(club: list[BookingView]) -> None:
    bill_clubs(now=OCTOBER)
    paper = invoice_by_uuid(Invoice.objects.get().uuid).paper
    document = paper.model_copy(update={"kind": "cancellation", "cancels_number": paper.number,
                                        "cancels_issued_on": paper.issued_on})  # fmt: skip
    for xml in (invoice_xml(paper), invoice_xml(document)):
        assert schema_faults(xml) == []
    assert rule_faults(invoice_xml(paper), invoice_xml(document)) == [[], []]


def test_a_cancelled_one_is_written_again_by_hand_only_and_keeps_what_was_paid(
    club: list[BookingView],
) -> None:
    bill_clubs(now=OCTOBER)
    first = Invoice.objects.get()
    ledger.record_payment(first.uuid, movement(6000), actor=CLERK, now=timezone.now())
    cancel_invoice(first.uuid, reason="Falscher Empfänger", actor=CLERK)
    assert bill_clubs(now=OCTOBER) == 0
    (again,) = bill_collectively(club[0].party_uuid, until_on=LAST_OF_SEPTEMBER, actor=CLERK, now=OCTOBER)
    assert (again.row.gross, again.row.balance) == (Money(6000), Money(0))
    with pytest.raises(NothingToBill):
        bill_collectively(club[0].party_uuid, until_on=LAST_OF_SEPTEMBER, actor=CLERK, now=OCTOBER)


def test_what_was_shown_is_what_is_written(club: list[BookingView]) -> None:
    seen = preview_collective(club[0].party_uuid, until_on=LAST_OF_SEPTEMBER, now=OCTOBER)
    assert seen.total == Money(6000)
    assert Invoice.objects.count() == 0
    cancel_booking(club[1].uuid, actor=CLERK, now=OCTOBER)
    with pytest.raises(Stale):
        bill_collectively(
            club[0].party_uuid,
            until_on=LAST_OF_SEPTEMBER,
            actor=CLERK,
            now=OCTOBER,
            expected_total=seen.total,
        )
    assert Invoice.objects.count() == 0


def test_days_to_come_are_not_billed(club: list[BookingView]) -> None:
    with pytest.raises(InvalidInput):
        preview_collective(club[0].party_uuid, until_on=date(2031, 10, 3), now=OCTOBER)


def test_a_change_of_tax_in_between_gives_two_invoices(club: list[BookingView]) -> None:
    periods = (
        TaxPeriod(date(2020, 1, 1), TaxStatus.NOT_TAXABLE),
        TaxPeriod(date(2031, 9, 20), TaxStatus.SMALL_BUSINESS),
    )
    set_up(tax_periods=periods)
    assert bill_clubs(now=OCTOBER) == 2
    assert sorted(row.gross_cents for row in Invoice.objects.all()) == [2000, 4000]


def test_what_is_cancelled_at_a_price_comes_along(club: list[BookingView]) -> None:
    Booking.objects.filter(pk=club[0].id).update(
        state="cancelled", cancellation_cents=500, cancelled_at=datetime(2031, 9, 1, tzinfo=ZoneInfo("UTC"))
    )
    seen = preview_collective(club[0].party_uuid, until_on=LAST_OF_SEPTEMBER, now=OCTOBER)
    assert seen.total == Money(4500)


def test_who_waits_for_a_settlement_is_not_ripe(club: list[BookingView]) -> None:
    Booking.objects.filter(pk=club[0].id).update(deposit_cents=5000)
    assert preview_collective(club[0].party_uuid, until_on=LAST_OF_SEPTEMBER, now=OCTOBER).total == Money(
        4000
    )


def test_periods() -> None:
    assert period_start("season", date(2027, 7, 31)) == date(2026, 8, 1)
    assert period_start("season", date(2027, 8, 1)) == date(2027, 8, 1)
    assert period_start("month", date(2027, 2, 28)) == date(2027, 2, 1)


def test_the_list_takes_as_many_statements_for_many_as_for_one(house: House, club: list[BookingView]) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            rows = parties_to_bill(now=OCTOBER)
        assert rows[-1].ripe == 3
        return len(seen)

    one = statements()
    from booking_core.identity.models import Party

    Party.objects.bulk_create(
        Party(name=f"A-Verein {n}", email=f"a{n}@example.org", billing_rhythm="season") for n in range(19)
    )
    assert statements() == one


def test_a_citizens_fee_is_collected_too(club: list[BookingView], house: House) -> None:
    """Cancelling writes no single invoice for a club that gets them together."""
    cancel_booking(club[3].uuid, actor=CITIZEN, now=datetime(2031, 10, 9, tzinfo=ZoneInfo("UTC")))
    assert Invoice.objects.count() == 0
