"""A collective invoice after which a booking changed: proposed with its difference, replaced once, what was paid moves.

How each was seen red (1 December 2026) stands with it.
"""

import pytest
from django.utils import timezone

from booking_core.finance.errors import InvoiceClosed
from booking_core.finance.models import Invoice
from booking_core.finance.queries.collective_changes import changed_collective_invoices
from booking_core.finance.queries.invoices import invoice_by_uuid
from booking_core.finance.queries.treasury import treasury_totals
from booking_core.finance.services import ledger
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.errors import Stale
from booking_core.reservations.models import Booking
from booking_core.workflows.collective_billing import bill_clubs
from booking_core.workflows.collective_changes import replace_collective
from tests.factories.finance import movement
from tests.integration.workflows.conftest import CLERK, mails
from tests.integration.workflows.test_collective_billing import OCTOBER, club

__all__ = ["club"]


def test_a_change_after_the_invoice_is_proposed_and_replaced_once(club: list[BookingView]) -> None:
    """Seen red without ``replaces``: what was paid stays behind on the cancelled invoice."""
    bill_clubs(now=OCTOBER)
    uuid = Invoice.objects.get().uuid
    ledger.record_payment(uuid, movement(6000), actor=CLERK, now=timezone.now())
    assert changed_collective_invoices() == ()
    Booking.objects.filter(pk=club[1].id).update(
        state="cancelled", cancelled_at=timezone.now(), cancellation_cents=500
    )
    (found,) = changed_collective_invoices()
    assert (found.uuid, found.asked, found.owed, found.difference) == (
        uuid,
        Money(6000),
        Money(4500),
        Money(-1500),
    )
    with pytest.raises(Stale):
        replace_collective(uuid, expected_owed=Money(6000), actor=CLERK, now=timezone.now())
    assert Invoice.objects.count() == 1
    (new,) = replace_collective(uuid, expected_owed=Money(4500), actor=CLERK, now=timezone.now())
    assert (new.row.gross, invoice_by_uuid(new.row.uuid).row.balance) == (Money(4500), Money(-1500))
    assert invoice_by_uuid(uuid).row.balance == Money(0)
    assert treasury_totals().credits == Money(1500)
    assert [kind for kind, _to in mails()][-2:] == ["invoice_cancelled", "invoice_issued"]
    assert changed_collective_invoices() == ()
    with pytest.raises(InvoiceClosed):
        replace_collective(uuid, expected_owed=Money(4500), actor=CLERK, now=timezone.now())


def test_what_costs_nothing_any_more_is_only_cancelled(club: list[BookingView]) -> None:
    bill_clubs(now=OCTOBER)
    uuid = Invoice.objects.get().uuid
    Booking.objects.filter(pk__in=[one.id for one in club[:3]]).update(
        state="cancelled", cancelled_at=timezone.now()
    )
    (found,) = changed_collective_invoices()
    assert found.owed == Money(0)
    assert replace_collective(uuid, expected_owed=Money(0), actor=CLERK, now=timezone.now()) == ()
    assert invoice_by_uuid(uuid).row.state == "cancelled"
