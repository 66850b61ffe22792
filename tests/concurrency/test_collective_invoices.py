"""Two clerks and the clock write the same club's month at once: one invoice.

Seen red on 1 December 2026: without the locks on the bookings every one of them writes the month.
"""

from booking_core.finance.models import Invoice
from booking_core.identity.queries import party_by_uuid
from booking_core.reservations.models import Booking, Settlement
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.collective_billing import bill_collectively
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.factories.bookings import NOW, hours, make_booking, make_party
from tests.factories.catalogue import CLERK, make_room
from tests.factories.finance import set_up

PEOPLE = 6
decide = with_retries(transition)


def test_a_month_is_billed_once(race_town: Tenant) -> None:
    set_up()
    room, party = make_room(), make_party()
    for day in (1, 2, 3):
        booking = make_booking(room, hours(10, 12, day=day), party_id=party)
        decide(booking.uuid, "confirmed", actor=CLERK, expected_version=1, now=NOW)
        Settlement.objects.create(booking_id=booking.id, number=1, fee_cents=5000, total_cents=5000, previous_cents=0,
                                  difference_cents=5000, settled_at=NOW, settled_by_label="Karla Kern")  # fmt: skip
    uuid = booking.party_uuid
    after = booking.end
    assert party_by_uuid(uuid).id == party

    def write() -> object:
        return bill_collectively(uuid, until_on=after.date(), actor=CLERK, now=after)

    outcomes = run_together(race_town, [write] * PEOPLE)
    assert tally(outcomes) == {"won": 1, "nothing-to-bill": PEOPLE - 1}
    assert [row.gross_cents for row in Invoice.objects.all()] == [15000]
    assert Booking.objects.count() == 3
