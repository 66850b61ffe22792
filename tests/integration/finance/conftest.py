"""Invoices to work with: a confirmed booking over 50 euro, two treasurers, a town that wants to be paid."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from booking_core.finance.contracts import InvoiceView
from booking_core.finance.services import ledger
from booking_core.identity.contracts import Actor
from booking_core.identity.services import create_account
from booking_core.kernel.money import Money
from booking_core.reservations.contracts import BookingView
from booking_core.reservations.models import Booking
from booking_core.reservations.services.bookings import transition
from booking_core.workflows.bill_lines import OwnLine
from booking_core.workflows.billing import bill_booking, cancel_invoice
from tenants.models import Tenant
from tests.factories.bookings import NOW, hours, make_booking, make_party
from tests.factories.catalogue import CLERK, make_room
from tests.factories.finance import movement, set_up

KIM_ADDRESS, TONI_ADDRESS = "kim@example.org", "toni@example.org"


@dataclass(frozen=True, slots=True)
class Treasury:
    """A town's treasury: ``kim`` and ``toni`` work there."""

    kim: Actor
    toni: Actor
    party: int

    def booking(self, day: int = 1, *, deposit: int = 0) -> BookingView:
        """A confirmed booking."""
        made = make_booking(make_room(), hours(10, 12, day=day), party_id=self.party)
        Booking.objects.filter(pk=made.id).update(deposit_cents=deposit)
        return transition(made.uuid, "confirmed", actor=CLERK, expected_version=1, now=NOW)

    def invoice(self, cents: int = 5000, *, day: int = 1) -> InvoiceView:
        """An invoice, written now."""
        lines = (OwnLine("Miete", Money(cents)),)
        return bill_booking(self.booking(day).uuid, own_lines=lines, actor=CLERK)

    def credit(self, cents: int = 5000, *, day: int = 1) -> InvoiceView:
        """A cancelled invoice that was paid: the town owes it back."""
        invoice = self.invoice(cents, day=day)
        ledger.record_payment(invoice.row.uuid, movement(cents), actor=CLERK, now=timezone.now())
        cancel_invoice(invoice.row.uuid, reason="Doppelt", actor=CLERK)
        return invoice


@pytest.fixture
def treasury(town: Tenant) -> Treasury:
    return make_treasury()


def make_treasury(**profile: object) -> Treasury:
    """Set up the profile and two people. Call standing in the town."""
    set_up(**{"creditor_id": "DE98ZZZ09999999999", "second_person_from": Money(10000), **profile})
    kim, toni = (
        create_account(email=one, name=one[:4], verified=True) for one in (KIM_ADDRESS, TONI_ADDRESS)
    )
    return Treasury(
        Actor("Kim Kasse", kim.pk, by_staff=True), Actor("Toni Kasse", toni.pk, by_staff=True), make_party()
    )
