"""One freed time, many workers and many who wait: one offer, to the first in line.

Not here: what an offer says and how it becomes a booking (``tests.integration.workflows``).
"""

from collections.abc import Callable
from functools import partial

import pytest

from booking_core.reservations.drafts import items_of
from booking_core.reservations.models import Hold, WaitingEntry
from booking_core.reservations.services.bookings import transition
from booking_core.reservations.services.waiting import WaitingData, join, lapse_offers, leave, offer_next
from booking_core.reservations.waiting_contracts import WaitingView
from tenants.models import Tenant
from tests.concurrency.crowd import run_together, tally
from tests.factories.bookings import NOW, book, booking_data, hours, make_booking, make_party
from tests.factories.catalogue import CLERK, make_room

WORKERS = 12


def _somebody(resource_id: int, number: int, place: int) -> WaitingData:
    """Nobody may wait on more than 20 lists, so each round has people of its own."""
    email = f"n{place}-{number}@example.org"
    return WaitingData(resource_id, hours(10, 12), {}, f"Nr. {place}", email, priority=place)


@pytest.mark.parametrize("rounds", [2, pytest.param(100, marks=pytest.mark.slow)])
def test_a_freed_time_is_offered_once_to_the_first_in_line(race_town: Tenant, rounds: int) -> None:
    """Every worker starts somewhere else in the list; the ordinance's first gets it, and nobody else."""
    party = make_party()
    for number in range(rounds):
        room = make_room()
        taken = make_booking(room, hours(10, 12), party_id=party)
        waiting = [join(_somebody(room.id, number, n), now=NOW) for n in range(4)]
        transition(taken.uuid, "declined", actor=CLERK, expected_version=1, now=NOW)
        workers = [partial(offer_next, waiting[n % 4].uuid, hours=24, now=NOW) for n in range(WORKERS)]
        outcomes = run_together(race_town, workers)
        offers = [one for one in outcomes if isinstance(one, WaitingView)]
        assert [offer.uuid for offer in offers] == [waiting[0].uuid], tally(outcomes)
        assert Hold.objects.filter(occupancies__unit__claims__resource_id=room.id).distinct().count() == 1


@pytest.mark.parametrize("rounds", [2, pytest.param(100, marks=pytest.mark.slow)])
def test_offers_against_leaving_lapsing_and_booking(race_town: Tenant, rounds: int) -> None:
    """The first leaves while it is offered, offers lapse twice, a stranger books: one has the time in the end."""
    party = make_party()
    for number in range(rounds):
        room = make_room()
        first, second = (join(_somebody(room.id, number, n), now=NOW) for n in range(2))
        stranger = booking_data(items_of([room.id], [hours(10, 12)]), party_id=party)
        jobs: list[Callable[[], object]] = [
            partial(offer_next, one.uuid, hours=24, now=NOW) for one in (first, second)
        ] * 3
        jobs += [partial(leave, first.uuid), partial(leave, first.uuid)]
        jobs += [partial(lapse_offers, now=NOW)] * 2
        jobs += [partial(book, stranger)] * 3
        assert set(tally(run_together(race_town, jobs))) <= {"won", "taken"}
        entries = WaitingEntry.objects.filter(resource_id=room.id)
        assert entries.get(uuid=first.uuid).state == "left"
        offered = list(entries.filter(state="offered").values_list("hold_uuid", flat=True))
        kept = Hold.objects.filter(occupancies__unit__claims__resource_id=room.id).distinct()
        assert sorted(offered) == sorted(kept.values_list("uuid", flat=True))
