"""Parts change while people book, cancel and move: what is booked in the end holds what its resource consists of."""

import pytest

from booking_core.catalog.contracts import Layout, LayoutResource, LayoutUnit
from booking_core.catalog.models import ResourceUnit
from booking_core.catalog.queries import resource_by_id
from booking_core.reservations.drafts import items_of
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.transactions import with_retries
from booking_core.workflows.change_parts import save_layout
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.factories.bookings import NOW, ahead, book, booking_data, make_booking, make_party
from tests.factories.catalogue import CLERK, make_hall, make_room


@pytest.mark.parametrize("rounds", [3, pytest.param(60, marks=pytest.mark.slow)])
def test_booking_and_cancelling_while_parts_change(race_town: Tenant, rounds: int) -> None:
    party = make_party()
    for number in range(rounds):
        whole, parts = make_hall()
        whole = resource_by_id(whole.id)
        annex = make_room(whole.location)
        cancelled = make_booking(whole, ahead(8, 9))
        keys = [str(claim.unit_id) for claim in (*whole.claims, *annex.claims)]
        layout = Layout(
            units=tuple(LayoutUnit(key, f"Teil {key}", 1, int(key)) for key in keys),
            resources=(LayoutResource(whole.id, frozenset(keys)),),
        )
        chosen = [whole.id, annex.id, *(part.id for part in parts)]
        wishes = [booking_data(items_of([one], [ahead(10, 12)]), party_id=party) for one in chosen]
        cancel = with_retries(transition)
        outcomes = run_together(
            race_town,
            [
                lambda layout=layout: save_layout(layout, actor=CLERK),
                lambda one=cancelled, cancel=cancel: cancel(
                    one.uuid, "cancelled", actor=CLERK, expected_version=1, now=NOW
                ),
                *(lambda data=data: book(data) for data in wishes),
            ],
        )
        assert set(tally(outcomes)) <= {"won", "taken", "layout-clashes"}, (number, outcomes)
        assert tally(outcomes[1:2]) == {"won": 1}
        assert not Occupancy.objects.filter(item__booking_id=cancelled.id).exists(), "its time is given back"
        for booking in Booking.objects.filter(state="requested", items__resource__location=whole.location.id):
            claimed = ResourceUnit.objects.filter(resource__booking_items__booking=booking)
            held = Occupancy.objects.filter(item__booking=booking)
            assert set(held.values_list("unit_id", flat=True)) == set(
                claimed.values_list("unit_id", flat=True)
            )
