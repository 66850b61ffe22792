"""Neighbours at one minute more and less than set-up and cleaning ask for (RELIABILITY "buffers"): 0 wrong.

Not here: what changing buffers does to bookings that are there (``test_reclaim``).

        use A          after A   before B        use B
    [-----------------)▒▒▒▒▒▒▒▒▒|░░░░░░░░░[------------------)
                                ^ the gap: -1 minute is taken, 0 and +1 are free
"""

import random
from datetime import UTC, datetime, timedelta

import pytest

from booking_core.catalog.contracts import ResourceView
from booking_core.catalog.models import Resource
from booking_core.kernel.spans import Span
from booking_core.reservations.errors import Taken
from booking_core.reservations.models import Booking, Occupancy
from booking_core.reservations.queries import is_free
from tests.factories.bookings import NOW, make_booking, make_party
from tests.factories.catalogue import make_hall

pytestmark = pytest.mark.usefixtures("town")
MINUTE = timedelta(minutes=1)
NIGHTS = (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 0, 30, tzinfo=UTC))


def _first_use(dice: random.Random) -> Span:
    """At any minute of two years, one time in five over a clock change."""
    start = NOW + timedelta(days=dice.randrange(5, 700), minutes=dice.randrange(1440))
    if dice.random() < 0.2:
        start = dice.choice(NIGHTS) + timedelta(minutes=dice.randrange(-120, 120))
    return Span(start, start + timedelta(minutes=dice.choice((15, 30, 60, 90, 240, 1440))))


def _neighbour(first: Span, gap: timedelta, dice: random.Random, *, later: bool) -> Span:
    """A use so far from the first one's edge, on one side of it."""
    length = timedelta(minutes=dice.choice((15, 60, 120, 1440)))
    if later:
        return Span(first.end + gap, first.end + gap + length)
    return Span(first.start - gap - length, first.start - gap)


def _with_buffers(resource: ResourceView, dice: random.Random) -> tuple[int, int]:
    before, after = (dice.choice((0, 1, 15, 30, 45, 120, 1440)) for _side in range(2))
    Resource.objects.filter(pk=resource.id).update(buffer_before_minutes=before, buffer_after_minutes=after)
    return before, after


@pytest.mark.parametrize("cases", [30, pytest.param(10_000, marks=pytest.mark.slow)])
def test_neighbours_at_plus_and_minus_one_minute(cases: int) -> None:
    """The whole hall and a third of it, each with buffers of its own, on either side, now and over both clock changes.

    The search says the same as the booking.
    """
    dice = random.Random(20_260_901)  # noqa: S311 — repeatable, not secret
    whole, thirds = make_hall()
    offers, party, wrong = [whole, thirds[1]], make_party(), []
    for number in range(cases):
        buffers = [_with_buffers(one, dice) for one in offers]
        first_at, later, step = dice.randrange(2), dice.random() < 0.5, number % 3 - 1
        next_at = dice.randrange(2)
        needed = (
            buffers[first_at][1] + buffers[next_at][0]
            if later
            else buffers[next_at][1] + buffers[first_at][0]
        )
        first = _first_use(dice)
        gap = timedelta(minutes=needed) + step * MINUTE
        wished = _neighbour(first, gap, dice, later=later)
        make_booking(offers[first_at], first, party_id=party)
        said = is_free([offers[next_at].id], wished, now=NOW)
        try:
            make_booking(offers[next_at], wished, party_id=party)
            won = True
        except Taken:
            won = False
        if won is not (step >= 0) or said is not won:
            wrong.append((number, buffers, first, wished, step, said, won))
        Occupancy.objects.all().delete()
        Booking.objects.all().delete()
    assert wrong == []
